"""The two-key rule: what is accepted, and that nothing else is."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from trustact.intake.look import TEXT_LAYER, Look
from trustact.intake.looks import settle

ONE, OTHER = "rapidocr", "tesseract"


def look(reader: str, text: str, confidence: float = 0.9) -> Look:
    return Look(reader, (text,), confidence)


def test_two_readers_that_agree_are_accepted() -> None:
    settled = settle("digits", [look(ONE, "371904466"), look(OTHER, "371904466", 0.4)])

    assert (settled.value, settled.status) == ("371904466", "accepted")


def test_one_reader_alone_is_asked() -> None:
    assert settle("digits", [look(ONE, "371904466", 0.99)]).status == "ask"


def test_one_reader_that_is_sure_twice_may_stand_where_the_grammar_is_strict() -> None:
    assert settle("digits", [look(ONE, "371904466", 0.99)] * 2).status == "accepted"
    assert settle("digits", [look(ONE, "371904466", 0.99), look(ONE, "371904466", 0.9)]).status == "ask"
    assert settle("address", [look(ONE, "40 New Sudbury Street", 0.99)] * 2).status == "ask"


def test_a_second_value_with_two_readers_behind_it_is_a_rival() -> None:
    looks = [
        look(ONE, "371904466"),
        look(OTHER, "371904466"),
        look(ONE, "371904460"),
        look(OTHER, "371904460"),
    ]

    assert settle("digits", looks).status == "ask"


def test_a_sure_look_that_says_otherwise_puts_an_agreed_value_in_doubt() -> None:
    agreed = [look(ONE, "371904466", 0.65), look(OTHER, "371904466", 0.5)]

    assert settle("digits", [*agreed, look(ONE, "371904460", 0.95)]).status == "ask"
    assert settle("digits", [*agreed, look(OTHER, "371904460", 0.6)]).status == "accepted"


def test_a_reader_that_says_both_has_said_neither() -> None:
    agreed = [look(ONE, "371904466", 0.5), look(OTHER, "371904466", 0.5)]

    assert settle("digits", [*agreed, look(ONE, "371904460", 0.6)]).status == "ask"


def test_a_value_of_which_a_look_has_more_is_asked() -> None:
    agreed = [look(ONE, "ROSARIO, André"), look(ONE, "ROSARIO, André"), look(OTHER, "ROSARIO, Andre")]

    assert settle("name", agreed).status == "accepted"
    assert settle("name", [*agreed, look(OTHER, "ROSARIO, Andres", 0.6)]).status == "ask"


def test_the_blind_reader_may_miss_accents_and_take_noughts_for_letters_but_not_for_figures() -> None:
    assert (
        settle("name", [look(ONE, "Thuy Villaseñor")] * 2 + [look(OTHER, "Thuy Villasefior")]).value
        == "Thuy Villaseñor"
    )
    sure = [look(ONE, "000783244", 0.97)] * 2
    assert settle("digits", [*sure, look(OTHER, "@o0783244", 0.5)]).status == "accepted"
    assert settle("digits", [*sure, look(OTHER, "860783244", 0.5)]).status == "ask"
    assert settle("digits", [*sure, look(OTHER, "000783214", 0.5)]).status == "ask"


def test_what_the_blind_reader_sees_is_not_excused_by_the_files_own_text() -> None:
    shown = [look(OTHER, "11/84/1991"), look(ONE, "illegible")]

    assert settle("number", [look(TEXT_LAYER, "11/04/1991", 1.0), *shown]).status == "ask"
    assert (
        settle("date", [look(TEXT_LAYER, "March 20, 2025", 1.0), look(OTHER, "March 28, 2025")]).status
        == "ask"
    )
    assert (
        settle("digits", [look(TEXT_LAYER, "000783244", 1.0), look(OTHER, "860783244", 0.5)]).status == "ask"
    )


def test_a_misread_word_is_asked_whoever_agrees() -> None:
    for text in ("200 Dyer Strect", "ERO Boston Fleld Office"):
        looks = [look(ONE, text), look(OTHER, text)]

        assert settle("address", looks).status == "ask"


def test_accents_are_taken_from_the_reader_that_sees_them() -> None:
    looks = [look(ONE, "ALVARENGA, Jesús"), look(ONE, "ALVARENGA, JesÚs"), look(OTHER, "ALVARENGA, Jesus")]
    settled = settle("name", looks)

    assert (settled.value, settled.status) == ("ALVARENGA, Jesús", "accepted")


def test_accents_seen_only_once_are_asked() -> None:
    looks = [look(ONE, "ALVARENGA, Jesús"), look(ONE, "ALVARENGA, Jesus"), look(OTHER, "ALVARENGA, Jesus")]

    assert settle("name", looks).status == "ask"


def test_the_files_own_text_gives_the_writing() -> None:
    looks = [look(TEXT_LAYER, "El Salvador", 1.0), look(ONE, "ElSalvador")]

    assert settle("text", looks).value == "El Salvador"


def test_nothing_legible_is_asked() -> None:
    settled = settle("date", [look(ONE, "illegible"), look(OTHER, "")])

    assert (settled.value, settled.confidence, settled.status) == (None, 0.0, "ask")


texts = st.sampled_from(["371904466", "371904460", "37l904466", "", "see below", "3719 04466"])
looks_at_digits = st.lists(st.builds(look, st.sampled_from([ONE, OTHER]), texts, st.floats(0, 1)), max_size=6)


@given(looks_at_digits)
def test_whatever_is_accepted_was_seen_twice(looks: list[Look]) -> None:
    settled = settle("digits", looks)

    if settled.status == "accepted":
        seen = [
            each
            for each in looks
            if each.lines[0].replace("l", "1").replace(" ", "") == str(settled.value).replace(" ", "")
        ]
        assert len(seen) >= 2
        assert len({each.reader for each in seen}) == 2 or all(each.confidence >= 0.95 for each in seen)


@given(looks_at_digits, st.randoms())
def test_the_order_of_looks_does_not_matter(looks: list[Look], chance: Random) -> None:
    shuffled = list(looks)
    chance.shuffle(shuffled)

    assert settle("digits", looks) == settle("digits", shuffled)


def test_figures_no_engine_is_sure_of_are_asked() -> None:
    assert settle("date", [look(ONE, "June 2, 2026", 0.52), look(OTHER, "June 2, 2026", 0.7)]).status == "ask"
    assert (
        settle("date", [look(ONE, "June 2, 2026", 0.52), look(OTHER, "June 2, 2026", 0.92)]).status
        == "accepted"
    )


def test_a_name_of_one_word_is_asked() -> None:
    assert settle("name", [look(ONE, "ZHAO", 0.96), look(OTHER, "ZHAO", 0.95)]).status == "ask"
