# SPDX-License-Identifier: Apache-2.0
"""The index by which people are found on a server, in parts, and the function that asks them.

    INDEXES, FOUND      statements
    READS               what the function is called, and so which word of a question asks it

A GIN index gathers everybody whom a beginning of a word fits before it gives the first of them, and
in no order. So each part has people of its own, the first ones few; they are asked one after the
other until there are enough. What is found is the same whatever their sizes: the people with the
lowest ids, in their order, as a file's index gives them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

READS = "found_people"
_BOUNDS = (1_024, 4_096, 16_384, *range(65_536, 1_048_577, 65_536))
"""Where parts end. A part that has nobody costs nobody anything, neither a key nor a line."""
_COUNTED, _FIRST = 2, 3
"""Parts of the index among whose people words are counted, and that are asked before that."""
_LOOKED_AT = 12
"""To look at one person takes as long as to gather so many."""
_PENDING = 512
"""Kilobytes of new words of a part that wait to be put in order: each search goes through them."""


def _ranges() -> list[str]:
    """Whose words each part has, as a condition."""
    first, last = _BOUNDS[0], _BOUNDS[-1]
    between = (f"person_id >= {low} AND person_id < {high}" for low, high in pairwise(_BOUNDS))
    return [f"person_id < {first}", *between, f"person_id >= {last}"]


INDEXES: tuple[str, ...] = tuple(
    f"CREATE INDEX person_search_{number} ON person_search USING GIN (words)"
    f" WITH (gin_pending_list_limit = {_PENDING}) WHERE {condition}"
    for number, condition in enumerate(_ranges(), start=1)
)


def _of_part(conditions: str) -> str:
    return (
        f"RETURN QUERY SELECT person_id FROM person_search WHERE {conditions}"
        " ORDER BY person_id LIMIT most;"
    )


_ENOUGH = """GET DIAGNOSTICS had = ROW_COUNT;
        most := most - had;
        IF most <= 0 THEN RETURN; END IF;"""
_OF_WORD = " + ".join(
    f"(SELECT COUNT(*) FROM person_search WHERE words @@ w.word AND {one})"
    for one in _ranges()[:_COUNTED]
)
# A few of those who have a rare word are looked at sooner than everybody who has a common one is
# gathered. How rare each is, the first people tell; of every reading the rarest word must be met.
_DRIVEN = f"""IF cardinality(words_typed) > 1 THEN
            WITH counted AS (SELECT word, {_OF_WORD} AS people
                FROM (SELECT DISTINCT unnest(words_typed) AS word) w),
            each AS (SELECT reading, word, people FROM counted
                JOIN unnest(words_typed, readings) AS t (word, reading) USING (word)),
            rarest AS (SELECT DISTINCT ON (reading) word, people FROM each
                ORDER BY reading, people, word)
            SELECT CASE WHEN {_LOOKED_AT} * (SELECT SUM(people) FROM rarest)
                    < (SELECT SUM(people) FROM each)
                THEN (SELECT CAST(string_agg('(' || CAST(word AS TEXT) || ')', ' | ') AS TSQUERY)
                    FROM rarest) END INTO rare;
        END IF;"""


def _parts() -> Iterator[str]:
    ranges = _ranges()
    for one in ranges[:_FIRST]:
        yield _of_part(f"words @@ asked AND {one}")
        yield _ENOUGH
    yield _DRIVEN
    for one in ranges[_FIRST:]:
        # By the operator the index would gather the rest as well.
        yield "IF rare IS NULL THEN"
        yield f"    {_of_part(f'words @@ asked AND {one}')}"
        yield "ELSE"
        yield f"    {_of_part(f'words @@ rare AND ts_match_vq(words, asked) AND {one}')}"
        yield "END IF;"
        yield _ENOUGH


# Each part's plan is the same for whatever is asked: kept, and by its index alone. How many would
# be found is what the server guesses worst, and it would go through all people for a rare word.
# With the rights and by the path of who asks: who only reads has a view there, and no index.
FOUND = f"""CREATE FUNCTION {READS}(asked TSQUERY, most BIGINT, words_typed TSQUERY[] DEFAULT NULL,
        readings BIGINT[] DEFAULT NULL) RETURNS SETOF BIGINT
    STABLE LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
    SET enable_indexscan = off SET max_parallel_workers_per_gather = 0 AS $$
    DECLARE
        had BIGINT;
        rare TSQUERY;
    BEGIN
        {(chr(10) + " " * 8).join(_parts())}
    END $$"""
