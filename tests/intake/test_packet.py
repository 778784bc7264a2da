"""Several forms in one packet: whose readings count."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from trustact.intake.form import FIELDS, Form
from trustact.intake.packet import FormRead, together, told_otherwise
from trustact.intake.page import Box
from trustact.intake.reading import Reading

INSTRUMENTS = ("i-247a", "i-247g", "i-205", "i-200", "ao-442")


def read(form: Form, page: int = 1, **values: str) -> FormRead:
    return FormRead(
        form,
        tuple(
            Reading(field.replace("__", "."), value, 0.99, "accepted", page, Box(0, 0, 1, 1))
            for field, value in values.items()
        ),
    )


def unsure(read: FormRead, *fields: str, sure: float = 0.5) -> FormRead:
    """The form with those fields asked."""
    return FormRead(
        read.form,
        tuple(
            msgspec.structs.replace(reading, status="ask", confidence=sure)
            if reading.field in fields
            else reading
            for reading in read.readings
        ),
    )


def told(packet: list[FormRead]) -> dict[str, tuple[str, str, int]]:
    """What comes of a packet filed under its first form: value, status and page of every field."""
    return {r.field: (str(r.value), r.status, r.page) for r in together(packet[0].form, packet)}


NAME, NUMBER = "subject.name", "request.file_number"


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


def test_a_name_misread_on_another_form_is_no_other_person(forms: dict[str, Form]) -> None:
    detainer = read(forms["i-247a"], subject__name="KRISHNAN, Rajesh")

    def beside(name: str, sure: float) -> str:
        other = unsure(read(forms["i-205"], 2, subject__name=name), NAME, sure=sure)
        return told([detainer, other])[NAME][1]

    assert beside("KRISHNAH, Rajosh", 0.4) == "accepted"
    assert beside("KRISHNAH, Rajosh", 0.83) == "ask"
    assert beside("OYELARAN, Tunde", 0.4) == "ask"


def test_accents_lost_on_another_form_are_no_other_person(forms: dict[str, Form]) -> None:
    detainer = read(forms["i-247a"], subject__name="ĐẶNG, Hữu Phước")
    other = unsure(read(forms["i-205"], 2, subject__name="DANG, Huu Phuoo"), NAME)

    assert told([detainer, other])[NAME][1] == "accepted"


def test_a_name_with_other_accents_on_two_forms_is_asked(forms: dict[str, Form]) -> None:
    packet = [
        read(forms["i-247a"], subject__name="SIMOES, Ana"),
        read(forms["i-200"], 2, subject__name="Ana SIMÕES"),
    ]

    assert told(packet)[NAME][1] == "ask"


def test_file_numbers_that_differ_are_asked(forms: dict[str, Form]) -> None:
    detainer = read(forms["i-247a"], request__file_number="A000792547")

    def beside(number: str) -> str:
        return told([detainer, read(forms["i-205"], 2, request__file_number=number)])[NUMBER][1]

    assert beside("A 000 792 547") == "accepted"
    assert beside("A000702547") == "ask"


def test_what_an_enclosed_form_surely_says_as_well_is_accepted(forms: dict[str, Form]) -> None:
    detainer = read(forms["i-247a"], subject__name="DOE, Jan", request__file_number="A000-531-868")
    asked = unsure(detainer, NAME, NUMBER)
    other = read(forms["i-200"], 2, subject__name="Jan DOE", request__file_number="A000531868")

    assert told([asked, other]) == {
        NAME: ("DOE, Jan", "accepted", 1),
        NUMBER: ("A000-531-868", "accepted", 1),
    }
    assert {status for _, status, _ in told([asked, unsure(other, NAME, NUMBER)]).values()} == {"ask"}


def test_the_sure_name_counts_where_the_file_number_shows_one_person(forms: dict[str, Form]) -> None:
    detainer = unsure(read(forms["i-247a"], subject__name="DIRIL, Mohamud", request__file_number="A000531868"), NAME)  # fmt: skip

    def beside(name: str, number: str) -> tuple[str, str, int]:
        other = read(forms["i-205"], 2, subject__name=name, request__file_number=number)
        return told([detainer, other])[NAME]

    assert beside("DIRIE, Mohamud", "A000531868") == ("DIRIE, Mohamud", "accepted", 2)
    assert beside("DIRIE, Mohamud", "A000531869") == ("DIRIL, Mohamud", "ask", 1)
    assert beside("WARSAME, Ayaan", "A000531868") == ("DIRIL, Mohamud", "ask", 1)


def test_a_page_that_names_another_person_is_told(forms: dict[str, Form]) -> None:
    detainer = read(forms["i-247a"], subject__name="SIMÕES, Ana", request__file_number="A000792547")

    def beside(name: str, number: str, *asked: str, sure: float = 0.5) -> list[str]:
        other = read(forms["i-205"], 2, subject__name=name, request__file_number=number)
        return told_otherwise(forms["i-247a"], [detainer, unsure(other, *asked, sure=sure)])

    look = "than the request: look whether it is about the same person"
    assert beside("Ana Simoes", "A 000 792 547") == []
    assert beside("OYELARAN, Tunde", "A000972547") == [
        f"page 2 has another name {look}",
        f"page 2 has another file number {look}",
    ]
    assert beside("SIMOFS, Ana", "A000792547", NAME) == []
    assert beside("SIMOFS, Ana", "A000792547", NAME, sure=0.83) == [f"page 2 has another name {look}"]


def test_two_requests_in_one_packet_are_asked(forms: dict[str, Form]) -> None:
    packet = [
        read(forms["i-247a"], 1, subject__name="DOE, Jan"),
        read(forms["i-247a"], 2, subject__name="DOE, Jan"),
    ]

    assert [reading.status for reading in together(forms["i-247a"], packet)] == ["ask"]


def test_a_request_that_shows_no_name_among_forms_of_different_people_goes_without(
    forms: dict[str, Form],
) -> None:
    packet = [
        read(forms["i-247g"], subject__sex="F"),
        read(forms["i-205"], 2, subject__name="DOE, Jan"),
        read(forms["ao-442"], 3, subject__name="ROE, Jan"),
    ]

    assert [reading.field for reading in together(forms["i-247g"], packet)] == ["subject.sex"]


@st.composite
def packets(draw: st.DrawFn, forms: dict[str, Form]) -> list[FormRead]:
    """Up to four forms, each with any of the fields there are and names that may differ."""
    values = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["DOE, Jan", "ROE, Jan"]))
    names = draw(st.lists(st.sampled_from(INSTRUMENTS), min_size=1, max_size=4))
    return [
        read(forms[name], page, **{field.replace(".", "__"): value for field, value in draw(values).items()})
        for page, name in enumerate(names, 1)
    ]


@given(st.data())
def test_whatever_is_in_a_packet_nothing_of_it_is_lent_to_the_request_but_a_warrant(
    forms: dict[str, Form], data: st.DataObject
) -> None:
    packet = data.draw(packets(forms))
    chosen = packet[0].form
    own = {reading.field for reading in packet[0].readings}

    found = {reading.field for reading in together(chosen, packet)}

    told_otherwise(chosen, packet)

    assert {field for field in found if not field.startswith("warrant.")} == {
        field for field in own if not field.startswith("warrant.")
    }
