"""Lines borne out word by word: what is, and what is not."""

from hypothesis import given
from hypothesis import strategies as st

from trustact.intake.look import Look
from trustact.intake.weaving import borne_out, mended


def looks(*texts: str) -> list[Look]:
    return [Look("rapidocr", (text,), 0.5) for text in texts]


def test_each_word_may_come_from_another_look() -> None:
    assert borne_out(["Grzegorz Delacroix"], looks("Grzcgorz Delacroix", "Grzegorz Delacrolx"))
    assert not borne_out(["Grzegorz Delacroix"], looks("Grzcgorz Delacroix", "Grzcgorz Delacrolx"))


def test_a_known_word_may_be_bent_in_the_other_look_and_a_name_may_not() -> None:
    assert borne_out(["Deportation Officer"], looks("Deportation Oflicer"))
    assert borne_out(["ICE ERO Sub-Office"], looks("ICE LRO Sub-Oftice"))
    assert not borne_out(["Alvarenga"], looks("Alvarenza"))


def test_a_number_must_stand_there_but_for_its_noughts() -> None:
    assert borne_out(["BOS2506398056"], looks("BOS25O6398O56"))
    assert not borne_out(["BOS2506398056"], looks("BOS2506398036"))


def test_lines_are_compared_one_by_one() -> None:
    two = ["Hon. Priya Kowalczyk", "U.S. Magistrate Judge"]

    assert borne_out(two, [Look("rapidocr", tuple(two), 0.5)])
    assert not borne_out(two, looks("Hon. Priya Kowalczyk U.S. Magistrate Judge"))
    assert not borne_out(two, [])


@given(st.lists(st.text("abcdo01 é,", min_size=1, max_size=8), min_size=1, max_size=3))
def test_what_stands_there_whole_bears_it_out(lines: list[str]) -> None:
    assert borne_out(lines, [Look("tesseract", tuple(lines), 0.5)])


def test_a_long_common_word_is_mended_by_itself_and_a_place_only_by_another_look() -> None:
    assert mended(["Boston Police Departrent"], []) == ("Boston Police Department",)
    assert mended(["100 Main Street, Bolton"], looks("100 Main Street, Boston")) == (
        "100 Main Street, Bolton",
    )
    assert mended(["12 Main Street, Bosten"], []) == ("12 Main Street, Bosten",)
    assert mended(["12 Man Street, Bosten"], looks("12 Main Street, Boston")) == ("12 Main Street, Boston",)


def test_mending_keeps_capitals_and_marks() -> None:
    assert mended(["POLLCE DEPT., (Dlstrict C-6)"], looks("POLICE DEPT., (District C-6)")) == (
        "POLICE DEPT., (District C-6)",
    )


def test_a_word_with_a_mark_inside_is_not_mended() -> None:
    assert mended(["ICE Sub-Oftice"], looks("ICE Sub-Office")) == ("ICE Sub-Oftice",)
