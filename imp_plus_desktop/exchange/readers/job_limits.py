# SPDX-License-Identifier: Apache-2.0
"""Holds a child process to limits on Windows, where it cannot set its own: memory, time, and the
end of its parent, by a job of Windows. Elsewhere nothing is done here.

Knows nothing of what the child does.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
import weakref

from imp_plus_desktop.domain.classes import dataclass

OUT_OF_TIME = 1816
"""How a process ends that Windows stopped for its time (ERROR_NOT_ENOUGH_QUOTA)."""
_EXTENDED = 9
_TIME, _MEMORY, _NO_BOX, _ENDS_WITH_PARENT = 0x2, 0x100, 0x400, 0x2000
_PER_SECOND = 10_000_000
"""Windows counts in steps of 100 ns."""


@dataclass(frozen=True, slots=True)
class JobLimits:
    """`memory` in bytes, `seconds` of the processor's time; None for no limit."""

    memory: int | None = None
    seconds: float | None = None


NONE = JobLimits()


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_longlong),
        ("job_time", ctypes.c_longlong),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("counters", ctypes.c_ulonglong * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("process_peak", ctypes.c_size_t),
        ("job_peak", ctypes.c_size_t),
    )


def told(limits: JobLimits) -> _Extended:
    """The limits as Windows reads them; a child always ends with its parent and shows no box."""
    asked = _Extended()
    asked.basic.flags = _NO_BOX | _ENDS_WITH_PARENT
    if limits.memory is not None:
        asked.basic.flags |= _MEMORY
        asked.process_memory = limits.memory
    if limits.seconds is not None:
        asked.basic.flags |= _TIME
        asked.basic.process_time = int(limits.seconds * _PER_SECOND)
    return asked


def hold(process: subprocess.Popen[bytes], limits: JobLimits) -> bool:
    """Put a child that was just started under its limits; says whether Windows did so.

    Where it refuses, the declared sizes and the parent's clock have to do.
    """
    if sys.platform != "win32":
        return False
    kernel = ctypes.WinDLL("kernel32")
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    made = kernel.CreateJobObjectW(None, None)
    if not made:
        return False
    job = ctypes.c_void_p(made)
    # The job ends, and the child with it, when nobody has it open any more: at the latest when
    # this process ends, however that comes about.
    weakref.finalize(process, kernel.CloseHandle, job)
    asked = told(limits)
    child = ctypes.c_void_p(int(getattr(process, "_handle")))  # noqa: B009
    size = ctypes.sizeof(asked)
    taken = kernel.SetInformationJobObject(job, _EXTENDED, ctypes.byref(asked), size)
    return bool(taken and kernel.AssignProcessToJobObject(job, child))
