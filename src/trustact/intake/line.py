"""One line read by a network, and how such networks are loaded."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from trustact.intake.page import Box, Word

_LETTER = 0.55
"""How wide a letter is, in heights of its line."""


class Line(NamedTuple):
    """One line read: its text, how sure its least sure letter or figure is (0 to 1), and where each is seen.

    `places` are shares of the line's width, 0 to 1.
    """

    text: str
    confidence: float
    places: tuple[float, ...] = ()


class Seen(NamedTuple):
    """A letter a network sees: its number, the steps over which it goes on, and how sure the surest of them is (0 to 1)."""

    letter: int
    start: int
    end: int
    sure: float


def letters_seen(likely: Any) -> Iterator[Seen]:
    """The letters likeliest step by step, from a row of shares for each step, the first of them that of no letter.

    One that goes on for several steps stands once (connectionist temporal classification).
    """
    start = 0
    for letter, run in itertools.groupby(likely.argmax(axis=1).tolist()):
        end = start + sum(1 for _ in run)
        if letter:
            yield Seen(letter, start, end, float(likely[start:end, letter].max()))
        start = end


def line_of(seen: Sequence[tuple[str, Seen]], steps: int) -> Line:
    """The line some letters make that were seen over so many steps; how sure counts letters and figures, not marks."""
    sure = min((one.sure for letter, one in seen if letter.isalnum()), default=0.0)
    places = tuple((one.start + one.end) / 2 / steps for _, one in seen)
    return Line("".join(letter for letter, _ in seen), round(sure, 4), places)


def words_of(line: Line, box: Box) -> Iterator[Word]:
    """The words of a line that stands in a box, each where its letters were seen."""
    half = 0.5 * (box.y1 - box.y0) * _LETTER
    for match in re.finditer(r"\S+", line.text):
        first, last = (
            box.x0 + line.places[at] * (box.x1 - box.x0) for at in (match.start(), match.end() - 1)
        )
        place = Box(max(box.x0, first - half), box.y0, min(box.x1, last + half), box.y1)
        yield Word(match[0], place, line.confidence)


def session(model: str | bytes) -> Any:
    """A network ready to run on one thread, by its file's path or its bytes."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
