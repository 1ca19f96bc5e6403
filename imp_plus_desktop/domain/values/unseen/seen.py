# SPDX-License-Identifier: Apache-2.0
"""What a rule answers to who only reads where it hangs on a value that is hidden from them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.rules.rules import unknown
from imp_plus_desktop.domain.values.unseen.hidden import HiddenValueError

P = ParamSpec("P")


def seen(
    rule: str, reason: str = "birth_date_hidden"
) -> Callable[[Callable[P, Finding]], Callable[P, Finding]]:
    """Let a check say that what it asks for is hidden from who asks, which is neither missing nor
    wrong. `reason` says which value that is."""

    def wrapped(check: Callable[P, Finding]) -> Callable[P, Finding]:
        @wraps(check)
        def checked(*asked: P.args, **more: P.kwargs) -> Finding:
            try:
                return check(*asked, **more)
            except HiddenValueError:
                return unknown(rule, reason)

        return checked

    return wrapped
