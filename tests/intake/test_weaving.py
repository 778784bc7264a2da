"""Values put together word by word from two engines' looks: what is, and what is asked instead."""

from hypothesis import given
from hypothesis import strategies as st

from trustact.intake.look import Look
from trustact.intake.looks import settle
from trustact.intake.weaving import Strand, woven

ONE, OTHER = "rapidocr", "tesseract"


def strands(*looks: tuple[str, str, float]) -> list[Strand]:
    return [Strand(*look) for look in looks]


def test_each_word_may_come_from_another_look_of_each_engine() -> None:
    line = woven(
        strands(
            (ONE, "Boston Police Departnent, District C-6", 0.6),
            (ONE, "Bostan Police Department, Distriet C-6", 0.5),
            (OTHER, "Boston Pohce Department, District C-6", 0.4),
            (OTHER, "Bnston Police Depurtment, Distriot C-6", 0.4),
        ),
        ONE,
    )

    assert line is not None
    assert line[0].replace(",", "") == "Boston Police Department District C-6"


def test_a_known_word_bent_by_one_engine_is_taken_from_the_other() -> None:
    line = woven(strands((ONE, "Deportation Oflicer", 0.6), (OTHER, "Deportation Officer", 0.5)), ONE)

    assert line is not None
    assert line[0] == "Deportation Officer"


def test_a_word_nobody_knows_is_never_taken_from_one_engine() -> None:
    assert woven(strands((ONE, "Alvarenza", 0.6), (OTHER, "Alvarenga", 0.9)), ONE) is None


def test_a_word_that_is_nearly_a_known_one_is_asked_whoever_reads_it() -> None:
    assert woven(strands((ONE, "Boston Fleld Office", 0.9), (OTHER, "Boston Fleld Office", 0.9)), ONE) is None


def test_a_number_is_put_together_figure_by_figure_only_where_the_better_engine_tells_all_of_it() -> None:
    echoes = [(OTHER, "BOS2506898056", 0.1), (OTHER, "B0S25O6398O56", 0.1)]

    line = woven(strands((ONE, "BOS2506398056", 0.9), (ONE, "BOS2506398056", 0.8), *echoes), ONE)
    assert line is None  # the other engine has one figure as often otherwise
    line = woven(strands((ONE, "BOS2506398056", 0.9), (ONE, "BOS2506398056", 0.8), *echoes, echoes[1]), ONE)
    assert line is not None
    assert line[0] == "BOS2506398056"
    dropped = strands((ONE, "BOS2506398056", 0.9), (ONE, "BOS25063980561", 0.8), *echoes, echoes[1])
    assert woven(dropped, ONE) is None


def test_of_a_persons_name_no_look_may_say_otherwise() -> None:
    looks = [
        Look(ONE, ("ROSARTO, Andrea",), 0.8),
        Look(ONE, ("ROSARIO, Andrea",), 0.6),
        *[Look(OTHER, ("ROSARTO, Andrea",), 0.9)] * 3,
    ]

    assert settle("name", looks).status == "ask"
    assert settle("name", [looks[0], *looks[2:]]).status == "accepted"


def test_of_a_signature_block_of_two_lines_name_and_office_are_put_together_apart() -> None:
    looks = [
        Look(ONE, ("Priya Whitield", "Assistant Field Office Direetor"), 0.5),
        Look(ONE, ("Priya Whitfield", "Assistant Field Office Director"), 0.5),
        Look(OTHER, ("Priva Whitlield", "Assistant Field Office Director"), 0.5),
        Look(OTHER, ("Priva Whitlield", "Assistant Meld Olfice Director"), 0.5),
    ]

    assert settle("signer-name", looks).status == "ask"
    assert settle("signer-title", looks)[::2] == ("Assistant Field Office Director", "accepted")


def test_a_one_that_may_be_a_four_is_asked() -> None:
    looks = [Look(ONE, ("000783211",), 0.98, "1"), Look(OTHER, ("000783211",), 0.5)]

    assert settle("digits", looks).status == "ask"
    assert settle("digits", [looks[0]._replace(suspect=""), looks[1]]).status == "accepted"


@given(st.lists(st.text("abcdo01 é,", max_size=8), min_size=1, max_size=6), st.data())
def test_what_is_woven_has_every_word_from_both_engines(texts: list[str], data: st.DataObject) -> None:
    readers = [data.draw(st.sampled_from([ONE, OTHER])) for _ in texts]

    line = woven([Strand(reader, text, 0.6) for reader, text in zip(readers, texts, strict=True)], ONE)

    assert line is None or {ONE, OTHER} <= set(readers)
