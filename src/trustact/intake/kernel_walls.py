"""The walls the Linux kernel keeps around native code too: seccomp (which calls) and Landlock (which files).

Both need no privilege, hold for root as well, and cannot be taken down again. The filter names what is refused, not
what is allowed: a list of all that parsers and libraries may call would break with every C library. What no filter
stops: computing wrongly, reading the libraries' own folders, and what the pipe back to the opener carries.
"""

import contextlib
import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterator

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_REFUSED = {
    "x86_64": (
        *(
            41,
            42,
            43,
            44,
            46,
            49,
            50,
            53,
            288,
        ),  # socket connect accept sendto sendmsg bind listen socketpair accept4
        *(57, 58, 59, 322),  # fork vfork execve execveat
        *(62, 129, 200, 234, 297, 424),  # kill, and its kin for threads and processes
        *(101, 310, 311, 434, 438),  # ptrace process_vm_readv, _writev pidfd_open, _getfd
        *(
            76,
            77,
            82,
            83,
            84,
            85,
            86,
            87,
            88,
            133,
        ),  # truncate rename mkdir rmdir creat link unlink symlink mknod
        *(90, 91, 92, 93, 94, 188, 189, 190),  # chmod and chown, setxattr
        *(258, 259, 260, 263, 264, 265, 266, 268, 316, 452, 132, 235, 261, 280),  # the same by folder; utime
        *(
            155,
            160,
            161,
            165,
            166,
            272,
            304,
            308,
            437,
        ),  # mounts, namespaces, setrlimit, open_by_handle_at, openat2
        *(164, 169, 170, 172, 173, 175, 227, 246, 313),  # clock, reboot, ports, kernel modules
        *(29, 68, 240, 248, 249, 250, 298, 319, 321, 323, 425, 426),  # shared memory, keys, bpf, io_uring
    ),
    "aarch64": (
        *(198, 199, 200, 201, 202, 203, 206, 211, 242),
        *(221, 281),
        *(129, 130, 131, 138, 240, 424),
        *(117, 270, 271, 434, 438),
        *(33, 34, 35, 36, 37, 38, 45, 46, 276),
        *(5, 6, 7, 52, 53, 54, 55, 88, 452),
        *(39, 40, 41, 51, 97, 164, 265, 268, 437),
        *(104, 105, 112, 142, 161, 170, 273),
        *(180, 186, 194, 217, 218, 219, 241, 279, 280, 282, 425, 426),
    ),
}
"""Numbers of system calls, from the kernel's tables (asm/unistd_64.h, asm-generic/unistd.h)."""
_OPENING = {"x86_64": ((2, 1), (257, 2)), "aarch64": ((56, 2),)}
"""open and openat: the number, and which argument holds the flags."""
_LIMITING = {"x86_64": 302, "aarch64": 261}
"""prlimit64, which reads a limit where its third argument is nothing, and otherwise sets one."""

_STARTING = {"x86_64": 56, "aarch64": 220}
"""clone: a thread may be started, which decoders of photos need, and no process."""
_CLONE3, _THREAD = 435, 0x10000
"""clone3 hides its flags from a filter; it is called unknown, whereupon the C library falls back on clone."""

_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW, _REFUSE, _UNKNOWN = 0x7FFF0000, 0x00050001, 0x00050026  # the latter two: EPERM, ENOSYS
_X32 = 0x40000000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ = 1 << 2 | 1 << 3
"""Reading files and listing folders, as Landlock names them."""
_LIBRARIES = "/usr/lib", "/usr/lib64", "/usr/share", "/usr/local/share"
"""Where libraries and fonts are; on a computer without one of them the others do."""

_Instruction = tuple[int, int, int, int]


def raise_kernel_walls() -> frozenset[str]:
    """Which of "landlock" and "seccomp" stand from here on, for this thread and all it may start."""
    if not supported():
        return frozenset()
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return frozenset()
    stand = {"landlock": _restrict_files(library), "seccomp": _filter_calls(library, platform.machine())}
    return frozenset(name for name, stands in stand.items() if stands)


def supported() -> bool:
    """Whether these walls are known for this computer: Linux on x86-64 or 64-bit ARM."""
    return sys.platform == "linux" and platform.machine() in _ARCHITECTURES and sys.maxsize > 2**32


def _filter_calls(library: ctypes.CDLL, machine: str) -> bool:
    program = b"".join(struct.pack("<HBBI", *instruction) for instruction in _program(machine))
    kept = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(kept))
    return bool(library.prctl(_SET_SECCOMP, _FILTER, described, 0, 0) == 0)


def _program(machine: str) -> Iterator[_Instruction]:
    """The filter: each refusal stands right behind its question, so that no jump is longer than one step or two."""
    yield from (
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, _ARCHITECTURES[machine]),
        (_RETURN, 0, 0, _REFUSE),
    )
    yield (_LOAD, 0, 0, _NUMBER)
    if machine == "x86_64":
        yield from ((_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _REFUSE))
    for number in _REFUSED[machine]:
        yield from ((_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE))
    for number, argument in _OPENING[machine]:
        yield (_EQUAL, 0, 4, number)
        yield from ((_LOAD, 0, 0, _ARGUMENTS + 8 * argument), (_ANY_BIT, 0, 1, _WRITING))
        yield from ((_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW))
    yield from ((_EQUAL, 0, 1, _CLONE3), (_RETURN, 0, 0, _UNKNOWN))
    yield (_EQUAL, 0, 4, _STARTING[machine])
    yield from ((_LOAD, 0, 0, _ARGUMENTS), (_ANY_BIT, 1, 0, _THREAD))
    yield from ((_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW))
    yield (_EQUAL, 0, 6, _LIMITING[machine])
    for half in (0, 4):
        yield from ((_LOAD, 0, 0, _ARGUMENTS + 16 + half), (_EQUAL, 1, 0, 0), (_RETURN, 0, 0, _REFUSE))
    yield (_RETURN, 0, 0, _ALLOW)


def _restrict_files(library: ctypes.CDLL) -> bool:
    """No file may be changed from here on, and only those of Python, the libraries and the fonts may be read."""
    version = library.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    handled = 0x1FFF | (version >= 2) << 13 | (version >= 3) << 14 | (version >= 5) << 15
    described = struct.pack("<QQQ", handled, 3, 3)[: 8 if version < 4 else 16 if version < 6 else 24]
    rules = library.syscall(_CREATE_RULESET, described, len(described), 0)
    if rules < 0:
        return False
    for folder in (*sys.path, sys.prefix, sys.base_prefix, *_LIBRARIES):
        with contextlib.suppress(OSError):
            place = os.open(folder, os.O_PATH | os.O_DIRECTORY)
            library.syscall(_ADD_RULE, rules, 1, struct.pack("<Qi", _READ, place), 0)
            os.close(place)
    stands: bool = library.syscall(_RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return stands
