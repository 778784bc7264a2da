"""Whole documents read, with real OCR where it is installed."""

import io
import json
import shutil

import msgspec
import pytest
from PIL import Image

from tests.intake import paper
from trustact.intake.document import Read, read_document
from trustact.intake.form import FIELDS, Form
from trustact.intake.opener import OpenError
from trustact.intake.page import Box
from trustact.specimens import one


def accepted(read: Read) -> dict[str, str | bool | None]:
    return {reading.field: reading.value for reading in read.readings if reading.status == "accepted"}


def test_a_fax_becomes_the_json_of_the_contract(forms: dict[str, Form]) -> None:
    specimen = one("i-247a", 4, "A", "fine")
    read = read_document(specimen.data, forms=list(forms.values()))
    said = json.loads(msgspec.json.encode(read))

    assert (said["pages"], said["form"]) == (1, "i-247a")
    assert said["form_confidence"] > 0.9
    for reading in said["readings"]:
        assert {"field", "value", "confidence", "status", "page", "box"} == set(reading)
        assert reading["field"] in FIELDS
        assert reading["status"] in {"accepted", "ask"}
        assert 0 <= reading["confidence"] <= 1
        assert len(reading["box"]) == 4
    if shutil.which("tesseract"):
        assert len(accepted(read)) >= len(specimen.truth) * 2 // 3
    assert accepted(read).items() <= specimen.truth.items()


def test_a_packet_of_a_detainer_and_an_officers_warrant(forms: dict[str, Form]) -> None:
    specimen = one("i-247a", 3, "B", "text", enclosed=("i-200",))
    read = read_document(specimen.data, forms=list(forms.values()))

    assert (read.pages, read.form) == (2, "i-247a")
    assert [page.form for page in read.packet] == ["i-247a", "i-200"]
    assert accepted(read) == specimen.truth


def test_an_address_at_no_station_of_the_department_is_asked(forms: dict[str, Form]) -> None:
    specimen = one("i-247a", 3, "B", "text")
    read = read_document(specimen.data, forms=list(forms.values()), stations=["Z-1"])

    assert specimen.truth.keys() - accepted(read).keys() == {"request.to"}


def test_a_packet_whose_first_page_cannot_be_made_out_is_filed_under_nothing(forms: dict[str, Form]) -> None:
    packet = paper.pdf(paper.untitled(), paper.warrant_of_court())
    read = read_document(packet, forms=list(forms.values()))

    assert (read.form, read.form_confidence) == (None, 0.0)
    assert any("page 1 may be a form that could not be made out" in remark for remark in read.remarks)
    assert [page.form for page in read.packet] == [None, "ao-442"]
    assert "warrant.signer_title" in {reading.field for reading in read.readings}
    assert not accepted(read)


def test_a_page_after_a_request_that_cannot_be_made_out_may_be_a_courts_warrant(
    forms: dict[str, Form],
) -> None:
    request, unknown = paper.inline(), paper.untitled()
    beside = read_document(
        paper.pdf(request, paper.warrant_of_removal(), unknown), forms=list(forms.values())
    )

    assert [page.form for page in beside.packet] == ["i-247a", "i-205", None]
    assert any("page 3 could not be made out" in remark for remark in beside.remarks)
    assert not [field for field in accepted(beside) if field.startswith("warrant.")]
    assert "subject.name" in accepted(beside)

    court = read_document(paper.pdf(request, paper.warrant_of_court(), unknown), forms=list(forms.values()))

    assert not any("court's warrant" in remark for remark in court.remarks)
    assert accepted(court)["warrant.signer_title"]


def test_a_text_layer_that_says_what_the_page_does_not_show_is_asked(forms: dict[str, Form]) -> None:
    page = paper.inline(dict.fromkeys(paper.SUBJECT, "") | {"subject.sex": "F"})
    page.text(130, 144, "INVENTED, Unseen", font="Times-Roman", how="1 g")
    read = read_document(paper.pdf(page), forms=list(forms.values()))

    assert "subject.name" not in accepted(read)
    assert accepted(read)["subject.sex"] == "F"


@pytest.mark.parametrize("clockwise", [90, 180])
def test_a_page_fed_the_wrong_way_round_is_read_as_if_it_were_not(
    clockwise: int, forms: dict[str, Form]
) -> None:
    fax = Image.open(io.BytesIO(one("i-200", 1, "C", "fine").data)).convert("L").resize((1728, 2244))
    upright, turned = (_png(fax), _png(fax.rotate(-clockwise, expand=True)))
    here, there = (read_document(data, forms=list(forms.values())) for data in (upright, turned))

    assert there.form == here.form == "i-200"
    assert accepted(there) == accepted(here)
    width, height = here.page_sizes[0]
    boxes = {reading.field: reading.box for reading in there.readings}
    for reading in here.readings:
        x0, y0, x1, y1 = reading.box
        moved = (
            (height - y1, x0, height - y0, x1)
            if clockwise == 90
            else (width - x1, height - y1, width - x0, height - y0)
        )
        assert boxes[reading.field] == pytest.approx(moved, abs=0.3)


def _png(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.save(made, "PNG", dpi=(204, 204))
    return made.getvalue()


def test_boxes_of_a_crooked_fax_stand_on_the_page_as_it_came(forms: dict[str, Form]) -> None:
    straight = read_document(paper.pdf(paper.far()), forms=list(forms.values()))
    crooked = read_document(paper.faxed(paper.pdf(paper.far()), degrees=2.0), forms=list(forms.values()))
    here, there = ({reading.field: reading.box for reading in read.readings} for read in (straight, crooked))

    for field in ("request.subject_id", "subject.name", "basis.statements"):
        middle = _turned(here[field], 2.0)
        box = there[field]
        assert box.x0 - 3 <= middle[0] <= box.x1 + 3
        assert box.y0 - 3 <= middle[1] <= box.y1 + 3


def _turned(box: Box, degrees: float) -> tuple[float, float]:
    """The middle of a box on a letter page once the page is turned counter-clockwise about its middle."""
    from math import cos, radians, sin

    x, y = (box.x0 + box.x1) / 2 - 306, (box.y0 + box.y1) / 2 - 396
    turn = radians(degrees)
    return 306 + x * cos(turn) + y * sin(turn), 396 - x * sin(turn) + y * cos(turn)


def test_an_unknown_page_has_no_form_and_no_readings(forms: dict[str, Form]) -> None:
    read = read_document(paper.pdf(paper.state_warrant()), forms=list(forms.values()))

    assert (read.form, read.form_confidence, read.readings) == (None, 0.0, ())


def test_blank_pages_cost_nothing_and_are_counted(forms: dict[str, Form]) -> None:
    read = read_document(paper.pdf(paper.Paper(), paper.Paper()), forms=list(forms.values()))

    assert (read.pages, read.form) == (2, None)
    assert [page.form for page in read.packet] == [None, None]


def test_what_cannot_be_opened_is_told(forms: dict[str, Form]) -> None:
    with pytest.raises(OpenError, match="empty"):
        read_document(b"", forms=list(forms.values()))
