"""Tesseract, where the system has it: pages and single lines read by its command line. Nothing it reads is kept."""

import functools
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PIL import Image

READER = "tesseract"
ENGLISH, SPANISH = "eng", "spa"
"""Its models; the Spanish one errs differently, and sees the accents of names."""
_DPI = 250
"""The size at which it was found to read faxes best."""
_BORDER = 10
_SECONDS = 120.0


class Cell(NamedTuple):
    """A word of Tesseract's table: page from 0, its edges in pixels, how sure (0 to 1), the text."""

    page: int
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    text: str


def available() -> bool:
    """Whether the system has Tesseract."""
    return shutil.which(READER) is not None


def version() -> str | None:
    """The version of the system's Tesseract, or None where there is none."""
    path = shutil.which(READER)
    if path is None:
        return None
    run = subprocess.run(  # noqa: S603 - the system's own Tesseract
        [path, "--version"], capture_output=True, text=True, check=False, timeout=_SECONDS
    )
    words = run.stdout.split()
    return words[1] if len(words) > 1 else "unknown"


@functools.cache
def models() -> tuple[str, ...]:
    """The models the system has of those that are used here."""
    path = shutil.which(READER)
    if path is None:
        return ()
    run = subprocess.run(  # noqa: S603 - the system's own Tesseract
        [path, "--list-langs"], capture_output=True, text=True, check=False, timeout=_SECONDS
    )
    return tuple(model for model in (ENGLISH, SPANISH) if model in run.stdout.split())


def quarters_off(page: Image.Image, dpi: float) -> int:
    """How many quarters of a turn, clockwise, would set a page upright (0 to 3); 0 where that cannot be told."""
    path = shutil.which(READER)
    if path is None:
        return 0
    said = _run([path, "stdin", "stdout", "--psm", "0", "--dpi", str(round(dpi))], [page], dpi)
    turn = re.search(r"Rotate: (\d+)", said)
    return int(turn[1]) // 90 % 4 if turn else 0


def read_page(page: Image.Image, dpi: float) -> list[Cell]:
    """The words of a page, their edges in its pixels; nothing where there is no Tesseract or it takes too long."""
    return list(_words([page], dpi, "3", ENGLISH))


def read_lines(lines: Sequence[Image.Image], dpi: float, model: str = ENGLISH) -> list[tuple[str, float]]:
    """The text of each picture of one line and how sure its least sure word is (0 to 1), in one run."""
    words: list[list[Cell]] = [[] for _ in lines]
    for word in _words([_prepared(line, dpi) for line in lines], _DPI, "7", model):
        words[word.page].append(word)
    return [
        (" ".join(word.text for word in line), min((word.confidence for word in line), default=0.0))
        for line in words
    ]


def _words(pages: Sequence[Image.Image], dpi: float, segmentation: str, model: str) -> Iterator[Cell]:
    """One run over a TIFF of all the pictures, on one thread."""
    path = shutil.which(READER)
    if path is None or not pages:
        return
    how = ["-l", model, "--psm", segmentation, "--dpi", str(round(dpi)), "tsv"]
    for row in _run([path, "stdin", "stdout", *how], pages, dpi).splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, top, width, height = (int(cell) for cell in cells[6:10])
            sure = float(cells[10]) / 100
            yield Cell(int(cells[1]) - 1, left, top, left + width, top + height, sure, cells[11].strip())


def _run(command: Sequence[str], pages: Sequence[Image.Image], dpi: float) -> str:
    """What Tesseract says of pictures handed to it as one TIFF, on one thread; nothing where it takes too long."""
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], dpi=(dpi, dpi))
    try:
        run = subprocess.run(  # noqa: S603 - the system's own Tesseract
            command,
            input=buffer.getvalue(),
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        return ""
    return run.stdout.decode("utf-8", "replace")


def _prepared(line: Image.Image, dpi: float) -> Image.Image:
    """A line at the right size on a white border."""
    grow = _DPI / dpi
    size = max(1, round(line.width * grow)), max(1, round(line.height * grow))
    framed = Image.new("L", (size[0] + 2 * _BORDER, size[1] + 2 * _BORDER), 255)
    framed.paste(line.resize(size, Image.Resampling.BICUBIC), (_BORDER, _BORDER))
    return framed
