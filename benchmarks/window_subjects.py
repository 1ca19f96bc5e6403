# SPDX-License-Identifier: Apache-2.0
"""The subjects of a window in use: what it holds, and how it shows and scrolls its lists."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from benchmarks import lists
from benchmarks.measuring import Figure, Ratio, figure, paired, sample
from benchmarks.register_subjects import FEW, MANY, MILLION, people_register

_MEMORY = {
    FEW: (110, 115, 130, 165),
    MANY: (150, 150, 165, 205),
    MILLION: (200, 200, 240, 240),
}
"""MiB that were asked for, and those to be kept: with the first page, the list of people, all."""


_MORE_ON_A_SERVER = 25
"""MiB that the driver of a server and what speaks to it may take more."""


def memory(pairs: int) -> Iterator[Figure]:
    """What the process of a window holds: with its first page, the list of people, every page; of
    the register in a file, and of the same on a server."""
    for count, (asked, *kept) in _MEMORY.items():
        register = people_register(count)
        sample("worked_out", register)
        taken = [sample("window_memory", register).figures for _ in range(pairs)]
        held = {name: statistics.median(one[name] for one in taken) for name in _MOMENTS}
        for name, bound in zip(_MOMENTS, kept, strict=True):
            wanted = None if bound == asked else asked
            what = f"memory of a window, {name}, {count:,} people"
            yield figure(what, held[name], bound, "MiB", wanted)
        if count == MILLION:
            continue  # to take it there takes longer than all the rest
        there = [sample("server_window_memory", register).figures for _ in range(pairs)]
        for name in _MOMENTS:
            more = statistics.median(one[name] for one in there) - held[name]
            what = f"the same on a server, {name}, {count:,} people: more than in a file"
            yield figure(what, more, _MORE_ON_A_SERVER, "MiB")


_MOMENTS = ("there", "people", "all pages")


def scrolling(pairs: int) -> Iterator[Ratio]:
    """A page of the list of people scrolled beside one of QSqlTableModel in a bare table, row by
    row; among ten times the people."""
    of_many, of_million = people_register(MANY), people_register(MILLION)
    for register in (of_many, of_million):
        sample("worked_out", register)
    taken = [
        (
            sample("scrolled", of_million).figures,
            sample("scrolled", of_many).figures,
            sample("peer_scrolled", lists.ROWS).figures,
        )
        for _ in range(pairs)
    ]
    rows = [[one["page"] / one["rows"] / 1000 for one in turn] for turn in taken]
    name = f"a row scrolled to, {MANY:,} people : QSqlTableModel"
    yield paired(name, 2, [(many, peer) for _, many, peer in rows])
    flat = [(million, many) for million, many, _ in rows]
    yield paired(f"a row scrolled to, {MILLION:,} people : {MANY:,}", 1.3, flat)


def lists_shown(pairs: int) -> Iterator[Ratio | Figure]:
    """The list of people asked for anew and filtered, each until it is painted, beside its query;
    its first page beside QSqlTableModel's."""
    register = people_register(MANY)
    sample("worked_out", register)
    taken = [sample("list_shown", register).figures for _ in range(pairs)]
    for what, bound, asked in (("", 2, None), ("filter ", 5, 2)):
        both = [(one[f"{what}shown"] / 1000, one[f"{what}asked"] / 1000) for one in taken]
        name = f"{what or 'list '}shown : its query, {MANY:,} people"
        yield paired(name, bound, both, asked=asked)
    peers = [sample("peer_scrolled", MANY).figures["first"] / 1000 for _ in range(pairs)]
    first = [(one["first page"] / 1000, peer) for one, peer in zip(taken, peers, strict=True)]
    yield paired(f"first page shown : QSqlTableModel's, {MANY:,} people", 4, first, asked=2)
