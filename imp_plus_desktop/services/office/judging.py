# SPDX-License-Identifier: Apache-2.0
"""Acts that are judged before others are kept from writing.

    @judged_first       before a service that makes one act, and nothing else

On a server only one desk writes at a time, so whoever reads a file and judges it meanwhile holds up
all others. Such a service reads first, and what it read is proven to stand once nobody else writes;
where it does not, the service is begun again and reads as every other act does. So it may run
twice: it must do nothing but its act. It calls `Act.alone` before it asks for what each act
changes (places, counts), and every write calls that by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Concatenate, ParamSpec, TypeVar

from imp_plus_desktop.services.office.office import Office

P = ParamSpec("P")
T = TypeVar("T")
Service = Callable[Concatenate[Office, P], T]


def judged_first(service: Service[P, T]) -> Service[P, T]:
    """The same service, which reads before it keeps others from writing."""
    name = f"{service.__module__}.{service.__qualname__}"

    @wraps(service)
    def run(office: Office, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if office.server is None:
            return service(office, *args, **kwargs)
        # What it is about, by which it is foreseen what will be asked.
        told = (getattr(one, "person_id", one) for one in (*args, *kwargs.values()))
        keys = [one for one in told if isinstance(one, int)]
        return office.register.judged_first(name, keys, partial(service, office, *args, **kwargs))

    return run
