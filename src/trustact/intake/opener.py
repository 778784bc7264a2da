"""The opener: untrusted bytes become pages, in a separate process that has almost nothing to lose.

The process gets the document on its standard input and answers on its standard output; see `confinement`
for its walls and `opening` for its work. Whatever happens to it, the answer here is pages or one clear line.
"""

import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from typing import IO

import msgspec

from trustact.intake.confinement import Limits
from trustact.intake.exchange import Drawn, Refused, Task
from trustact.intake.page import Opened

_ENVIRONMENT = {"LANG": "C.UTF-8"}
_CHUNK = 1 << 20


class OpenError(Exception):
    """A document that cannot be opened: one line that says what is wrong and what to do."""


def open_document(data: bytes, limits: Limits | None = None) -> Opened:
    """The pages of a PDF, an e-mail, a TIFF, PNG, JPEG or HEIC, told by its first bytes and never by a name.

    Raises OpenError for anything else, and for a document that is damaged, locked or too costly.
    """
    answer = _ask(data, Task(limits or Limits()))
    if isinstance(answer, Opened):
        return answer
    raise OpenError("the opener gave no pages: keep the document and look at it by hand")


def page_png(data: bytes, page: int, *, dpi: int = 110, limits: Limits | None = None) -> bytes:
    """A PNG picture of one page (from 1) for the desk, drawn in the same limited process. Raises OpenError."""
    answer = _ask(data, Task(limits or Limits(), page=page, dpi=dpi))
    if isinstance(answer, Drawn):
        return answer.png
    raise OpenError("the opener gave no picture: keep the document and look at it by hand")


def _ask(data: bytes, task: Task) -> Opened | Drawn:
    """One task put to a fresh limited process, and its answer; raises OpenError."""
    with tempfile.TemporaryFile() as document, tempfile.TemporaryFile() as complaint:
        document.write(data)
        document.seek(0)
        answered, answering = os.pipe()
        with os.fdopen(answered, "rb", buffering=0) as pipe:
            try:
                process = _started(task, document, answering, complaint)
            finally:
                os.close(answering)
            with process:
                try:
                    written = _listen(pipe.fileno(), task.limits)
                finally:
                    process.kill()
        complaint.seek(0)
        said = complaint.read().decode(errors="replace").strip()
    try:
        answer = msgspec.msgpack.decode(written, type=Opened | Drawn | Refused)
    except msgspec.DecodeError:
        raise OpenError(_ending(process.returncode, said, task.limits)) from None
    if isinstance(answer, Refused):
        raise OpenError(answer.reason)
    return answer


def _started(
    task: Task, document: IO[bytes], answering: int, complaint: IO[bytes]
) -> subprocess.Popen[bytes]:
    """The limited process. Raises OpenError where there is none to start.

    It can complain only until its limits stand: from then on it writes to no file.
    """
    try:
        return subprocess.Popen(  # noqa: S603 - this program's own module, the document only on its input
            [sys.executable, "-I", "-B", "-m", "trustact.intake.opening", msgspec.json.encode(task).decode()],
            stdin=document,
            stdout=answering,
            stderr=complaint,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
    except OSError as wrong:
        raise OpenError(_not_started(str(wrong))) from None


def _listen(pipe: int, limits: Limits) -> bytes:
    """All the process says, within the time and size it is allowed. Raises OpenError beyond them."""
    deadline = time.monotonic() + limits.seconds
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise OpenError(
                    f"the document took longer than {limits.seconds:.0f} seconds to open: "
                    "ask the sender for a plain copy"
                )
            part = os.read(pipe, _CHUNK)
            if not part:
                return b"".join(parts)
            parts.append(part)
            if sum(map(len, parts)) > limits.answer:
                raise OpenError("the document's pages are too large to hold: ask the sender for a plain copy")


def _ending(code: int, said: str, limits: Limits) -> str:
    """What to say of a process that ended without an answer, by its code and what it complained of."""
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return f"the document took longer than {limits.seconds:.0f} seconds to open: ask the sender for a plain copy"
    if code > 0 and said:
        return _not_started(said.splitlines()[-1])
    return (
        f"the document needs more than {limits.memory // 1_000_000} MB to open, or is damaged: "
        "ask the sender for a plain copy"
    )


def _not_started(why: str) -> str:
    return f"the opener could not start: {why}; install the program anew, then open the document again"
