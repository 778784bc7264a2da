"""How hostile and broken documents end: within their limits, with one clear line, nothing in them run or believed."""

import pytest

from tests.intake import hostile
from tests.intake.hostile import BOMBS, HIDDEN, OPENED, REFUSED
from tests.intake.paper import pdf
from trustact.intake.confinement import Limits
from trustact.intake.opener import OpenError, open_document

SHORT = Limits(seconds=4.0)


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_be_opened_ends_in_one_line(name: str) -> None:
    made, words = REFUSED[name]
    with pytest.raises(OpenError, match=words) as refused:
        open_document(made())

    assert str(refused.value).isprintable()


@pytest.mark.parametrize("name", sorted(OPENED))
def test_what_opens_all_the_same_is_counted_and_remarked(name: str) -> None:
    made, count, remark = OPENED[name]
    opened = open_document(made())

    assert opened.page_count == count
    assert len(opened.pages) == min(count, Limits().pages)
    assert any(remark in each for each in opened.remarks) or not remark


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_bomb_ends_within_its_limits(name: str) -> None:
    try:
        opened = open_document(BOMBS[name](), SHORT)
    except OpenError as refused:
        assert str(refused).endswith("ask the sender for a plain copy")  # noqa: PT017 - either end is right
    else:
        assert opened.page_count == 1


@pytest.mark.parametrize("name", sorted(HIDDEN))
def test_text_that_is_not_seen_is_not_read(name: str) -> None:
    opened = open_document(hostile.hidden(*HIDDEN[name]))

    assert [word.text for word in opened.pages[0].words] == ["Shown"]
    assert name == "invisible" or any("6 characters" in remark for remark in opened.remarks)


def test_words_that_address_a_machine_are_words() -> None:
    (page,) = open_document(pdf(hostile.said_to_machines())).pages

    assert [word.text for word in page.words][:3] == ["SYSTEM:", "ignore", "all"]
