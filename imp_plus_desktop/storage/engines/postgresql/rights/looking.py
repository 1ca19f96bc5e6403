# SPDX-License-Identifier: Apache-2.0
"""Makes what records that somebody has opened a file: an act of whoever is signed in, on the chain
like any other (PRV-02).

    statements() -> the function, in the register's own schema

The server writes the whole act, with its own clock: who only reads writes nothing else, and says
neither when it was nor who. What closes an act looks at this one too. It does not wait for whoever
writes, unless it is asked to: an answer of false means that it has to be told again.
"""

from __future__ import annotations

from collections.abc import Iterator

from imp_plus_desktop.domain.reads.outward import OUT, PEOPLE, OutForm, OutKind, OutPaper
from imp_plus_desktop.storage.engines.postgresql.rights.writing import DEFINER, WRITERS

_TOLD = (
    f'{{"counts":{{"{PEOPLE}":1}},"{OUT}":["{OutPaper.FILE}","{OutForm.SCREEN}"],"{PEOPLE}":[%s]}}'
)
_FUNCTION = f"""CREATE FUNCTION looked_at(person_id BIGINT, waiting BIGINT) RETURNS BOOLEAN
    {DEFINER} AS $$
    DECLARE
        number BIGINT; previous BYTEA; salt BYTEA := uuid_send(gen_random_uuid()); digest BYTEA;
        told TEXT := format('{_TOLD}', person_id);
        moment TEXT := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM person p WHERE p.id = person_id) THEN RETURN TRUE; END IF;
        IF waiting = 0 AND NOT pg_try_advisory_xact_lock({WRITERS}) THEN RETURN FALSE; END IF;
        PERFORM begin_writing();
        SELECT COALESCE(MAX(c.seq), 0) + 1 INTO number FROM id_counter c WHERE c.name = 'act';
        SELECT a.hash INTO previous FROM act a ORDER BY a.id DESC LIMIT 1;
        digest := sha256(salt || convert_to(told, 'UTF8'));
        INSERT INTO act (id, at, who, service, details, salt, digest, hash) VALUES (
            number, moment, session_user, '{OutKind.LOOK}', told, salt, digest,
            sha256(COALESCE(previous, '') || convert_to(concat_ws(chr(31), number, moment,
                session_user, '{OutKind.LOOK}', '', '', ''), 'UTF8') || digest));
        RETURN TRUE;
    END $$"""


def statements() -> Iterator[str]:
    """The function, once what closes an act is there."""
    yield _FUNCTION
