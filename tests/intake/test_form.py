"""The forms shelf: what it holds, and what is told of a mistake in it."""

import pytest

from trustact.intake.form import FIELDS, Form, form_of
from trustact.shelves import ShelfError, parse_document

GOOD = """
id: x-1
title: A form
kind: other
facts: {request.form: other}
marks:
  titles: [A TITLE OF TEN LETTERS]
  phrases: [{text: some words, weight: 2}]
fields:
  - {field: subject.name, labels: [Name], kind: name}
"""


def test_the_shelf_holds_the_forms_of_the_contract(forms: dict[str, Form]) -> None:
    detainers = {"i-247a", "i-247g", "i-247d", "i-247n", "i-247x", "i-247"}
    assert set(forms) == detainers | {"i-200", "i-205", "i-203", "i-286", "ao-442"}
    for form in forms.values():
        assert form.evidence
        assert form.facts["request.form"] == form.id
        assert form.traps


def test_every_warrant_on_the_shelf_says_who_issued_it(forms: dict[str, Form]) -> None:
    for form in forms.values():
        if form.kind.endswith("warrant"):
            assert form.facts["warrant.presented"] is True
            assert form.facts["warrant.issued_by"] == (
                "court" if form.kind == "judicial-warrant" else "immigration-authority"
            )
            assert "warrant.signed_by" not in form.facts


def test_no_signer_is_read_from_a_tick_box(forms: dict[str, Form]) -> None:
    for form in forms.values():
        assert not [tick.field for tick in form.ticks if tick.field.startswith("warrant.")]


def test_a_form_is_read_from_its_file() -> None:
    form = form_of(parse_document(GOOD, "x-1/form.yaml"))

    assert form.fields[0].stands == ("right", "below")
    assert form.fields[0].field in FIELDS


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        (
            "subject.nmae",
            "subject.name",
            r"form.yaml:10: 'subject.nmae' is not a reading; did you mean 'subject.name'",
        ),
        ("labls", "labels", "unknown key 'labls'"),
        ("kind: other\nsigners: [clerk]", "kind: other", "'clerk' is no capacity"),
        ("kind: nom", "kind: name", "cannot be 'nom'; it is one of address"),
        ("titles: [SHORT]", "titles: [A TITLE OF TEN LETTERS]", "too short to know a form by"),
    ],
)
def test_a_mistake_is_told_with_its_line(wrong: str, right: str, message: str) -> None:
    with pytest.raises(ShelfError, match=message):
        form_of(parse_document(GOOD.replace(right, wrong), "x-1/form.yaml"))
