"""What the OCR engines said of some faxed pages, kept so that tests of reading need no OCR.

A recording is a fax (`<name>.tif`) and `<name>.json`: the engines with their versions, the tilt, the words of the
page, and what each engine said on looking again at a box. New ones are made only by hand, after a look at them:

    python -m tests.intake.recording
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from tests.intake import paper
from trustact.intake import ocr, ppocr
from trustact.intake.form import Form, read_forms
from trustact.intake.layout import rows_of
from trustact.intake.look import Look
from trustact.intake.marks import plate_of
from trustact.intake.opener import open_document
from trustact.intake.page import Box, Word
from trustact.intake.reading import Reading, Sheet, read_form
from trustact.shelves import shelf

FOLDER = Path(__file__).parent / "recorded"

FAXES = {
    "inline-fine": lambda: paper.faxed(paper.pdf(paper.inline())),
    "cells-standard": lambda: paper.faxed(paper.pdf(paper.cells()), lines=98, degrees=-1.2),
}


class Recording(msgspec.Struct, frozen=True):
    """What was said of one page; `again` holds the looks at each box, by the box's corners to a tenth of a point."""

    engines: dict[str, str]
    degrees: float
    words: tuple[Word, ...]
    again: dict[str, list[Look]]


def replayed(name: str) -> Recording:
    return msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=Recording)


def replay(name: str, form: Form) -> dict[str, Reading]:
    """The readings of a recorded page, by field."""
    recording = replayed(name)

    def again(boxes: Sequence[Box]) -> list[list[Look]]:
        return [recording.again[_key(box)] for box in boxes]

    return {reading.field: reading for reading in read_form(form, _sheet(name, recording), again)}


def record(name: str, form: Form) -> None:
    """Make the recording of a fax with the engines there are here."""
    (FOLDER / f"{name}.tif").write_bytes(FAXES[name]())
    raster, degrees = ocr.straightened(open_document((FOLDER / f"{name}.tif").read_bytes()).pages[0].raster)
    recording = Recording(ocr.readers(), degrees, tuple(ocr.read_page_closely(raster)), {})

    def again(boxes: Sequence[Box]) -> list[list[Look]]:
        looks = [
            [Look(seen.reader, (seen.text,), seen.confidence) for seen in each]
            for each in ocr.look_again(raster, boxes)
        ]
        recording.again.update(zip(map(_key, boxes), looks, strict=True))
        return looks

    read_form(form, _sheet(name, recording), again)
    (FOLDER / f"{name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(recording), indent=1))


def _sheet(name: str, recording: Recording) -> Sheet:
    page = open_document((FOLDER / f"{name}.tif").read_bytes()).pages[0]
    raster, _ = ocr.straightened(page.raster)
    return Sheet(1, tuple(rows_of(recording.words)), ppocr.READER, (), plate_of(raster))


def _key(box: Box) -> str:
    return " ".join(f"{edge:.1f}" for edge in box)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    (detainer,) = (form for form in read_forms(shelf("forms")) if form.id == "i-247a")
    for fax in FAXES:
        record(fax, detainer)
