"""The readings of a case beside its pages: what the machine read, what a person attested, and where to write it.

What it asks about comes first, with that piece of the page beside it. What the machine accepted stands as read unless a person corrects it. What it asks about counts only once a person
has written what they see; its own guess is shown and never filled in for them.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from trustact.casework.dossier import Dossier, PageSize, ReadingLine
from trustact.facts import Value

Kind = Literal["text", "date", "tick"]

SENT = "reading:"
MARGIN = 8.0
BOX_MARGIN = 32.0
NARROWEST_CUT = 170.0
"""Points of the page that a piece of it shows around a place, left of the words beside a tick box, and across at least."""


class ReadingError(ValueError):
    """What a person wrote for a reading cannot be taken; the line says which and why."""


class Cut(NamedTuple):
    """A piece of a page, in points from its top left, and the size of that page."""

    x: float
    y: float
    width: float
    height: float
    page: PageSize


@dataclass(frozen=True)
class ReadingSheet:
    """One reading: its line, what was attested of it, and the field in which a person writes what they see.

    `mark`: the name of its place on the page. `cut`: the piece of the page around it, in points, with the page's size
    before it; None where it has no place. `name`: empty where the same field already stands above.
    """

    line: ReadingLine
    attested: Value | None
    mark: str
    kind: Kind
    name: str
    sent: str
    cut: "Cut | None"

    @property
    def asks(self) -> bool:
        """Whether a person still has to look."""
        return self.line.status == "ask" and self.attested is None

    @property
    def corrected(self) -> bool:
        """Whether a person attested something else than was read."""
        return self.attested is not None and self.attested != self.line.value


def readings(file: Dossier, sent: Mapping[str, str]) -> list[ReadingSheet]:
    """The readings of a case, those that ask first; `sent` is what a person wrote and has to mend."""
    sheets: list[ReadingSheet] = []
    for number, line in enumerate(file.readings):
        name = SENT + line.field
        first = all(sheet.line.field != line.field for sheet in sheets)
        attested = file.attested_readings.get(line.field)
        mark, kind = f"mark-{number}", kind_of(line.field)
        sheets.append(
            ReadingSheet(
                line, attested, mark, kind, name if first else "", sent.get(name, ""), _cut(line, file.pages)
            )
        )
    return sorted(sheets, key=lambda sheet: (not sheet.asks, not sheet.line.found))


def _cut(line: ReadingLine, pages: Sequence[PageSize]) -> Cut | None:
    if not line.found or not 0 < line.page <= len(pages):
        return None
    page = pages[line.page - 1]
    x0, y0, x1, y1 = line.box
    width = min(max(x1 - x0 + 2 * MARGIN, NARROWEST_CUT), page.width)
    left = BOX_MARGIN if kind_of(line.field) == "tick" else MARGIN
    x = min(max(x0 - left, 0.0), page.width - width)
    return Cut(x, y0 - MARGIN, width, y1 - y0 + 2 * MARGIN, page)


def kind_of(field: str) -> Kind:
    """What a field of a form holds: a tick box, a date or text."""
    if field.startswith("basis.") or field == "cancels_previous":
        return "tick"
    return "date" if "date" in field.rpartition(".")[2] else "text"


def seen(file: Dossier, sent: Mapping[str, str]) -> dict[str, Value]:
    """What the person wrote, by field; fields left empty are left out. Raises ReadingError for a day that is none."""
    found: dict[str, Value] = {}
    for line in file.readings:
        text = sent.get(SENT + line.field, "").strip()
        if text:
            found[line.field] = _value(line, text)
    return found


def _value(line: ReadingLine, text: str) -> Value:
    kind = kind_of(line.field)
    if kind == "tick":
        return text == "true"
    if kind == "date":
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError:
            raise ReadingError(f"{line.label}: {text} is no day; write it as 2025-06-01") from None
    return text
