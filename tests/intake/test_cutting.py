"""Lines of a value cut out of a page: every line, no border, no dirt far off."""

import numpy as np
import pytest

from trustact.intake.cutting import SCALE, cut
from trustact.intake.page import Box
from trustact.intake.straightening import Grey

PLACE = Box(40, 40, 240, 66)
CORNERS = np.array([[40, 40], [240, 40], [240, 66], [40, 66]], dtype=np.float64) * SCALE


def paper() -> Grey:
    return np.full((round(110 * SCALE), round(300 * SCALE)), 255, np.uint8)


def ink(page: Grey, *boxes: tuple[float, float, float, float]) -> None:
    for x0, y0, x1, y1 in boxes:
        page[round(y0 * SCALE) : round(y1 * SCALE), round(x0 * SCALE) : round(x1 * SCALE)] = 0


def letters(page: Grey, left: float, top: float, count: int) -> None:
    for number in range(count):
        ink(page, (left + 6 * number, top, left + 6 * number + 4, top + 7))


def test_an_empty_place_has_no_lines() -> None:
    page = paper()
    ink(page, (39, 30, 39.8, 80), (60, 50, 60.4, 50.4))

    assert cut(page, CORNERS, PLACE) == []


def test_two_lines_are_two_without_the_border_and_far_dirt() -> None:
    page = paper()
    letters(page, 46, 42, 12)
    letters(page, 46, 55, 20)
    ink(page, (38.6, 30, 39.4, 80), (230, 44, 231.5, 46))
    first, second = cut(page, CORNERS, PLACE)

    assert first.whole
    assert second.whole
    assert first.line.shape[1] / SCALE == pytest.approx(12 * 6 - 2 + 6, abs=2)
    assert second.line.shape[1] / SCALE == pytest.approx(20 * 6 - 2 + 6, abs=2)


def test_print_that_runs_off_the_place_is_not_whole() -> None:
    page = paper()
    letters(page, 200, 48, 12)

    assert [line.whole for line in cut(page, CORNERS, PLACE)] == [False]


def test_letters_a_lost_line_of_the_fax_cuts_in_two_are_one_line() -> None:
    page = paper()
    letters(page, 46, 48, 12)
    page[round(50.8 * SCALE) : round(52.4 * SCALE)] = 255
    (line,) = cut(page, CORNERS, PLACE)

    assert line.whole
    assert line.line.shape[0] >= 7 * SCALE


def test_a_title_a_lost_line_of_the_fax_cuts_in_halves_is_one_line() -> None:
    page = paper()
    for left in range(46, 180, 14):
        ink(page, (left, 46, left + 9, 58))
    page[round(51.4 * SCALE) : round(52.4 * SCALE)] = 255
    (line,) = cut(page, CORNERS, PLACE)

    assert line.whole
    assert line.line.shape[0] >= 12 * SCALE


def test_two_lines_of_the_smallest_type_close_together_are_two() -> None:
    page = paper()
    letters(page, 46, 45, 22)
    letters(page, 46, 54, 22)

    assert len(cut(page, CORNERS, PLACE)) == 2
