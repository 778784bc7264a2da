"""What the forms of a packet propose of its warrant: the court's before an officer's, and nothing where a page is unknown."""

import pytest

from trustact.casework.proposal import propose
from trustact.facts import read_fact_book
from trustact.intake.form import read_forms
from trustact.shelves import shelf

FORMS = read_forms(shelf("forms"))
BOOK, _ = read_fact_book(shelf("laws") / "facts.yaml")


@pytest.mark.parametrize(
    ("packet", "presented", "issued_by"),
    [
        (["i-247a"], False, None),
        (["i-247a", "i-205"], True, "immigration-authority"),
        (["i-247a", "i-205", "ao-442"], True, "court"),
        ([None, "i-247a", "i-205"], True, "immigration-authority"),
        (["i-247a", None], None, None),
        (["i-247a", "i-205", None], None, None),
        (["i-247a", None, "ao-442"], True, "court"),
    ],
)
def test_the_warrant_a_packet_proposes(
    packet: list[str | None], presented: bool | None, issued_by: str | None
) -> None:
    reading = {"form": "i-247a", "readings": [], "packet": [{"form": form} for form in packet]}
    facts = propose(reading, FORMS, BOOK)

    assert facts.get("warrant.presented") is presented
    assert facts.get("warrant.issued_by") == issued_by
