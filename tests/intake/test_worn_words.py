"""Pages of which a reader sees less, more and other words than stand there: whatever it sees, the reading comes to an end."""

import datetime as dt
import random
from collections.abc import Sequence
from functools import cache

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from trustact.intake.chronology import in_time
from trustact.intake.form import Form
from trustact.intake.layout import rows_of
from trustact.intake.look import Look
from trustact.intake.marks import plate_of
from trustact.intake.opener import open_document
from trustact.intake.packet import FormRead, together
from trustact.intake.page import Box, Page, Word
from trustact.intake.reading import Sheet, in_capacity, read_form, words_of
from trustact.intake.recognise import recognise, strongest
from trustact.specimens import templates
from trustact.specimens.specimen import one

LETTERS = "AaBlI1|O0oS5sZ2.,:;-/() éĐİßﬁ\u0301☒"


@cache
def page(form: str) -> Page:
    """The first page of a form about somebody, with its text."""
    return open_document(one(form, 7).data).pages[0]


def worn(words: Sequence[Word], loss: float, chance: random.Random) -> list[Word]:
    """The words with some lost, some torn, some written over, some moved and some seen twice."""
    kept = []
    for word in words:
        turn = chance.random() / loss if loss else 9.0
        if turn < 0.3:
            continue
        text, box = word.text, word.box
        if turn < 0.6:
            text = "".join(chance.choice((letter, "", chance.choice(LETTERS))) for letter in text) or "~"
        elif turn < 0.8:
            text = text[chance.randrange(len(text)) :]
        elif turn < 0.9:
            across, down = chance.gauss(0, 30), chance.gauss(0, 8)
            box = Box(box.x0 + across, box.y0 + down, box.x1 + across, box.y1 + down)
        elif turn < 1:
            kept.append(word)
        kept.append(msgspec.structs.replace(word, text=text, box=box, confidence=chance.random()))
    return kept


def looks(boxes: Sequence[Box], chance: random.Random) -> list[list[Look]]:
    """Two further looks at every line, at nothing, nonsense or something like a value."""
    said = (
        "",
        "~",
        "06/02/2025",
        "30/30/2025",
        "A000 123 456",
        "M",
        "DOE, Jan",
        "BOS2506085855",
        "ÑANDÚ : x",
    )
    return [[Look(reader, (chance.choice(said),), chance.random()) for reader in ("tesseract", "rapidocr")] for _ in boxes]  # fmt: skip


@given(st.data())
def test_a_packet_of_worn_pages_is_read_to_its_end(forms: dict[str, Form], data: st.DataObject) -> None:
    chance = random.Random(data.draw(st.integers(0, 2**32)))
    names = data.draw(st.lists(st.sampled_from(sorted(templates())), min_size=1, max_size=3))
    loss = data.draw(st.floats(0, 1))
    sheets = {}
    for number, name in enumerate(names, 1):
        native = page(name)
        rows = tuple(rows_of(worn(words_of(native.words, native.widgets), loss, chance)))
        sheets[number] = Sheet(number, rows, "tesseract", (), plate_of(native.raster))

    def again(boxes: Sequence[Box]) -> list[list[Look]]:
        return looks(boxes, chance)

    packet = recognise([(number, sheet.rows) for number, sheet in sheets.items()], list(forms.values()))
    chosen = strongest(packet, list(forms.values()))
    read = [
        FormRead(form, tuple(in_capacity(form, read_form(form, sheets[told.page], again))))
        for told in packet
        if told.first and told.form and (form := forms[told.form])
    ]
    readings = in_time(together(chosen, read), dt.date(2025, 6, 2)) if chosen else []

    assert {reading.field for reading in readings} <= {r.field for each in read for r in each.readings}
    assert all(reading.status == "ask" for reading in readings)
