"""A specimen's truth is what stands on its pages."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from PIL import Image, ImageStat

from tests.specimens.papers import EACH_FORM_ONCE, ISSUED, sheet, sheets, words
from trustact.specimens import matter, one, page, people, raster, specimen, typeset
from trustact.specimens.page import PrintId, Sheet, Tick, Value, spans_of
from trustact.specimens.specimen import packet_truth

READ_FIELDS = {
    *("subject.name", "subject.date_of_birth", "subject.citizenship", "subject.sex"),
    *("request.subject_id", "request.event_number", "request.file_number", "request.date"),
    *("request.to", "request.from", "cancels_previous"),
    *(f"basis.{basis}" for basis in matter.BASES),
    *(
        "warrant.signer_name",
        "warrant.signer_title",
        "warrant.court",
        "warrant.case_number",
        "warrant.offence",
    ),
}

PRINTED_DATE = {"A": "%m/%d/%Y", "B": "%B %d, %Y", "C": "%d-%b-%Y", "D": "%m-%d-%Y"}


@settings(max_examples=40)
@given(sheets)
def test_every_value_is_in_the_text_layer(drawn: Sheet) -> None:
    said = words(typeset.pdf(drawn))
    for each in drawn.pages:
        for span in spans_of(each):
            if isinstance(span, Value):
                assert " ".join(span.text.split()) in said


@pytest.mark.parametrize(("form", "print_id"), EACH_FORM_ONCE)
def test_every_reading_is_what_was_typed(form: str, print_id: PrintId) -> None:
    drawn = sheet(form, print_id)
    said = words(typeset.pdf(drawn))
    for field, value in page.truth(drawn).items():
        assert field in READ_FIELDS
        if isinstance(value, bool):
            continue
        if field in {"subject.date_of_birth", "request.date"}:
            assert any(date.fromisoformat(value) == moment for moment in printed_dates(drawn, print_id))
        else:
            assert value in said


def printed_dates(drawn: Sheet, print_id: PrintId) -> list[date]:
    found = []
    for text in (span.text for each in drawn.pages for span in spans_of(each) if isinstance(span, Value)):
        try:
            found.append(datetime.strptime(text, PRINTED_DATE[print_id]).date())
        except ValueError:
            continue
    return found


@pytest.mark.parametrize(("form", "print_id"), EACH_FORM_ONCE)
def test_a_ticked_box_is_darker_than_an_empty_one(form: str, print_id: PrintId) -> None:
    drawn = sheet(form, print_id)
    pictures = raster.draw(typeset.pdf(drawn), 144)
    ticked = {
        span.name: span.ticked for each in drawn.pages for span in spans_of(each) if isinstance(span, Tick)
    }
    for spot in typeset.spots(drawn):
        if spot.name in ticked:
            assert (ink(pictures[spot.page - 1], spot) > 0.1) == ticked[spot.name], spot


def ink(picture: Image.Image, spot: typeset.Spot) -> float:
    """The share of black inside a box, its outline left out."""
    left, top, right, bottom = (
        spot.x + 1.2,
        spot.y + 1.2,
        spot.x + spot.width - 1.2,
        spot.y + spot.height - 1.2,
    )
    inside = picture.crop((round(left * 2), round(top * 2), round(right * 2), round(bottom * 2)))
    return 1 - ImageStat.Stat(inside).mean[0] / 255


@settings(max_examples=40)
@given(sheets)
def test_pages_hold_what_is_put_on_them(drawn: Sheet) -> None:
    spots = typeset.spots(drawn)
    assert len(raster.draw(typeset.pdf(drawn), 20)) == len(drawn.pages)
    assert len({spot.name for spot in spots}) == len(spots)
    for spot in spots:
        assert 0 < spot.x < spot.x + spot.width < page.WIDTH
        assert 0 < spot.y < spot.y + spot.height < page.HEIGHT
    for number, first in enumerate(spots):
        assert not any(overlap(first, second) for second in spots[number + 1 :]), first


def overlap(first: typeset.Spot, second: typeset.Spot) -> bool:
    return (
        first.page == second.page
        and first.x < second.x + second.width
        and second.x < first.x + first.width
        and first.y < second.y + second.height
        and second.y < first.y + first.height
    )


def test_boxes_one_and_two_of_the_detainer_follow_the_grounds() -> None:
    case = matter.invent(5, ISSUED, bases=frozenset({"biometric", "statements"}), cancels=date(2025, 5, 1))
    truth = page.truth(specimen.sheet("i-247a", case, "A"))
    assert {basis: truth[f"basis.{basis}"] for basis in matter.BASES} == {
        "final_order": False,
        "removal_proceedings": False,
        "biometric": True,
        "statements": True,
        "transferred_custody": False,
    }
    assert truth["cancels_previous"] is True


def test_the_notification_form_has_no_ground_and_asks_for_no_custody() -> None:
    drawn = sheet("i-247g", "A")
    said = words(typeset.pdf(drawn))
    assert not any(field.startswith("basis.") for field in page.truth(drawn))
    assert "Maintain custody" not in said
    assert "does not request or authorize that you detain" in said


@pytest.mark.parametrize(
    ("document", "title"), [("complaint", "U.S. Magistrate Judge"), ("indictment", "Deputy Clerk")]
)
def test_the_court_warrants_signer_follows_from_the_document(document: str, title: str) -> None:
    truth = page.truth(specimen.sheet("ao-442", matter.invent(9, ISSUED, document=document), "A"))
    assert truth["warrant.signer_title"] == title


def test_words_about_a_judge_do_not_make_one_sign_the_removal_warrant() -> None:
    drawn = sheet("i-205", "B")
    assert "a United States District or Magistrate Court Judge" in words(typeset.pdf(drawn))
    assert page.truth(drawn)["warrant.signer_title"] in people.OFFICER_TITLES


def test_of_two_warrants_in_a_packet_the_courts_is_the_truth() -> None:
    sheets = tuple(sheet(form, "A") for form in ("i-247a", "i-200", "ao-442"))
    packet = {field: value for field, (value, _) in packet_truth(sheets).items()}
    court = page.truth(sheet("ao-442", "A"))
    assert packet["warrant.court"] == "UNITED STATES DISTRICT COURT for the District of Massachusetts"
    assert packet["warrant.signer_name"] == court["warrant.signer_name"]
    assert packet["request.date"] == ISSUED.isoformat()


def test_a_page_of_no_known_form_has_no_truth() -> None:
    made = one("invoice", 3)
    assert (made.form, made.truth) == ("other", {})
