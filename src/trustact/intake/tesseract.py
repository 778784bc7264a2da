"""Tesseract, where the system has it: single lines of print read by its command line. Nothing it reads is kept."""

import io
import os
import shutil
import subprocess
from collections.abc import Sequence

from PIL import Image

READER = "tesseract"
_DPI = 250
"""The size at which it was found to read faxes best."""
_BORDER = 10
_SECONDS = 30.0


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


def read_lines(lines: Sequence[Image.Image], dpi: float) -> list[tuple[str, float]]:
    """The text of each picture of one line and how sure it is (0 to 1); nothing where there is no Tesseract.

    One run over a TIFF with a page for each line, on one thread.
    """
    path = shutil.which(READER)
    if path is None or not lines:
        return []
    buffer = io.BytesIO()
    first, *others = [_prepared(line, dpi) for line in lines]
    first.save(buffer, "TIFF", save_all=True, append_images=others, dpi=(_DPI, _DPI))
    try:
        run = subprocess.run(  # noqa: S603 - the system's own Tesseract
            [path, "stdin", "stdout", "--psm", "7", "--dpi", str(_DPI), "tsv"],
            input=buffer.getvalue(),
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        return []
    return _by_page(run.stdout.decode("utf-8", "replace"), len(lines))


def _prepared(line: Image.Image, dpi: float) -> Image.Image:
    """A line at the right size on a white border."""
    grow = _DPI / dpi
    size = max(1, round(line.width * grow)), max(1, round(line.height * grow))
    framed = Image.new("L", (size[0] + 2 * _BORDER, size[1] + 2 * _BORDER), 255)
    framed.paste(line.resize(size, Image.Resampling.BICUBIC), (_BORDER, _BORDER))
    return framed


def _by_page(table: str, count: int) -> list[tuple[str, float]]:
    """The words of Tesseract's table (TSV) joined page by page, with the confidence of the least sure word."""
    words: list[list[tuple[str, float]]] = [[] for _ in range(count)]
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            words[int(cells[1]) - 1].append((cells[11].strip(), float(cells[10]) / 100))
    return [
        (" ".join(text for text, _ in page), min((sure for _, sure in page), default=0.0)) for page in words
    ]
