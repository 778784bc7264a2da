"""Rows of words, and print compared despite noise."""

from hypothesis import given
from hypothesis import strategies as st

from trustact.intake.layout import Span, box_of, rows_of
from trustact.intake.page import Box, Word
from trustact.intake.wording import likeness, matches


def word(text: str, x: float, y: float, width: float = 40) -> Word:
    return Word(text, Box(x, y, x + width, y + 10))


def test_words_at_one_height_are_a_row_left_to_right() -> None:
    rows = rows_of([word("ID:", 90, 51), word("Subject", 40, 50), word("Event", 40, 70)])

    assert [row.text for row in rows] == ["Subject ID:", "Event"]


def test_a_row_may_climb_a_little() -> None:
    words = [word(str(index), 45 * index, 100 - 2.0 * index) for index in range(10)]

    assert [row.text for row in rows_of(words)] == ["0 1 2 3 4 5 6 7 8 9"]


def test_part_of_a_word_stands_in_proportion() -> None:
    (row,) = rows_of([word("Date:03/14", 100, 50, width=100)])

    assert box_of(Span(row, 5, 10)) == Box(150, 50, 200, 60)


words = st.lists(
    st.builds(word, st.text("abc", min_size=1, max_size=5), st.floats(0, 500), st.floats(0, 700)), max_size=30
)


@given(words)
def test_every_word_stands_in_exactly_one_row(words: list[Word]) -> None:
    rows = rows_of(words)

    assert sorted(word.text for row in rows for word in row.words) == sorted(word.text for word in words)
    for row in rows:
        assert row.text == " ".join(word.text for word in row.words)


def test_print_is_found_despite_lost_spaces_case_and_accents() -> None:
    text = "x SubjéctlD: 371 SUBJECT ID 5"

    assert [text[match.start : match.end] for match in matches("Subject ID", text, 80)] == [
        "SubjéctlD",
        "SUBJECT ID",
    ]


@given(st.text("abcdefgh ", max_size=60), st.text("abcdefgh ", max_size=60))
def test_a_phrase_is_always_found_where_it_is(before: str, after: str) -> None:
    assert likeness("PROBABLE CAUSE EXISTS", before + "Probable Cause Exists" + after) == 100
