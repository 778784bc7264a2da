"""Whole documents as they would arrive, each with what a faultless reader would find in it."""

import io
import random
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

import msgspec
from PIL.Image import Image
from pypdf import PdfReader, PdfWriter

from trustact.specimens import fillable, layout, matter, page, photo, raster, typeset, wear
from trustact.specimens.matter import Matter
from trustact.specimens.page import Hand, PrintId, Sheet
from trustact.specimens.template import templates

WARRANTS = ("ao-442", "i-205", "i-200", "i-203", "i-286")
"""The warrants there are specimens of, the strongest first."""

Level = Literal["text", "fillable", "scan", "fine", "standard", "bad", "phone"]
"""In what state a document arrives: as a PDF with text or fields, scanned, faxed three ways, photographed."""

SCAN_DPI = 300
PHONE_DPI = 190

SUFFIXES = {"application/pdf": "pdf", "image/tiff": "tif", "image/jpeg": "jpg"}

BOSTON = ZoneInfo("America/New_York")


class Specimen(msgspec.Struct, frozen=True):
    """One document as received. `truth` maps reading fields to values: text, ISO dates, true or false.

    `hands` says for each of them whether it was typed, stamped or written.
    `form` is that of the packet's first form, `other` where it is a look-alike; `received_at` is ISO 8601 with offset.
    """

    name: str
    form: str
    media_type: str
    filename: str
    data: bytes
    truth: dict[str, str | bool]
    station: str
    channel: str
    received_at: str
    note: str
    hands: dict[str, Hand]


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """How one matter's papers are sent: which forms, in which print and state, when, and to which station.

    `seed` is the noise's alone; `notices` keeps the I-247A's pages 2 and 3, `by_hand` has some places stamped or written by
    hand; `station` and `channel` are filled in from the matter and the level where they are left empty.
    """

    name: str
    forms: tuple[str, ...]
    print_id: PrintId
    level: Level
    received: datetime
    seed: int
    notices: bool = False
    by_hand: bool = False
    station: str = ""
    channel: str = ""
    note: str = ""


def one(
    form: str,
    seed: int,
    print_id: PrintId = "A",
    level: Level = "text",
    *,
    enclosed: tuple[str, ...] = (),
    notices: bool = False,
    by_hand: bool = False,
    issued: date = date(2025, 6, 2),
) -> Specimen:
    """A document of that form about a matter drawn from the seed, in that print and state.

    `enclosed` names forms that follow in the same packet. Raises `ValueError` for a form or level there is
    none of.
    """
    sending = Sending(
        name=f"{form}-{print_id.lower()}-{level}-{seed}",
        forms=(form, *enclosed),
        print_id=print_id,
        level=level,
        received=datetime.combine(issued, time(8), BOSTON) + timedelta(minutes=seed % 720),
        seed=seed,
        notices=notices,
        by_hand=by_hand,
    )
    return compose(matter.invent(seed, issued), sending)


def compose(case: Matter, sending: Sending) -> Specimen:
    """The packet as it arrives. Raises `ValueError` as `one` does."""
    sheets = tuple(_first_pages(form, case, sending) for form in sending.forms)
    filled = msgspec.structs.replace(
        sending,
        station=sending.station or case.to.code,
        channel=sending.channel or ("fax" if sending.level in wear.FAX else "email"),
    )
    data, media_type = _rendered(sheets, case, filled)
    truth = packet_truth(sheets)
    return Specimen(
        name=filled.name,
        form=sheets[0].form,
        media_type=media_type,
        filename=f"{filled.received:%Y%m%d-%H%M}-{filled.station}.{SUFFIXES[media_type]}",
        data=data,
        truth={field: value for field, (value, _) in truth.items()},
        station=filled.station,
        channel=filled.channel,
        received_at=filled.received.isoformat(),
        note=filled.note,
        hands={field: hand for field, (_, hand) in truth.items()},
    )


def packet_truth(sheets: tuple[Sheet, ...]) -> dict[str, tuple[str | bool, Hand]]:
    """The truths of a packet as one, each with its hand: from the first form to print it, of warrants the court's."""
    truth: dict[str, tuple[str | bool, Hand]] = {}
    warrants = [sheet for sheet in sheets if sheet.form in WARRANTS]
    strongest = min(warrants, key=lambda sheet: WARRANTS.index(sheet.form), default=None)
    for sheet in sheets:
        hands = page.hands(sheet)
        for field, value in page.truth(sheet).items():
            if sheet is strongest or not field.startswith("warrant."):
                truth.setdefault(field, (value, hands[field]))
    return truth


def sheet(form: str, case: Matter, print_id: PrintId, *, by_hand: bool = False) -> Sheet:
    """That matter on that form, in that print, all its pages. Raises `ValueError` for a form there is no specimen of."""
    if form not in templates():
        raise ValueError(f"no specimen of form {form!r}; there are {', '.join(templates())}")
    return layout.sheet(templates()[form], case, print_id, by_hand=by_hand)


def _first_pages(form: str, case: Matter, sending: Sending) -> Sheet:
    by_hand = sending.by_hand and sending.level not in ("text", "fillable")  # a text layer is typed
    made = sheet(form, case, sending.print_id, by_hand=by_hand)
    return made if sending.notices else msgspec.structs.replace(made, pages=made.pages[:1])


def _rendered(sheets: tuple[Sheet, ...], case: Matter, sending: Sending) -> tuple[bytes, str]:
    """The packet's bytes and media type."""
    rng = random.Random(f"{sending.seed} {sending.level}")
    match sending.level:
        case "fillable":
            if len(sheets) != 1:
                raise ValueError("a fillable PDF holds one form; leave the enclosed forms out")
            return fillable.pdf(sheets[0]), "application/pdf"
        case "text":
            return _bound([typeset.pdf(sheet) for sheet in sheets]), "application/pdf"
        case "scan":
            pages = [wear.scan(drawn, rng) for drawn in _drawn(sheets, SCAN_DPI)]
            return raster.image_pdf(pages, SCAN_DPI, sending.received), "application/pdf"
        case "phone":
            if len(sheets) != 1:
                raise ValueError("a photograph shows one form; leave the enclosed forms out")
            return raster.jpeg(photo.photo(_drawn(sheets, PHONE_DPI)[0], rng)), "image/jpeg"
        case "fine" | "standard" | "bad":
            return _faxed(sheets, case, sending, rng), "image/tiff"
    raise ValueError(f"no level {sending.level!r}; there are {', '.join(get_args(Level))}")


def _drawn(sheets: tuple[Sheet, ...], dpi: int) -> list[Image]:
    return [drawn for sheet in sheets for drawn in raster.draw(typeset.pdf(sheet), dpi)]


def _faxed(sheets: tuple[Sheet, ...], case: Matter, sending: Sending, rng: random.Random) -> bytes:
    worn = wear.FAX[sending.level]
    drawn = _drawn(sheets, raster.DOTS_ACROSS)
    sent = f"{sending.received:%b-%d-%Y %I:%M %p}  FROM: {case.sender.name} {case.sender.fax}".upper()
    pages = [
        wear.fax(page, worn, f"{sent}  TO: BPD {sending.station}  PAGE {number}/{len(drawn)}", rng)
        for number, page in enumerate(drawn, 1)
    ]
    return raster.tiff(pages, worn.lines_per_inch)


def _bound(parts: list[bytes]) -> bytes:
    """Several PDFs as one."""
    writer = PdfWriter()
    for part in parts:
        writer.append(PdfReader(io.BytesIO(part)))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
