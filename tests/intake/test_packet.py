"""Several forms in one packet: whose readings count."""

from trustact.intake.form import Form
from trustact.intake.packet import FormRead, together
from trustact.intake.page import Box
from trustact.intake.reading import Reading


def read(form: Form, page: int = 1, **values: str) -> FormRead:
    return FormRead(
        form,
        tuple(
            Reading(field.replace("__", "."), value, 0.9, "accepted", page, Box(0, 0, 1, 1))
            for field, value in values.items()
        ),
    )


def test_the_request_speaks_for_itself_and_the_court_for_the_warrant(forms: dict[str, Form]) -> None:
    detainer = read(forms["i-247a"], subject__name="DOE, Jan", request__date="2025-03-14")
    officers = read(
        forms["i-200"],
        2,
        subject__name="DOE, Jan",
        request__date="2025-03-13",
        warrant__signer_title="Deportation Officer",
        warrant__signer_name="P. Halvorsen",
    )
    courts = read(forms["ao-442"], 3, warrant__signer_title="Deputy Clerk", warrant__court="D. Mass.")  # fmt: skip
    found = {
        reading.field: reading.value for reading in together(forms["i-247a"], [detainer, officers, courts])
    }

    assert found == {
        "subject.name": "DOE, Jan",
        "request.date": "2025-03-14",
        "warrant.signer_title": "Deputy Clerk",
        "warrant.court": "D. Mass.",
    }


def test_forms_that_name_different_people_are_asked(forms: dict[str, Form]) -> None:
    detainer = read(forms["i-247a"], subject__name="DOE, Jan", subject__sex="F")
    same = read(forms["i-200"], 2, subject__name="Jan Doe")
    other = read(forms["i-200"], 2, subject__name="ROE, Jan")

    assert together(forms["i-247a"], [detainer, same])[0].status == "accepted"
    assert [reading.status for reading in together(forms["i-247a"], [detainer, other])] == ["ask", "accepted"]


def test_two_requests_in_one_packet_are_asked(forms: dict[str, Form]) -> None:
    packet = [
        read(forms["i-247a"], 1, subject__name="DOE, Jan"),
        read(forms["i-247a"], 2, subject__name="DOE, Jan"),
    ]

    assert [reading.status for reading in together(forms["i-247a"], packet)] == ["ask"]
