"""The limited process: opens one document under its limits and answers. Started by `opener` only.

python -I -B -m trustact.intake.opening TASK < document > answer
"""

import contextlib
import io
import re
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from trustact.intake.confinement import Limits, limit_resources, refuse_the_outside
from trustact.intake.exchange import Drawn, Refusal, Refused, Task
from trustact.intake.kind import Kind, kind_of
from trustact.intake.page import Opened

if TYPE_CHECKING:
    from PIL.Image import Image

    Opens = Callable[[bytes, Limits], Opened]
    Draws = Callable[[bytes, int, float, Limits], Image]

_HEAD = 8192
"""Bytes by which a kind is told."""
_WORDS = re.compile(r"[\w ,.:()'-]+")
"""What a parser says is passed on where it is words, and not the innards of a program."""


def main() -> None:
    """Read the document from standard input, do the task, write the answer to standard output."""
    task = msgspec.json.decode(sys.argv[1], type=Task)
    head = sys.stdin.buffer.read(_HEAD)
    with contextlib.suppress(Refusal):
        _parser(kind_of(head))  # behind the walls no library is loaded
    limit_resources(task.limits)
    refuse_the_outside()
    answered = answer(head + sys.stdin.buffer.read(), task)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answered))


def answer(data: bytes, task: Task) -> Opened | Drawn | Refused:
    """The pages, the picture, or why not. Parsers fail in many ways: here every one of them becomes a line."""
    try:
        return _opened(data, task) if task.page is None else _drawn(data, task, task.page)
    except Refusal as refusal:
        return Refused(str(refusal))
    except MemoryError:
        return Refused(
            f"the document needs more than {task.limits.memory // 1_000_000} MB to open: "
            "ask the sender for a plain copy"
        )
    except Exception as wrong:  # noqa: BLE001 - the parsers name no common error
        said = str(wrong).partition("\n")[0][:80]
        detail = said if _WORDS.fullmatch(said) else type(wrong).__name__
        return Refused(f"the document is damaged or cut short ({detail}): ask the sender to send it again")


def _parser(kind: Kind) -> "tuple[Opens, Draws]":
    """What opens a kind of document and what draws its pages; no more is loaded, for loading all takes twice as long."""
    if kind == "mail":
        from trustact.intake.mail import draw_mail, open_mail

        return open_mail, draw_mail
    if kind == "pdf":
        from trustact.intake.pdf import draw_pdf, open_pdf

        return open_pdf, draw_pdf
    from trustact.intake.picture import draw_picture, open_picture

    return partial(open_picture, kind=kind), partial(draw_picture, kind=kind)


def _opened(data: bytes, task: Task) -> Opened:
    opens, _ = _parser(kind_of(data))
    return opens(data, task.limits)


def _drawn(data: bytes, task: Task, page: int) -> Drawn:
    _, draws = _parser(kind_of(data))
    buffer = io.BytesIO()
    draws(data, page, task.dpi, task.limits).save(buffer, "PNG")
    return Drawn(buffer.getvalue())


if __name__ == "__main__":
    main()
