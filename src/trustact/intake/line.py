"""One line read by a network, and how such networks are loaded."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class Line(NamedTuple):
    """One line read: its text, how sure its least sure letter is (0 to 1), and where each letter is seen.

    `places` are shares of the line's width, 0 to 1.
    """

    text: str
    confidence: float
    places: tuple[float, ...] = ()


def line_of(likely: Any, letters: Sequence[str]) -> Line:
    """The line that is likeliest step by step: a row of shares for each step, the first of them that of no letter.

    A letter that goes on for several steps stands once (connectionist temporal classification).
    """
    text, places, doubt, before = [], [], 1.0, 0
    best, sure = likely.argmax(axis=1).tolist(), likely.max(axis=1).tolist()
    for step, (index, share) in enumerate(zip(best, sure, strict=True)):
        if index and index != before:
            text.append(letters[index])
            places.append((step + 0.5) / len(best))
            doubt = min(doubt, share)
        before = index
    return Line("".join(text), round(doubt, 4) if text else 0.0, tuple(places))


def session(model: str | bytes) -> Any:
    """A network ready to run on one thread, by its file's path or its bytes."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
