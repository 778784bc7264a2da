"""Documents in the states they arrive in: faxes, scans, photographs, and the demonstration's year."""

import io
from datetime import datetime

import pypdfium2
import pytest
from PIL import Image
from PIL.TiffImagePlugin import (
    BITSPERSAMPLE,
    COMPRESSION,
    IMAGEWIDTH,
    RESOLUTION_UNIT,
    X_RESOLUTION,
    Y_RESOLUTION,
    TiffImageFile,
)
from pypdf import PdfReader

from trustact.specimens import LOOK_ALIKE, Level, Specimen, demo_set, one, templates

GROUP_3, GROUP_4, INCH = 3, 4, 2


@pytest.fixture(scope="module")
def year() -> list[Specimen]:
    return demo_set(7, 2025)


@pytest.mark.parametrize(("level", "lines"), [("fine", 196), ("standard", 98), ("bad", 98)])
def test_a_fax_is_what_fax_machines_write(level: Level, lines: int) -> None:
    fax = one("i-247a", 2, "A", level, enclosed=("i-200",))
    picture = TiffImageFile(io.BytesIO(fax.data))
    compression = GROUP_4 if lines == 196 else GROUP_3
    assert (fax.media_type, picture.n_frames) == ("image/tiff", 2)
    for number in range(picture.n_frames):
        picture.seek(number)
        tags = picture.tag_v2
        assert picture.mode == "1"
        assert (tags[COMPRESSION], tags[BITSPERSAMPLE], tags[IMAGEWIDTH]) == (compression, (1,), 1728)
        assert (tags[X_RESOLUTION], tags[Y_RESOLUTION], tags[RESOLUTION_UNIT]) == (204, lines, INCH)
        assert picture.height == 11 * lines


def test_what_is_stamped_or_written_is_told_from_what_is_typed() -> None:
    fax, typed = (one("i-200", 14, "A", "fine", by_hand=by_hand) for by_hand in (True, False))
    assert fax.truth == typed.truth
    assert set(typed.hands.values()) == {"typed"}
    assert set(fax.hands.values()) == {"typed", "stamped", "written"}
    assert fax.data != typed.data


def test_a_text_layer_is_typed() -> None:
    assert set(one("i-200", 14, by_hand=True).hands.values()) == {"typed"}


def test_a_worse_line_leaves_more_dirt_on_an_empty_page() -> None:
    def black(level: Level) -> float:
        picture = Image.open(io.BytesIO(one("fax-cover", 6, "A", level).data)).convert("L")
        empty = picture.crop((0, picture.height * 2 // 3, picture.width, picture.height * 9 // 10))
        return empty.histogram()[0] / (empty.width * empty.height)

    assert black("fine") < black("standard") < black("bad") < 0.05


def test_a_scan_has_pictures_and_no_words() -> None:
    document = pypdfium2.PdfDocument(one("i-247a", 2, "B", "scan", enclosed=("ao-442",)).data)
    try:
        assert len(document) == 2
        assert [page.get_textpage().get_text_range() for page in document] == ["", ""]
        assert all(abs(page.get_height() - 792) < 1 for page in document)
    finally:
        document.close()


def test_a_photograph_is_one_picture() -> None:
    picture = Image.open(io.BytesIO(one("i-247a", 2, "A", "phone").data))
    assert (picture.format, picture.mode) == ("JPEG", "RGB")


def test_the_notices_come_only_when_asked_for() -> None:
    assert len(PdfReader(io.BytesIO(one("i-247a", 2).data)).pages) == 1
    assert len(PdfReader(io.BytesIO(one("i-247a", 2, notices=True).data)).pages) == 3


@pytest.mark.parametrize("level", ["text", "fillable", "scan", "fine", "standard", "bad", "phone"])
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(level: Level) -> None:
    assert one("i-200", 11, "B", level) == one("i-200", 11, "B", level)
    assert one("i-200", 11, "B", level).data != one("i-200", 12, "B", level).data


@pytest.mark.parametrize("form", sorted(templates()))
def test_there_is_one_of_every_form(form: str) -> None:
    specimen = one(form, 1)
    assert specimen.form in (form, LOOK_ALIKE)
    assert specimen.data.startswith(b"%PDF")


def test_an_unknown_form_or_level_is_said() -> None:
    with pytest.raises(ValueError, match="no specimen of form 'i-999'; there are ao-442"):
        one("i-999", 1)
    with pytest.raises(ValueError, match="no level 'carrier pigeon'; there are text"):
        one("i-200", 1, "A", "carrier pigeon")  # type: ignore[arg-type]  # a wrong level is the point


def test_a_photograph_and_a_fillable_form_hold_one_form() -> None:
    levels: tuple[Level, ...] = ("phone", "fillable")
    for level in levels:
        with pytest.raises(ValueError, match="leave the enclosed forms out"):
            one("i-247a", 1, "A", level, enclosed=("i-200",))


def test_the_year_is_the_same_each_time(year: list[Specimen]) -> None:
    assert demo_set(7, 2025) == year
    assert [each.data for each in demo_set(8, 2025)] != [each.data for each in year]


def test_the_year_has_its_stories(year: list[Specimen]) -> None:
    forms = [each.form for each in year]
    moments = [datetime.fromisoformat(each.received_at) for each in year]
    assert moments == sorted(moments)
    assert {moment.year for moment in moments} == {2025}
    assert all(moment.utcoffset() for moment in moments)
    assert {"i-247a", "i-247g", "i-200", "other"} <= set(forms)
    assert len({each.station for each in year}) >= 7
    assert len({each.data for each in year}) == len({each.name for each in year}) == len(year)


def test_the_packet_sent_again_says_the_same_elsewhere(year: list[Specimen]) -> None:
    by_name = {each.name: each for each in year}
    first, again, revised = (by_name[f"detainer-{name}"] for name in ("fax", "fax-again", "revised"))
    assert first.truth == again.truth
    assert first.station != again.station
    assert first.data != again.data
    assert revised.truth["cancels_previous"] is True
    assert revised.truth["request.file_number"] == first.truth["request.file_number"]


def test_the_judicial_packet_carries_a_judges_warrant(year: list[Specimen]) -> None:
    packet = next(each for each in year if each.name == "judicial-packet")
    assert packet.truth["warrant.signer_title"] == "U.S. Magistrate Judge"
    assert "1326" in str(packet.truth["warrant.offence"])
    assert packet.form == "i-247a"
