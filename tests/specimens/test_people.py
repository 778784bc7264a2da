"""Everyone is invented, and every name can be printed."""

import io
import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.specimens.papers import ISSUED, PRINTS
from trustact.specimens import matter, prints, typeset
from trustact.specimens.people import CULTURES, Culture
from trustact.specimens.places import OFFICES, STATIONS, station
from trustact.specimens.typeset import Stamp

STYLES = [
    family[print_id] for family in (prints.DETAINER, prints.WARRANT, prints.COURT) for print_id in PRINTS
]


@pytest.mark.parametrize("culture", CULTURES, ids=lambda culture: culture.citizenship)
def test_every_letter_of_every_name_has_a_glyph(culture: Culture) -> None:
    names = [culture.citizenship, *culture.men, *culture.women, *culture.families]
    wanted = [name for each in names for name in (each, each.upper())]
    for style in STYLES:
        made = typeset.stamps(style, tuple(Stamp(name, False, 1, False, 300, 14) for name in wanted))
        said = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
        assert [plain(text) for text in said] == [plain(name) for name in wanted]


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


@given(st.integers(min_value=0, max_value=2**64), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_a_matter_cannot_be_a_real_persons(seed: int, issued: date) -> None:
    case = matter.invent(seed, issued)
    assert re.fullmatch(r"000\d{6}", case.file_number)
    assert re.fullmatch(r"000\d{6}", case.subject_id)
    assert 18 <= (issued - case.subject.born).days / 365.25 < 63
    assert case.court.issued <= issued
    assert case == matter.invent(seed, issued)


def test_offices_have_numbers_kept_for_fiction() -> None:
    assert all(
        re.search(r"555.01\d\d$", number) for office in OFFICES for number in (office.phone, office.fax)
    )


def test_stations_are_found_by_their_code() -> None:
    assert [station(each.code) for each in STATIONS] == list(STATIONS)
    with pytest.raises(LookupError, match="Z-9"):
        station("Z-9")


def test_both_prints_type_the_same_matter_differently() -> None:
    case = matter.invent(4, ISSUED, culture=CULTURES[3])
    for typed in (matter.name, matter.a_number):
        assert typed(case, "A") != typed(case, "B")
    assert (matter.day(ISSUED, "A"), matter.day(ISSUED, "B")) == ("06/02/2025", "June 2, 2025")
