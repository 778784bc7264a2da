"""Accents: what the looks that see them agree on, put on what is written."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from trustact.intake import accents
from trustact.intake.calibration import calibrated
from trustact.intake.looks import Settled, Status

names = st.text(st.sampled_from("AaÁáÑñŞşİi' -"), max_size=12)


def test_an_accent_two_looks_see_stands_though_most_see_none() -> None:
    assert accents.agreed(["URENA", "UREÑA", "URENA", "UREÑA", "URENA"]) == "ureña"


def test_an_accent_seen_once_or_otherwise_as_often_stays_open() -> None:
    assert accents.agreed(["URENA", "UREÑA", "URENA"]) is None
    assert accents.agreed(["ANDRÉ", "ANDRÈ", "ANDRÉ", "ANDRÈ"]) is None


def test_who_knows_the_accents_of_spanish_alone_does_not_tell_others() -> None:
    assert accents.agreed(["ANTÔNIO", "ANTONIO", "ANTÔNIO"], [], ["ANTÓNIO", "ANTÓNIO"]) == "antônio"
    assert accents.agreed(["NÜÑEZ", "NUÑEZ", "NÜÑEZ"], [], ["NÚÑEZ", "NÚÑEZ"]) is None
    assert accents.agreed(["URENA", "UREÑA"], [], ["UREÑA"]) == "ureña"
    assert accents.agreed(["URENA"], [], ["UREÑA", "UREÑA"]) == "ureña"


def test_two_looks_of_a_hasty_reader_alone_make_no_accent() -> None:
    assert accents.agreed(["Priya"], ["Príya", "Príya"]) is None
    assert accents.agreed(["Príya", "Priya"], ["Príya", "Priya"]) == "príya"
    assert accents.agreed(["Priya"], ["Príya"] * 3) == "príya"
    assert accents.agreed([], ["Príya", "Príya"]) == "príya"


def test_two_readers_that_mostly_see_different_accents_are_at_odds() -> None:
    assert accents.agreed(["VĂN", "VĂN", "VĂN"], ["VÄN", "VĂN", "VÄN"]) is None
    assert accents.agreed(["VĂN", "VĂN", "VAN"], ["VĂN", "VÄN", "VĂN"]) == "văn"


def test_two_accents_a_reader_sees_on_one_letter_leave_it_open() -> None:
    assert accents.agreed(["GUSMÁO", "GUSMÁO", "GUSMÃO"], ["GUSMÁO"] * 3) is None
    assert accents.agreed(["ANTÔNIO", "ANTÓNIO", "ANTÔNIO"], [], ["ANTÓNIO", "ANTÓNIO"]) is None


def test_the_dot_of_a_turkish_capital_is_an_accent() -> None:
    assert accents.agreed(["İBRAHIM", "IBRAHIM", "İBRAHIM"], ["İBRAHIM"]) == "İbrahim"
    assert accents.put_on("IBRAHIM", "İbrahim") == "İBRAHIM"
    assert accents.agreed(["İBRAHIM", "IBRAHIM"]) is None


def test_an_accent_all_know_is_seen_by_two_kinds_of_readers_or_stays_open() -> None:
    assert accents.agreed(["BÙRCA", "BÙRCA", "BÙRCA"], ["BURCA", "BURCA"], ["BÚRCA", "BÚRCA"]) is None
    assert accents.agreed(["BÚRCA", "BÚRCA"], ["BURCA", "BURCA"], ["BÚRCA"]) == "búrca"
    assert accents.agreed(["İBRAHIM", "İBRAHIM"], ["IBRAHIM"]) is None
    assert accents.agreed(["NGUYỄN", "NGUYỄN"], ["NGUYEN", "NGUYEN"]) == "nguyễn"
    assert accents.agreed(["Quőc", "Quőc", "Quőc"], ["Quoc", "Quoc"]) is None
    assert accents.agreed(["Kőszegi", "Kőszegi"], ["Koszegi", "Kőszegi"]) == "kőszegi"
    assert accents.agreed(["Kőszegi"]) == "kőszegi"


def test_a_stroke_is_none_unless_every_look_has_it() -> None:
    assert accents.agreed(["Kowałczyk", "Kowalczyk", "Kowałczyk"]) is None
    assert accents.agreed(["Łukasz", "Łukasz"]) == "łukasz"
    assert accents.agreed(["Đức", "Duc", "Duc"]) is None


def test_a_single_look_is_taken_at_its_word() -> None:
    assert accents.agreed(["Ñandú"]) == "ñandú"


@given(names)
def test_its_own_letters_change_nothing(name: str) -> None:
    assert accents.put_on(name, accents.bare(name)) == unicodedata.normalize("NFC", name)


@given(st.lists(names, min_size=1, max_size=5))
def test_what_is_agreed_has_no_letter_nobody_saw(seen: list[str]) -> None:
    agreed = accents.agreed(seen)

    assert agreed is None or set(agreed) <= set("".join(map(accents.bare, seen)))


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(["accepted", "ask"]))
def test_more_agreement_never_says_less(one: float, other: float, status: Status) -> None:
    less, more = (calibrated(Settled("x", agreement, status), status) for agreement in sorted((one, other)))

    assert 0 < less <= more < 1
