"""The line reader: one line of print cut from a fax, read by a network taught on nothing but worn lines of type.

It knows no page and no form. docs/line-reader.md tells what it was taught on, how well it reads, and how to teach it
anew; `python -m training` does so. Needs the `ocr` extra.
"""

import functools
import hashlib
import unicodedata
from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from trustact.intake.line import Line, letters_seen, line_of, session

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
    """The network loaded, and its letters; the first stands for none."""

    session: Any
    letters: str


def read_lines(lines: Sequence["Grey"]) -> list[Line]:
    """Each picture of one line read, one after another on one thread."""
    return [read_prepared(prepared(line)) for line in lines]


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


def read_prepared(line: "Grey") -> Line:
    """A picture of one line read that is as the network knows them (see `prepared`)."""
    model = _model()
    scores = model.session.run(None, {"line": _framed(line)})[0][0]
    return decoded(_shares(scores), model.letters)


def decoded(likely: Any, letters: str) -> Line:
    """The line likeliest step by step, from a row of shares for each step, the first of them that of no letter.

    Which letter it is and how it is written are two questions: one that may be an e or an é is surely an e, and whether
    it is an O or a nought its place in a number tells.
    """
    alike = _alike(letters)
    seen = []
    for one in letters_seen(likely @ alike):
        written = (likely[one.start : one.end] * alike[:, one.letter]).sum(axis=0)
        seen.append((letters[int(written.argmax())], one))
    return line_of(seen, len(likely))


@functools.cache
def _alike(letters: str) -> Any:
    """Which letters differ in case or accents alone, or as a nought and an O, of which the place decides.

    A row for each letter, a column for each that is not alike; the first is none.
    """
    import numpy as np

    plain = [
        unicodedata.normalize("NFD", letter)[0].casefold()[0].replace("0", "o") for letter in letters[1:]
    ]
    numbers = {letter: at for at, letter in enumerate(dict.fromkeys(plain), start=1)}
    alike = np.zeros((len(letters), len(numbers) + 1), np.float32)
    alike[range(len(letters)), [0, *(numbers[letter] for letter in plain)]] = 1
    return alike


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
    return Model(own, "\0" + own.get_modelmeta().custom_metadata_map["letters"])
