"""The limited process: opens one document under its limits and answers. Started by `opener` only.

python -I -B -m trustact.intake.opening TASK < document > answer
"""

import contextlib
import importlib
import io
import re
import sys

import msgspec

from trustact.intake.confinement import limit_resources, refuse_the_outside
from trustact.intake.exchange import Drawn, Refusal, Refused, Task
from trustact.intake.kind import Kind, kind_of
from trustact.intake.page import Opened

_HEAD = 8192
"""Bytes by which a kind is told."""
_WORDS = re.compile(r"[\w ,.:()'-]+")
"""What a parser says is passed on where it is words, and not the innards of a program."""


def main() -> None:
    """Read the document from standard input, do the task, write the answer to standard output."""
    task = msgspec.json.decode(sys.argv[1], type=Task)
    head = sys.stdin.buffer.read(_HEAD)
    with contextlib.suppress(Refusal):
        _load_parser(kind_of(head))
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


def _load_parser(kind: Kind) -> None:
    """Load what opens a kind of document, before the walls stand: behind them no library is loaded.

    That alone, for to load all takes as long as to open a page.
    """
    importlib.import_module(f"trustact.intake.{kind if kind in ('mail', 'pdf') else 'picture'}")


def _opened(data: bytes, task: Task) -> Opened:
    kind = kind_of(data)
    if kind == "mail":
        from trustact.intake.mail import open_mail

        return open_mail(data, task.limits)
    if kind == "pdf":
        from trustact.intake.pdf import open_pdf

        return open_pdf(data, task.limits)
    from trustact.intake.picture import open_picture

    return open_picture(data, kind, task.limits)


def _drawn(data: bytes, task: Task, page: int) -> Drawn:
    kind = kind_of(data)
    if kind == "mail":
        from trustact.intake.mail import draw_mail

        image = draw_mail(data, page, task.dpi, task.limits)
    elif kind == "pdf":
        from trustact.intake.pdf import draw_pdf

        image = draw_pdf(data, page, task.dpi, task.limits)
    else:
        from trustact.intake.picture import draw_picture

        image = draw_picture(data, kind, page, task.dpi, task.limits)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return Drawn(buffer.getvalue())


if __name__ == "__main__":
    main()
