# SPDX-License-Identifier: Apache-2.0
"""Why a server was not connected to is told whatever language it speaks, and whom a desk believes
that it is the right one."""

from __future__ import annotations

import ssl
import sys

import psycopg
import pytest

from imp_plus_desktop.storage.engines.postgresql import roots
from imp_plus_desktop.storage.engines.postgresql.failures import why_not_connected

BEFORE = 'connection failed: connection to server at "192.168.10.2", port 5432 failed: FATAL:  '
SERVER_AUTH, CODE_SIGNING = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.3"


def in_windows_letters(text: str) -> str:
    """As the driver reads what a server on Windows says before it knows in which letters."""
    return text.encode("cp1252").decode("utf-8", "replace")


REFUSED = (
    'password authentication failed for user "desk3"',
    "authentification par mot de passe échouée pour l'utilisateur  « desk3 »",
    'no pg_hba.conf entry for host "192.168.10.7", user "desk3", database "imp", no encryption',
    "aucune entrée dans pg_hba.conf pour l'hôte « 192.168.10.7 », utilisateur « desk3 »,"
    " base de données « imp », aucun chiffrement",
    'role "desk3" does not exist',
    "le rôle « desk3 » n'existe pas",
    'role "desk3" is not permitted to log in',
    "le rôle « desk3 » n'est pas autorisé à se connecter",
    'permission denied for database "imp"\nDETAIL:  User does not have CONNECT privilege.',
    "droit refusé pour la base de données « imp »\n"
    "DETAIL:  L'utilisateur n'a pas le droit CONNECT.",
)
WITHOUT = ('database "imp" does not exist', "la base de données « imp » n'existe pas")
UNREACHABLE = (
    "the database system is starting up",
    "le système de bases de données se lance",
)


@pytest.mark.parametrize("of_windows", [False, True])
@pytest.mark.parametrize(
    ("said", "code"),
    [
        *((said, "server_refused") for said in REFUSED),
        *((said, "server_without_register") for said in WITHOUT),
        *((said, "server_unreachable") for said in UNREACHABLE),
    ],
)
def test_a_server_is_understood_in_english_and_in_french(
    said: str, code: str, of_windows: bool
) -> None:
    heard = in_windows_letters(said) if of_windows else said
    assert why_not_connected(psycopg.OperationalError(BEFORE + heard)) == code


def test_the_authorities_are_those_that_vouch_for_servers() -> None:
    known = [
        (b"for all", "x509_asn", True),
        (b"for servers", "x509_asn", {SERVER_AUTH, CODE_SIGNING}),
        (b"for programs", "x509_asn", {CODE_SIGNING}),
        (b"for nothing", "x509_asn", False),
        (b"several", "pkcs_7_asn", True),
        (b"taken back", "x509_asn", True),
    ]
    written = roots.vouching(known, {b"taken back"}).decode("ascii")
    parts = written.split("-----END CERTIFICATE-----\n")[:-1]
    read = [ssl.PEM_cert_to_DER_cert(part + "-----END CERTIFICATE-----") for part in parts]
    assert read == [b"for all", b"for servers"]


@pytest.mark.skipif(sys.platform == "win32", reason="OpenSSL finds none there")
def test_elsewhere_openssl_finds_the_systems_own() -> None:
    assert roots.of_the_system() == "system"


if sys.platform == "win32":

    def test_windows_own_authorities_are_believed() -> None:
        named = roots.of_the_system()
        known = ssl.create_default_context(cafile=named).get_ca_certs(binary_form=True)
        assert known
        assert set(known) <= {content for content, *_more in ssl.enum_certificates("ROOT")}
        assert roots.of_the_system() == named, "written once"
