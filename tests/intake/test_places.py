"""Values found beside their printed labels, in layouts the form files know nothing of."""

import pytest

from tests.intake import paper
from tests.intake.text_reader import read
from trustact.intake.form import Form


@pytest.mark.parametrize("layout", sorted(paper.LAYOUTS))
def test_every_field_of_a_detainer_is_read_in_any_layout(layout: str, forms: dict[str, Form]) -> None:
    found = read(paper.pdf(paper.LAYOUTS[layout]()), forms["i-247a"])

    assert {field: found[field].value for field in paper.SUBJECT} == paper.SUBJECT
    assert {field: found[field].value for field in paper.TICKS} == paper.TICKS


@pytest.mark.parametrize("layout", sorted(paper.LAYOUTS))
def test_printed_tick_boxes_are_accepted_in_any_layout(layout: str, forms: dict[str, Form]) -> None:
    found = read(paper.pdf(paper.LAYOUTS[layout]()), forms["i-247a"])

    assert {field: found[field].status for field in paper.TICKS} == dict.fromkeys(paper.TICKS, "accepted")


def test_a_value_nobody_checked_against_the_picture_is_asked(forms: dict[str, Form]) -> None:
    found = read(paper.pdf(paper.inline()), forms["i-247a"])

    assert {found[field].status for field in paper.SUBJECT} == {"ask"}


def test_a_blank_field_is_shown_without_a_value(forms: dict[str, Form]) -> None:
    filled = dict.fromkeys(paper.SUBJECT, "") | {"subject.name": "OKWUOSA-BRANDT, Ngozi"}
    found = read(paper.pdf(paper.far(filled)), forms["i-247a"])

    assert found["subject.name"].value == "OKWUOSA-BRANDT, Ngozi"
    assert found["request.event_number"].value is None
    assert found["subject.sex"].value is None


def test_the_head_line_of_a_fax_is_never_the_addressee(forms: dict[str, Form]) -> None:
    found = read(paper.pdf(paper.inline()), forms["i-247a"])

    assert found["request.to"].value == "Harbor County Jail, Records Division"
    assert found["request.from"].value == "ICE ERO Boston Field Office"


def test_a_court_warrant_is_read_from_its_issuing_block(forms: dict[str, Form]) -> None:
    found = read(paper.pdf(paper.warrant_of_court()), forms["ao-442"])

    assert {field: reading.value for field, reading in found.items()} == {
        "subject.name": "OKWUOSA-BRANDT, Ngozi",
        "request.date": "2025-03-10",
        "warrant.court": "UNITED STATES DISTRICT COURT for the Eastern District of New York",
        "warrant.case_number": "1:25-mj-06114",
        "warrant.offence": "18 U.S.C. 1343 - Wire fraud",
        "warrant.signer_name": "Hon. Marisol Delacroix",
        "warrant.signer_title": "United States Magistrate Judge",
    }


def test_an_unsigned_court_warrant_has_no_signer(forms: dict[str, Form]) -> None:
    found = read(paper.pdf(paper.warrant_of_court(("", ""))), forms["ao-442"])

    assert found["warrant.signer_name"].value is None
    assert found["warrant.signer_title"].value is None


def test_the_signer_of_a_removal_warrant_is_never_the_judge_of_its_tick_box(forms: dict[str, Form]) -> None:
    found = read(paper.pdf(paper.warrant_of_removal()), forms["i-205"])

    assert found["subject.name"].value == "OKWUOSA-BRANDT, Ngozi"
    assert found["warrant.signer_name"].value == "Abernathy, T."
    assert found["warrant.signer_title"].value == "Deportation Officer"


def test_boxes_of_readings_stand_on_the_values(forms: dict[str, Form]) -> None:
    found = read(paper.pdf(paper.far()), forms["i-247a"])

    for index, field in enumerate(
        ["request.subject_id", "request.event_number", "request.file_number", "request.date"]
    ):
        box = found[field].box
        assert 195 <= box.x0 <= 201
        assert box.y0 < 90 + 17 * index < box.y1 + 3
