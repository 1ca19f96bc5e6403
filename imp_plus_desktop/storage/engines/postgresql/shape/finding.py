# SPDX-License-Identifier: Apache-2.0
"""The index by which people are found on a server, in parts, and the function that asks them.

    INDEXES, FOUND      statements
    READS               what the function is called, and so which word of a question asks it

A GIN index gathers everybody whom a beginning of a word fits before it gives the first of them, and
in no order. So each part has people of its own, four times as many as all parts before it; they are
asked one after the other until there are enough. What is found is the same whatever their sizes:
the people with the lowest ids, in their order, as a file's index gives them.
"""

from __future__ import annotations

from itertools import pairwise

READS = "found_people"
_BOUNDS = (1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576)
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
_PART = """
        RETURN QUERY SELECT person_id FROM person_search
            WHERE words @@ asked AND {range} ORDER BY person_id LIMIT most;
        GET DIAGNOSTICS had = ROW_COUNT;
        most := most - had;
        IF most <= 0 THEN RETURN; END IF;"""
# Each part's plan is the same for whatever is asked: kept, and by its index alone. How many would
# be found is what the server guesses worst, and it would go through all people for a rare word.
# With the rights and by the path of who asks: who only reads has a view there, and no index.
FOUND = f"""CREATE FUNCTION {READS}(asked TSQUERY, most BIGINT) RETURNS SETOF BIGINT
    STABLE LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
    SET enable_indexscan = off SET max_parallel_workers_per_gather = 0 AS $$
    DECLARE
        had BIGINT;
    BEGIN{"".join(_PART.format(range=one) for one in _ranges())}
    END $$"""
