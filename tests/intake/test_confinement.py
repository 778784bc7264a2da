"""The walls around the limited process hold: for Python, for native code reached through it, without privileges."""

import ctypes
import subprocess
import sys

import pytest

from tests.intake import paper
from tests.intake.paper import pdf
from tests.needs import missing
from trustact.intake.confinement import Limits
from trustact.intake.opener import OpenError, open_document

LANDLOCK_CREATE_RULESET, LANDLOCK_VERSION = 444, 1
PRELUDE = """
import ctypes, os, resource, socket, subprocess, sys
from trustact.intake.confinement import Limits, limit_resources, refuse_the_outside
native = ctypes.CDLL(None, use_errno=True)
if os.geteuid() == 0: os.setgid(65534), os.setuid(65534)
"""
CONFINED = "limit_resources(Limits(memory=600_000_000)); refuse_the_outside()\n"


def confined(act: str, walls: str = CONFINED) -> str:
    """What comes of this in a process that has raised its walls as an ordinary user: "done", or the error's name."""
    tried = f"try:\n    {act}\nexcept Exception as wrong:\n    print(type(wrong).__name__)\nelse:\n    print('done')"
    run = subprocess.run(
        [sys.executable, "-I", "-B", "-c", PRELUDE + walls + tried],
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


@pytest.mark.parametrize(
    "act",
    [
        "socket.socket()",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "open('/tmp/x', 'w')",
        "os.open('/tmp/x', os.O_CREAT | os.O_WRONLY)",
        "os.remove('/tmp/x')",
        "ctypes.CDLL('libc.so.6')",
    ],
)
def test_python_reaches_nothing_outside(act: str) -> None:
    assert confined(act) in {"PermissionError", "BlockingIOError"}


@pytest.fixture
def walls() -> None:
    """Skips, saying so, where the kernel itself says it has no walls to raise."""
    if sys.platform != "linux":
        missing("the kernel's walls are Linux's")
    if ctypes.CDLL(None).syscall(LANDLOCK_CREATE_RULESET, None, 0, LANDLOCK_VERSION) < 1:
        missing("this kernel has no Landlock")


def native(call: str) -> str:
    """The same call by native code, which asks no interpreter, with the kernel's walls alone."""
    walls = "from trustact.intake.kernel_walls import raise_kernel_walls\nraise_kernel_walls()\n"
    return confined(f"if native.{call} == -1: raise OSError(ctypes.get_errno(), '')", walls)


@pytest.mark.parametrize(
    "call",
    [
        "socket(2, 1, 0)",
        "socketpair(1, 1, 0, (ctypes.c_int * 2)())",
        "fork()",
        "execv(b'/bin/true', None)",
        "kill(os.getppid(), 0)",
        "ptrace(16, os.getppid(), 0, 0)",
        "open(b'/dev/null', os.O_WRONLY)",
        "creat(b'/tmp/x', 0o600)",
        "mkdir(b'/tmp/x', 0o700)",
        "unlink(b'/tmp/x')",
        "chmod(b'/tmp', 0o777)",
        "setrlimit(7, (ctypes.c_long * 2)(9, 9))",
    ],
)
@pytest.mark.usefixtures("walls")
def test_native_code_reaches_nothing_outside(call: str) -> None:
    assert native(call) == "PermissionError"


@pytest.mark.usefixtures("walls")
def test_only_the_libraries_own_folders_may_be_read() -> None:
    assert native("open(b'/usr/share', os.O_RDONLY)") == "done"
    assert native("open(b'/etc/passwd', os.O_RDONLY)") == "PermissionError"
    assert native("open(b'/proc/self/environ', os.O_RDONLY)") == "PermissionError"


@pytest.mark.parametrize(
    ("act", "ending"),
    [
        ("bytearray(700_000_000)", "MemoryError"),
        ("[os.dup(0) for _ in range(40)]", "OSError"),
        ("resource.setrlimit(resource.RLIMIT_AS, (1 << 40, 1 << 40))", "ValueError"),
    ],
)
def test_what_it_may_take_is_limited(act: str, ending: str) -> None:
    assert confined(act) == ending


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(answer=1000), "too large to hold"),
        (Limits(seconds=0.01), "longer than"),
        (Limits(memory=40_000_000), "more than 40 MB"),
    ],
)
def test_each_limit_ends_in_one_line(limits: Limits, words: str) -> None:
    with pytest.raises(OpenError, match=words):
        open_document(pdf(paper.inline()), limits)
