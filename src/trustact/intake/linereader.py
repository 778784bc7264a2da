"""The line reader: one line of print cut from a fax, read by a network taught on nothing but worn lines of type.

It knows no page and no form. docs/line-reader.md tells what it was taught on, how well it reads, and how to teach it
anew; `python -m training` does so. Needs the `ocr` extra.
"""

import functools
import hashlib
import itertools
import unicodedata
from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from trustact.intake.line import Line, session

if TYPE_CHECKING:
    from trustact.intake.straightening import Grey

READER = "line reader"
HIGH = 32
"""Pixels of height the network was taught on; its width is free."""
_WIDER = 1.25
"""How much wider than high a dot becomes, so that narrow letters last for more than a step."""
_NARROWEST, _WIDEST = 16, 1600
_BEFORE, _STEP = 2, 4
"""White before a line, and how many pixels make a step of the network; the line ends with more white."""


class Model(NamedTuple):
    """The network loaded, its letters, the first of which stands for none, and what letter each is but for case and accents."""

    session: Any
    letters: str
    bare: tuple[int, ...]


def read_lines(lines: Sequence["Grey"]) -> list[Line]:
    """Each picture of one line read, one after another on one thread."""
    return [_read(line) for line in lines]


def version() -> str:
    """The first letters of the network's SHA-256: it has no other name."""
    return hashlib.sha256(_network()).hexdigest()[:12]


def prepared(line: "Grey") -> "Grey":
    """The picture as the network knows lines: 32 pixels high, black on white."""
    import cv2
    import numpy as np

    height, width = line.shape
    across = min(_WIDEST, max(_NARROWEST, round(width * HIGH / height * _WIDER)))
    way = cv2.INTER_AREA if height > HIGH else cv2.INTER_CUBIC
    return cv2.resize(line, (across, HIGH), interpolation=way).astype(np.uint8)


def _read(line: "Grey") -> Line:
    model = _model()
    scores = model.session.run(None, {"line": _framed(prepared(line))})[0][0]
    return decoded(_shares(scores), model.letters, model.bare)


def decoded(likely: Any, letters: str, bare: Sequence[int]) -> Line:
    """The line likeliest step by step, from a row of shares for each step, the first of them that of no letter.

    Which letter it is and how it is written are two questions: one that may be an e or an é is surely an e. How sure
    the line is counts letters and figures, not the marks between them.
    """
    import numpy as np

    alike = np.zeros((len(bare), max(bare) + 1), likely.dtype)
    alike[np.arange(len(bare)), bare] = 1
    told = likely @ alike
    best = told.argmax(axis=1).tolist()
    text, places, doubt, start = [], [], 1.0, 0
    for group, run in itertools.groupby(best):
        end = start + len(list(run))
        if group:
            mine = likely[start:end] * (np.array(bare) == group)
            letter = letters[int(mine.sum(axis=0).argmax())]
            text.append(letter)
            places.append((start + end) / 2 / len(best))
            if letter.isalnum():
                doubt = min(doubt, float(told[start:end, group].max()))
        start = end
    return Line("".join(text), round(doubt, 4) if text else 0.0, tuple(places))


def bare_of(letters: str) -> tuple[int, ...]:
    """For each letter a number, the same for those that differ in case or accents alone; 0 for the first, which is none."""
    plain = [unicodedata.normalize("NFD", letter)[0].casefold()[0] for letter in letters]
    numbers = {letter: at for at, letter in enumerate(dict.fromkeys(plain[1:]), start=1)}
    return (0, *(numbers[letter] for letter in plain[1:]))


def _shares(scores: Any) -> Any:
    """Scores as likelihoods that add up to 1 at every step."""
    import numpy as np

    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _framed(line: "Grey") -> Any:
    """The line between white, its grey levels from -1 (black) to 1."""
    import numpy as np

    width = -(-line.shape[1] // _STEP) * _STEP + 2 * _STEP
    framed = np.full((1, 1, HIGH, width), 255, np.float32)
    framed[0, 0, :, _BEFORE : _BEFORE + line.shape[1]] = line
    return framed / 127.5 - 1


def _network() -> bytes:
    return resources.files("trustact.intake").joinpath("linereader.onnx").read_bytes()


@functools.cache
def _model() -> Model:
    """The network, loaded once a process (some 0.05 s, 10 MB)."""
    own = session(_network())
    letters = "\0" + own.get_modelmeta().custom_metadata_map["letters"]
    return Model(own, letters, bare_of(letters))
