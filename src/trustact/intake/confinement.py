"""The walls around the process that opens untrusted bytes: memory, time, files, no network, no programs.

What they hold against: a document made to exhaust the machine, and Python code reached through a parser.
On Linux the kernel keeps the same walls around native code taken over inside a parser (see `kernel_walls`). Elsewhere
such code could read what its user can read, and open a connection.
"""

import os
import resource
import sys
from typing import Any

import msgspec

from trustact.intake.kernel_walls import raise_kernel_walls


class Limits(msgspec.Struct, frozen=True):
    """What one document may cost: seconds of wall clock, bytes of address space and of answer, pages, pixels."""

    seconds: float = 60.0
    memory: int = 1_500_000_000
    answer: int = 256_000_000
    pages: int = 40
    pixels: int = 40_000_000
    drawn_pixels: int = 9_000_000


_REFUSED = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.system",
    "shutil.",
)
_CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.chown")


def limit_resources(limits: Limits) -> None:
    """Set the kernel's limits for this process: they cannot be raised again by an ordinary user."""
    seconds = round(limits.seconds)
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(what, (most, most))


def refuse_the_outside() -> None:
    """From here on this process opens no socket, starts no program, loads no library and writes no file."""
    if "seccomp" not in raise_kernel_walls():
        # Where the kernel cannot tell threads from processes, both are refused; a HEIC photo needs a thread.
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED) or event.startswith(_CHANGES) or event == "ctypes.dlopen":
        raise PermissionError(f"{event} is refused while a document is opened")
    if event == "open" and _writes(arguments[1], arguments[2]):
        raise PermissionError("writing a file is refused while a document is opened")


def _writes(mode: str | None, flags: int) -> bool:
    """Whether a file is opened for anything but reading, by the mode of `open` or the flags of `os.open`."""
    return bool(set(mode or "") & set("wax+")) or bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
