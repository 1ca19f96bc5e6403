# SPDX-License-Identifier: Apache-2.0
"""What whoever administers a server sets for its users, and what its language is: each is said as
what it is, and nothing is changed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
import servers
from office_builders import invite, receive
from server_desks import Desks

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.servers import setting_up
from imp_plus_desktop.storage.engines.postgresql.failures import why_not_connected

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    made = Desks("imp_limits", tmp_path_factory.mktemp("limits"))
    made.drop()
    made.make()
    yield made
    made.drop()


@contextmanager
def set_up(desks: Desks, told: str, back: str) -> Iterator[None]:
    """While this lasts, the server is set up so."""
    desks.cluster.sql(told)
    try:
        yield
    finally:
        desks.cluster.sql(back)


@contextmanager
def setting(desks: Desks, name: str, value: str) -> Iterator[None]:
    """While this lasts, whoever signs in as ana has this setting."""
    with set_up(desks, f"ALTER ROLE ana SET {name} = '{value}'", f"ALTER ROLE ana RESET {name}"):
        yield


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(StorageError) as caught:
        call()
    return caught.value.code


def at_work(desks: Desks, user: str = "ana") -> Office:
    return desks.office(user)


def test_a_limit_of_time_is_said_as_one(desks: Desks) -> None:
    office = at_work(desks)
    db = office.register.db
    db.execute_sql("SELECT set_config('statement_timeout', '20ms', false)")
    assert code_of(lambda: db.execute_sql("SELECT pg_sleep(3)")) == "server_limit"
    db.execute_sql("SELECT set_config('statement_timeout', '0', false)")
    assert people.file(office, invite(office, 11)).person.id


def test_a_transaction_that_may_not_wait_is_said_as_a_limit(desks: Desks) -> None:
    """Where a desk works out something between two questions."""
    office = at_work(desks)
    db = office.register.db

    def waits() -> None:
        with db.writing():
            db.execute_sql("SELECT set_config('idle_in_transaction_session_timeout', '1ms', true)")
            db.execute_sql("SELECT 1").fetchone()
            beside.execute("SELECT pg_sleep(0.2)")
            db.execute_sql("SELECT 1")

    beside = desks.plain()
    try:
        assert code_of(waits) in ("server_limit", "server_lost")
    finally:
        beside.close()
    assert people.file(office, invite(office, 12)).person.id, "the next use connects anew"


def test_room_to_work_in_that_is_used_up_is_said_as_a_limit(desks: Desks) -> None:
    office = at_work(desks)
    desks.cluster.sql("ALTER ROLE ana SET temp_file_limit = '64kB'")
    try:
        office.register.db.close_everywhere()
        db = office.register.db
        db.execute_sql("SELECT set_config('work_mem', '64kB', false)")
        sorts = "SELECT COUNT(*) FROM (SELECT g FROM generate_series(1, 90000) g ORDER BY -g) s"
        assert code_of(lambda: db.execute_sql(sorts)) == "server_limit"
    finally:
        desks.cluster.sql("ALTER ROLE ana RESET temp_file_limit")


@pytest.mark.parametrize(
    ("told", "back"),
    [
        ("ALTER ROLE ana CONNECTION LIMIT 0", "ALTER ROLE ana CONNECTION LIMIT -1"),
        (
            "ALTER DATABASE imp_limits CONNECTION LIMIT 0",
            "ALTER DATABASE imp_limits CONNECTION LIMIT -1",
        ),
        (
            "ALTER DATABASE imp_limits ALLOW_CONNECTIONS false",
            "ALTER DATABASE imp_limits ALLOW_CONNECTIONS true",
        ),
    ],
)
def test_a_server_that_takes_nobody_more_does_not_blame_the_user(
    desks: Desks, told: str, back: str
) -> None:
    with set_up(desks, told, back):
        assert code_of(lambda: open_office(desks.address("ana"))) == "server_crowded"
    open_office(desks.address("ana")).close()


def test_a_user_who_may_not_sign_in_is_refused(desks: Desks) -> None:
    with set_up(desks, "ALTER ROLE ana NOLOGIN", "ALTER ROLE ana LOGIN"):
        assert code_of(lambda: open_office(desks.address("ana"))) == "server_refused"


def test_who_is_let_out_at_work_is_told_so(desks: Desks) -> None:
    """The names of the register are gone for them, which looked like a fault of the program."""
    office = at_work(desks, "bea")
    person = invite(office, 21)
    notices = office.register.watch()
    assert notices is not None
    notices.sign(None)
    setting_up.remove_user(desks.address(), "bea")
    try:
        for call in (
            lambda: people.file(office, person),
            lambda: folder.add_note(office, person, "Called."),
            lambda: list(people.ids(office, PeopleFilter())),
            lambda: notices.sign(person),
        ):
            assert code_of(call) == "server_refused"
        assert office.register.db.transaction_depth() == 0
    finally:
        notices.close()
        office.close()
        setting_up.add_user(desks.address(), "bea", Role.CLERK, "a password of bea")
    again = at_work(desks, "bea")
    assert people.file(again, person).notes == ()


def test_a_server_that_is_only_read_is_said_as_that(desks: Desks) -> None:
    with setting(desks, "default_transaction_read_only", "on"):
        assert code_of(lambda: open_office(desks.address("ana"))) == "server_takes_nothing"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("default_transaction_isolation", "serializable"),
        ("default_transaction_isolation", "repeatable read"),
        ("client_encoding", "LATIN1"),
        ("datestyle", "SQL, DMY"),
        ("timezone", "Asia/Tokyo"),
        ("bytea_output", "escape"),
        ("lc_numeric", "C"),
        ("array_nulls", "off"),
        ("extra_float_digits", "-10"),
        ("enable_indexscan", "off"),
        ("search_path", "pg_temp, public"),
        ("standard_conforming_strings", "off"),
    ],
)
def test_what_is_set_for_a_user_changes_nothing_of_the_work(
    desks: Desks, name: str, value: str
) -> None:
    with setting(desks, name, value):
        office = at_work(desks)
        number = zlib.crc32(f"{name} {value}".encode()) % 100_000 + 100
        person = invite(office, number, family_name="Đặng-Łukasz", given_names="Зоя")
        assert receive(office, person).place
        assert people.file(office, person).person.family_name == "Đặng-Łukasz"
        assert checking.check(office).passed
        office.close()


MESSAGES = [
    ('FATAL:  password authentication failed for user "x"', "server_refused"),
    (
        "FATAL:  authentification par mot de passe ?chou?e pour l'utilisateur ? x ?",
        "server_refused",
    ),
    ("FATAL:  aucune entrée dans pg_hba.conf pour l'hôte « h »", "server_refused"),
    ('FATAL:  role "x" does not exist', "server_refused"),
    ("FATAL:  le rôle « x » n'existe pas", "server_refused"),
    ("FATAL:  le r�le � x � n'est pas autoris� à se connecter", "server_refused"),
    ("FATAL:  droit refusé pour la base de données « imp »", "server_refused"),
    ('FATAL:  database "imp" does not exist', "server_without_register"),
    ("FATAL:  la base de données « imp » n'existe pas", "server_without_register"),
    ("FATAL:  sorry, too many clients already", "server_crowded"),
    ("FATAL:  désolé, trop de clients sont déjà connectés", "server_crowded"),
    ("FATAL:  trop de connexions pour le rôle « x »", "server_crowded"),
    (
        "FATAL:  les emplacements de connexions restants sont réservés pour les connexions\n"
        "superutilisateur non relatif à la réplication",
        "server_crowded",
    ),
    ("FATAL:  le système de bases de données se lance", "server_unreachable"),
    ("Connection refused", "server_unreachable"),
    ("session is read-only", "server_takes_nothing"),
]


@pytest.mark.parametrize(("told", "code"), MESSAGES)
def test_a_server_says_it_in_english_or_in_french(told: str, code: str) -> None:
    """A Debian or a Windows Server that was set up in French says these in French."""
    said = f'connection to server at "127.0.0.1", port 5432 failed: {told}\n'
    assert why_not_connected(psycopg.OperationalError(said)) == code


AWAY = 'connection failed: connection to server at "h", port 1 failed: Connection refused'
STANDS_BY = 'connection failed: connection to server at "h", port 2 failed: session is read-only'


@pytest.mark.parametrize(
    ("hosts", "code"),
    [
        ((AWAY, STANDS_BY), "server_unreachable"),
        ((STANDS_BY, AWAY), "server_unreachable"),
        ((STANDS_BY, STANDS_BY), "server_takes_nothing"),
    ],
)
def test_a_standby_beside_a_server_that_is_away_is_not_told_for_it(
    hosts: tuple[str, ...], code: str
) -> None:
    each = "".join(f"\n- host: 'h', port: '1', hostaddr: 'h': {told}" for told in hosts)
    said = f"{hosts[-1]}\nMultiple connection attempts failed. All failures were:{each}"
    assert why_not_connected(psycopg.OperationalError(said)) == code
