# SPDX-License-Identifier: Apache-2.0
"""How the width of a list is shared among its columns. Numbers alone: must not know a widget."""

from collections.abc import Sequence


def shared(
    least: Sequence[int], needs: Sequence[int], room: int, stretching: int | None
) -> list[int]:
    """The widths of columns in pixels: each has its least. What is left of the room goes to the
    one that stretches, which says whose row it is, until nothing is cut there; then to those that
    need more, in equal shares; and then to the one that stretches again."""
    widths = list(least)
    left = room - sum(widths)
    if stretching is not None and left > 0:
        given = min(max(needs[stretching] - widths[stretching], 0), left)
        widths[stretching] += given
        left -= given
    wanting = [n for n, need in enumerate(needs) if need > widths[n]]
    while left > 0 and wanting:
        share = max(left // len(wanting), 1)
        for n in wanting:
            given = min(share, needs[n] - widths[n], left)
            widths[n] += given
            left -= given
        wanting = [n for n in wanting if needs[n] > widths[n]]
    if stretching is not None and left > 0:
        widths[stretching] += left
    return widths
