"""PP-OCR: lines of print found on a page, and read. The `rapidocr` wheel carries the models.

Lines are read through onnxruntime without the rest of that package, for the probability of every single letter: a line
is only as sure as its least sure letter.
"""

import functools
import importlib.util
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from trustact.intake.straightening import Grey

READER = "rapidocr"
_HEIGHT = 48
"""Pixels of height the model was trained on; its width is free."""
_NARROWEST, _WIDEST = 48, 2400
_DETECTION_SIDE = 960
"""Pixels along the longer side at which lines are found; they are read at full size."""
_PIECES = 4
"""Pieces of a page in which its lines are found."""
_LATIN_END = 0x1F00
"""Letters beyond this are of scripts the forms are not filled in with."""
_PUNCTUATION = "\u2010\u2013\u2014\u2018\u2019\u201c\u201d\u00a7"


_MADE_OF = (
    ("1", "4", 0.0015),
    ("6", "5", 0.0035),
    ("8", "3", 0.0035),
    ("8", "5", 0.0035),
    ("8", "6", 0.0035),
    ("8", "9", 0.0035),
)
"""A figure and what a fax makes it of: a 4 without its thin strokes is a 1, a 5 whose gap fills a 6. How likely the other
one must be: of figures read rightly 98 in 100 are below, of those misread hardly one."""


class Line(NamedTuple):
    """One line read: its text, how sure its least sure letter is (0 to 1), and where each letter is seen.

    `places` are shares of the line's width, 0 to 1. `suspect` are the figures of which one may be another that a fax
    makes into it.
    """

    text: str
    confidence: float
    places: tuple[float, ...] = ()
    suspect: str = ""


class Model(NamedTuple):
    """The recogniser loaded: its session, its input's name, its letters, and which of them count here."""

    session: Any
    input: str
    letters: tuple[str, ...]
    allowed: Any


def read_lines(lines: Sequence["Grey"]) -> list[Line]:
    """Each picture of one line read, one after another on one thread: batches of unlike widths are slower."""
    return [_read(line) for line in lines]


def _read(line: "Grey") -> Line:
    model = _model()
    scores = model.session.run(None, {model.input: _prepared(line)})[0][0][:, model.allowed]
    best, sure = scores.argmax(axis=1), scores.max(axis=1)
    text, places, doubt, before = [], [], 1.0, 0
    for step, (index, probability) in enumerate(zip(best.tolist(), sure.tolist(), strict=True)):
        if index and index != before:
            text.append(model.letters[index])
            places.append((step + 0.5) / len(best))
            doubt = min(doubt, probability)
        before = index
    suspect = _suspect(model, best, scores)
    return Line("".join(text), round(doubt, 4) if text else 0.0, tuple(places), suspect)


def _suspect(model: Model, best: Any, scores: Any) -> str:
    """The figures read of which one is likely enough to be what it is often made of."""
    found = set()
    for figure, other, least in _MADE_OF:
        seen = scores[best == model.letters.index(figure), model.letters.index(other)]
        if (seen > least).any():
            found.add(figure)
    return "".join(sorted(found))


def find_lines(page: "Grey") -> list[Any]:
    """The lines of print on a page, each by its four corners in pixels, from the top left round.

    They are found piece by piece, parted between lines: a page at once would take several times the memory.
    """
    import cv2
    import numpy as np

    scale = max(1.0, max(page.shape) / _DETECTION_SIDE)
    small = cv2.resize(page, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
    light = small.sum(axis=1, dtype=np.int64)
    edges = [0, *(_between_lines(light, piece / _PIECES) for piece in range(1, _PIECES)), len(small)]
    return [
        (corners + np.array((0, top))) * scale
        for top, bottom in itertools.pairwise(edges)
        for corners in _lines(small[top:bottom])
    ]


def _between_lines(light: Any, share: float) -> int:
    """The row with least ink near that share of a page's height, of the light in every row."""
    middle, near = round(len(light) * share), len(light) // 20
    return middle - near + int(light[middle - near : middle + near].argmax())


def _lines(page: Any) -> Any:
    import cv2

    found = _detector()(cv2.cvtColor(page, cv2.COLOR_GRAY2BGR), use_cls=False, use_rec=False).boxes
    return [] if found is None else found


def _prepared(line: "Grey") -> Any:
    """The picture as the model wants it: 48 pixels high, three equal colours between -1 and 1."""
    import cv2
    import numpy as np

    height, width = line.shape
    across = min(_WIDEST, max(_NARROWEST, round(width * _HEIGHT / height)))
    way = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
    sized = cv2.resize(line, (across, _HEIGHT), interpolation=way).astype(np.float32) / 127.5 - 1.0
    return np.ascontiguousarray(np.broadcast_to(sized, (1, 3, _HEIGHT, across)))


@functools.cache
def _model() -> Model:
    """The model, loaded once a process (0.2 s, 100 MB)."""
    import numpy as np
    import onnxruntime

    spec = importlib.util.find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else Path()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    (path,) = folder.glob("*_rec_*.onnx")
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    known = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    letters = ["", *known, " "]
    allowed = [index for index, letter in enumerate(letters) if all(map(_latin, letter))]
    return Model(session, session.get_inputs()[0].name, tuple(letters[i] for i in allowed), np.array(allowed))


@functools.cache
def _detector() -> Any:
    """The finder of lines, loaded once a process (0.3 s, 170 MB while it works on a quarter of a page)."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.max_side_len": 10_000,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTION_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _latin(letter: str) -> bool:
    return letter in _PUNCTUATION or ord(letter) < 0x250 or 0x1E00 <= ord(letter) < _LATIN_END
