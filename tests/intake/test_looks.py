"""The two-key rule: what is accepted, and that nothing else is."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustact.intake.form import ValueKind
from trustact.intake.look import TEXT_LAYER, Look
from trustact.intake.looks import clearness, settle

TELLER, ONE, OTHER = "line reader", "rapidocr", "tesseract"


def look(reader: str, text: str, confidence: float = 0.9) -> Look:
    return Look(reader, (text,), confidence)


def told(text: str, confidence: float = 0.9) -> list[Look]:
    return [look(TELLER, text, confidence)] * 2


def test_what_the_line_reader_and_another_have_is_accepted() -> None:
    settled = settle("digits", [*told("371904466"), look(OTHER, "371904466", 0.4)])

    assert (settled.value, settled.status) == ("371904466", "accepted")


def test_no_reader_is_believed_alone() -> None:
    assert settle("digits", told("371904466", 0.99)).status == "ask"
    assert settle("digits", [look(ONE, "371904466", 0.99)] * 2).status == "ask"
    assert settle("digits", [look(ONE, "371904466"), look(OTHER, "371904466")]).status == "ask"


def test_a_value_the_line_reader_has_only_once_is_asked() -> None:
    looks = [look(TELLER, "371904466"), look(TELLER, "871904466", 0.3), look(ONE, "371904466")]

    assert settle("digits", looks).status == "ask"


def test_a_sure_look_that_says_otherwise_puts_a_value_in_doubt() -> None:
    agreed = [*told("371904466"), look(OTHER, "371904466", 0.5)]

    assert settle("digits", [*agreed, look(ONE, "371904460", 0.99)]).status == "ask"
    assert settle("digits", [*agreed, look(TELLER, "371904460", 0.85)]).status == "ask"
    assert settle("digits", [*agreed, look(ONE, "371904460", 0.6)]).status == "accepted"


def test_a_number_must_be_surer_than_a_value_of_which_there_are_few() -> None:
    def settled(kind: ValueKind, text: str, sure: float) -> str:
        return settle(kind, [*told(text, sure), look(ONE, text), look(OTHER, text)]).status

    assert settled("digits", "371904466", 0.8) == "ask"
    assert settled("digits", "371904466", 0.9) == "accepted"
    assert settled("country", "HONDURAS", 0.3) == "accepted"


def test_a_number_must_be_what_half_of_the_looks_at_it_have() -> None:
    few = [*told("371904466"), look(ONE, "371904466"), *[look(OTHER, f"37190446{n}", 0.3) for n in range(3)]]

    assert settle("digits", [*few, look(OTHER, "none")]).status == "accepted"
    assert settle("digits", [*few, look(OTHER, "371904468", 0.3)]).status == "ask"


def test_a_value_another_look_sees_more_of_is_asked() -> None:
    own = "Detention and Deportation Officer"
    looks = [*told(own), look(ONE, own)]

    assert settle("signer-title", [*looks, look(OTHER, f"{own} 8", 0.1)]).status == "accepted"
    assert settle("signer-title", [*looks, look(OTHER, f"Supervisory {own}", 0.1)]).status == "ask"


def test_on_a_page_that_reads_well_an_unsure_number_stands_that_nearly_all_looks_have() -> None:
    looks = [*told("371904466", 0.6), *[look(ONE, "371904466"), look(OTHER, "371904466")] * 3]

    assert settle("digits", looks, clear=0.95).status == "accepted"
    assert settle("digits", looks, clear=0.8).status == "ask"
    assert settle("digits", looks[:5], clear=0.95).status == "ask"
    assert settle("digits", [*looks[:5], *[look(ONE, "371904460", 0.5)] * 4], clear=0.95).status == "ask"


def test_how_clear_a_page_is_tells_the_line_reader() -> None:
    places = [[look(TELLER, "a", 0.5), look(TELLER, "a", 0.9), look(ONE, "a", 1.0)], [look(TELLER, "b", 0.7)]]

    assert clearness(places) == pytest.approx(0.8)
    assert clearness([]) == 0.0


def test_a_look_the_teller_is_surer_of_speaks_against_the_value_most_looks_have() -> None:
    looks = [*told("371904466", 0.5), look(TELLER, "371904460", 0.6), look(ONE, "371904466")]

    assert (
        settle("country", [*told("PERU", 0.5), look(ONE, "PERU"), look(TELLER, "CUBA", 0.6)]).status == "ask"
    )
    assert settle("digits", looks).status == "ask"


def test_a_title_of_which_a_look_tells_another_capacity_is_asked() -> None:
    agreed = [*told("Deputy Clerk"), look(ONE, "Deputy Clerk")]

    assert settle("signer-title", [*agreed, look(OTHER, "Deputy C1erk", 0.2)]).status == "accepted"
    assert settle("signer-title", [*agreed, look(OTHER, "Magistrate Judge", 0.2)]).status == "ask"


def test_on_a_page_that_hardly_reads_names_are_asked_and_numbers_must_be_surer() -> None:
    name = [*told("OKORO, Bola", 0.99), look(ONE, "OKORO, Bola"), look(OTHER, "OKORO, Bola")]
    number = [*told("371904466", 0.85), look(TELLER, "371904466", 0.93), look(ONE, "371904466")]

    assert settle("name", name).status == settle("digits", number).status == "accepted"
    assert settle("name", name, clear=0.55).status == "ask"
    assert settle("digits", number, clear=0.7).status == "ask"


def test_on_a_page_that_reads_poorly_more_looks_must_have_a_name() -> None:
    looks = [
        *told("OKORO, Bola", 0.99),
        *[look(ONE, "OKORO, Bola")] * 5,
        *[look(OTHER, "OKOBO, Bola", 0.2)] * 5,
    ]

    assert settle("name", looks).status == "accepted"
    assert settle("name", looks, clear=0.8).status == "ask"
    assert settle("name", looks[:10], clear=0.8).status == "accepted"


def test_the_teller_must_be_sure_of_a_persons_name_in_all_its_looks() -> None:
    agreed = [look(TELLER, "OKORO, Bola", 0.99), look(ONE, "OKORO, Bola"), look(OTHER, "OKORO, Bola")]

    assert settle("name", [*agreed, look(TELLER, "OKORO, Bola", 0.7)]).status == "accepted"
    assert settle("name", [*agreed, look(TELLER, "OKORO, Bola", 0.5)]).status == "ask"


def test_the_teller_need_be_less_sure_of_another_number_than_of_another_name() -> None:
    number = [*told("371904466", 0.95), look(ONE, "371904466"), look(TELLER, "371904460", 0.6)]
    name = [*told("OKORO, Bola", 0.95), look(ONE, "OKORO, Bola"), look(TELLER, "OKOBO, Bola", 0.6)]

    assert settle("digits", number).status == "ask"
    assert settle("name", name).status == "accepted"


def test_a_short_word_of_an_address_that_a_fax_bends_is_asked() -> None:
    def settled(street: str) -> str:
        text = f"Boston Police Department, 101 {street}, Boston, MA 02127"
        return settle("address", [*told(text, 0.95), look(ONE, text), look(OTHER, text)]).status

    assert settled("West Broadway") == settled("Hall Street") == "accepted"
    assert settled("Wast Broadway") == settled("Hyde Pork Avenue") == "ask"


def test_a_number_among_words_that_other_readers_have_otherwise_is_asked() -> None:
    read = ("ICE ERO Boston Field Office", "1090 District Avenue, Burlington, MA 01803")
    other = (read[0], "1000 District Avenue, Burlington, MA 01803")
    looks = [*[Look(TELLER, read, 0.94)] * 3, Look(ONE, read, 0.9), Look(OTHER, read, 0.5)]

    assert settle("address", [*looks, *[Look(ONE, other, 0.5)] * 4]).status == "accepted"
    assert settle("address", [*looks, *[Look(ONE, other, 0.5)] * 5]).status == "ask"


def test_a_name_in_an_address_that_most_other_readers_have_otherwise_is_asked() -> None:
    office = "ICE ERO Providence Sub-Office"
    read, other = (
        (office, "200 Dver Street, Providence, RI 02903"),
        (office, "200 Dyer Street, Providence, RI 02903"),
    )
    looks = [*[Look(TELLER, read, 0.95)] * 3, Look(OTHER, read, 0.5)]

    assert (
        settle("address", [*looks, Look(OTHER, read, 0.5), *[Look(ONE, other, 0.5)] * 4]).status == "accepted"
    )
    assert settle("address", [*looks, *[Look(ONE, other, 0.5)] * 4]).status == "ask"


def test_another_reader_need_be_less_sure_of_another_number_than_of_another_word() -> None:
    looks = [*told("009411042", 0.94), look(OTHER, "009411042", 0.3)]

    assert settle("digits", [*looks, look(ONE, "000411042", 0.95)]).status == "ask"
    assert settle("digits", [*looks, look(ONE, "000411042", 0.8)]).status == "accepted"


def test_a_persons_name_must_stand_in_most_looks() -> None:
    agreed = [*told("ALVARENGA, Jorge", 0.99), look(ONE, "ALVARENGA, Jorge")]

    assert settle("name", [*agreed, look(OTHER, "ALVARENZA, Jorge", 0.4)]).status == "accepted"
    assert settle("name", [*agreed, *[look(OTHER, "ALVARENZA, Jorge", 0.4)] * 3]).status == "ask"


def test_a_known_name_that_a_look_has_instead_is_asked_however_sure_the_reader() -> None:
    agreed = [*told("Jullán IXCOY", 0.99), *[look(ONE, "Jullán IXCOY")] * 3]

    assert settle("name", [*agreed, look(OTHER, "Julián IXCOY", 0.2)]).status == "ask"
    assert (
        settle("name", [*told("Thuy Whitfeld", 0.97), look(ONE, "Thuy Whitfeld")]).status == "ask"
    )  # an i lost


def test_a_bent_word_of_an_office_is_the_known_one_a_look_has_there() -> None:
    text, bent = (
        ("Boston Police Department", "40 Gibson Street, Boston, MA 02122"),
        "Boston Pollce Department",
    )
    looks = [Look(TELLER, (bent, text[1]), 0.9)] * 2 + [Look(ONE, (bent, text[1]), 0.9)]
    settled = settle("address", [*looks, Look(OTHER, text, 0.3)])

    assert (settled.value, settled.status) == (" ".join(text), "accepted")


def test_the_files_own_text_is_not_mended() -> None:
    text = "Boston Pollce Department, MA 02122"
    settled = settle(
        "address", [look(TEXT_LAYER, text, 1.0), look(OTHER, "Boston Police Department, MA 02122")]
    )

    assert (settled.value, settled.status) == (text, "ask")


def test_a_name_that_is_nearly_a_known_one_is_asked_unless_the_reader_is_all_but_certain() -> None:
    bent = [look(ONE, "HERNANDFZ, Luis"), look(OTHER, "HERNANDFZ, Luis")]

    assert settle("name", [*told("HERNANDFZ, Luis", 0.97), *bent]).status == "ask"
    assert settle("name", [*told("HERNANDFZ, Luis", 0.99), *bent]).status == "accepted"
    many = [*told("Liban Hirsi MAXAMED", 0.9), *[look(ONE, "Liban Hirsi MAXAMED")] * 8]
    assert settle("name", many, clear=0.95).status == "accepted"
    assert settle("name", [*many, look(OTHER, "Liban Hirsi MAXAMEB")], clear=0.95).status == "ask"
    assert settle("name", many, clear=0.8).status == "ask"
    rare = [look(ONE, "XICARÁ, Tomás")] * 2
    assert settle("name", [*told("XICARÁ, Tomás"), *rare]).status == "accepted"


def test_what_one_reader_has_in_one_look_and_one_in_another_is_borne_out_word_by_word() -> None:
    text = "Boston Police Department, District C-6"
    looks = [
        look(ONE, "Boston Pohce Department, District C-6"),
        look(ONE, "Bcstan Police Department Dist C-6"),
    ]

    assert settle("text", [*told(text), *looks]).status == "accepted"
    assert settle("text", [*told(text), looks[0]._replace(lines=("Boston Police Department, District C-8",))]).status == "ask"  # fmt: skip


def test_the_files_own_text_must_be_borne_out_as_well() -> None:
    shown = [look(OTHER, "11/84/1991"), look(ONE, "illegible")]

    assert settle("number", [look(TEXT_LAYER, "11/04/1991", 1.0), *shown]).status == "ask"
    assert (
        settle("date", [look(TEXT_LAYER, "March 20, 2025", 1.0), look(OTHER, "March 28, 2025")]).status
        == "ask"
    )
    assert settle("digits", [look(TEXT_LAYER, "000783244", 1.0), look(OTHER, "860783244", 0.5)]).status == "ask"  # fmt: skip
    assert settle("digits", [look(TEXT_LAYER, "000783244", 1.0), look(TELLER, "000783244", 0.5)]).status == "accepted"  # fmt: skip


def test_what_may_be_torn_off_a_picture_is_whole_in_the_files_own_text() -> None:
    lines = ("Boston Police Department", "District B-2, Roxbury")
    seen = [Look(ONE, lines, 0.9), Look(OTHER, lines, 0.9)]

    assert settle("address", [Look(TELLER, lines, 0.99), Look(TELLER, lines, 0.99), *seen]).status == "ask"
    assert settle("address", [Look(TEXT_LAYER, lines, 1.0), *seen]).status == "accepted"


def test_a_gap_that_one_look_sees_in_a_number_is_none_where_others_see_it_whole() -> None:
    whole = ("ICE ERO Hartford Sub-Office", "450 Main Street, Hartford, CT 06103")
    gap = (whole[0], "450 Main Street, Hartford, CT 06 103")
    looks = [Look(TELLER, gap, 0.99), Look(OTHER, whole, 0.9), Look(ONE, whole, 0.9)]

    assert settle("address", [*looks, Look(TELLER, whole, 0.98)]).status == "accepted"
    assert settle("address", [*looks, Look(TELLER, gap, 0.98)]).status == "ask"


def test_a_misread_word_is_asked_whoever_agrees() -> None:
    for text in ("200 Dyer Strect", "ERO Boston Fleld Office"):
        looks = [*told(text), look(ONE, text), look(OTHER, text)]

        assert settle("address", looks).status == "ask"


def test_accents_are_taken_from_the_reader_that_sees_them() -> None:
    looks = [*told("ALVARENGA, Jesús"), look(ONE, "ALVARENGA, JesÚs"), look(OTHER, "ALVARENGA, Jesus")]
    settled = settle("name", looks)

    assert (settled.value, settled.status) == ("ALVARENGA, Jesús", "accepted")


def test_accents_seen_only_once_are_asked() -> None:
    looks = [*told("ALVARENGA, Jesus"), look(ONE, "ALVARENGA, Jesús"), look(OTHER, "ALVARENGA, Jesus")]

    assert settle("name", looks).status == "ask"


def test_the_files_own_text_gives_the_writing() -> None:
    looks = [look(TEXT_LAYER, "El Salvador", 1.0), look(ONE, "ElSalvador")]

    assert settle("text", looks).value == "El Salvador"


def test_nothing_legible_is_asked() -> None:
    settled = settle("date", [look(ONE, "illegible"), look(OTHER, "")])

    assert (settled.value, settled.confidence, settled.status) == (None, 0.0, "ask")


texts = st.sampled_from(["371904466", "371904460", "37l904466", "", "see below", "3719 04466"])
readers = st.sampled_from([TELLER, ONE, OTHER])
looks_at_digits = st.lists(st.builds(look, readers, texts, st.floats(0, 1)), max_size=7)


@given(looks_at_digits)
def test_whatever_is_accepted_was_seen_by_two_readers(looks: list[Look]) -> None:
    settled = settle("digits", looks)

    if settled.status == "accepted":
        seen = {
            each.reader
            for each in looks
            if each.lines[0].replace("l", "1").replace(" ", "") == str(settled.value).replace(" ", "")
        }
        assert TELLER in seen
        assert len(seen) >= 2


@given(looks_at_digits, st.randoms())
def test_the_order_of_looks_does_not_matter(looks: list[Look], chance: Random) -> None:
    shuffled = list(looks)
    chance.shuffle(shuffled)

    assert settle("digits", looks) == settle("digits", shuffled)


def test_a_capital_the_line_reader_takes_for_a_small_letter_is_told_by_vote() -> None:
    looks = [
        *told("CHEN, xiao Long", 0.97),
        *[look(ONE, "CHEN, Xiao Long")] * 2,
        look(OTHER, "CHEN, Xiao Long"),
    ]
    settled = settle("name", looks)

    assert (settled.value, settled.status) == ("CHEN, Xiao Long", "accepted")


def test_a_name_of_one_word_is_asked() -> None:
    assert settle("name", [*told("ZHAO", 0.99), look(ONE, "ZHAO", 0.96), look(OTHER, "ZHAO")]).status == "ask"
