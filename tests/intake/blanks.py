"""The prints on the forms shelf, learnt from the blanks of the specimens.

python -m tests.intake.blanks
"""

from datetime import date
from pathlib import Path

import msgspec

from trustact.intake.form import Form, read_forms
from trustact.intake.learning import learn
from trustact.intake.opener import open_document
from trustact.intake.page import Box
from trustact.intake.prints import Print
from trustact.shelves import shelf
from trustact.specimens import matter, templates, typeset
from trustact.specimens.page import ON_SHELF, PrintId, Sheet, Tick, Value, spans_of
from trustact.specimens.specimen import sheet


def blank(form: Form, print_id: PrintId) -> Print:
    """The print of a form as the specimens typeset it."""
    made = sheet(form.id, matter.invent(1, date(2025, 6, 2)), print_id)
    page = open_document(typeset.pdf(made, "blank")).pages[0]
    return learn(form, print_id.lower(), (page.width, page.height), page.words, _boxes(made))


def _boxes(made: Sheet) -> dict[str, Box]:
    """Where the values and tick boxes of the first page are, by field."""
    spots = {spot.name: spot for spot in typeset.spots(made) if spot.page == 1}
    boxes: dict[str, Box] = {}
    for span in spans_of(made.pages[0]):
        if not isinstance(span, Value | Tick):
            continue
        spot = spots[span.name]
        fields = [span.field] if isinstance(span, Tick) else [field for field, _ in span.reads]
        box = Box(spot.x, spot.y, spot.x + spot.width, spot.y + spot.height)
        boxes |= {field: box for field in fields if field and field not in boxes}
    return boxes


def keep(made: Print, folder: Path) -> None:
    """Write a print into its form's folder, one word a line."""
    lines = msgspec.json.format(msgspec.json.encode(made), indent=0).decode()
    path = folder / made.form / "prints" / f"{made.name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    for each in read_forms(shelf("forms")):
        if each.id in templates():
            for edition in ON_SHELF:
                keep(blank(each, edition), shelf("forms"))
