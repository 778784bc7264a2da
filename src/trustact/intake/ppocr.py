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

from trustact.intake.line import Line, letters_seen, line_of, session

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
    return line_of([(model.letters[one.letter], one) for one in letters_seen(scores)], len(scores))


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

    spec = importlib.util.find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else Path()
    (path,) = folder.glob("*_rec_*.onnx")
    own = session(str(path))
    known = own.get_modelmeta().custom_metadata_map["character"].splitlines()
    letters = ["", *known, " "]
    allowed = [index for index, letter in enumerate(letters) if all(map(_latin, letter))]
    return Model(own, own.get_inputs()[0].name, tuple(letters[i] for i in allowed), np.array(allowed))


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
