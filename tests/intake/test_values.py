"""The grammar of each kind of value: as printed, as faxed, and what is not such a value at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustact.intake.form import ValueKind
from trustact.intake.signers import capacity
from trustact.intake.values import value_of

WRITTEN: list[tuple[ValueKind, tuple[str, ...], str]] = [
    ("date", ("08/23/1987",), "1987-08-23"),
    ("date", ("8-3-1987",), "1987-08-03"),
    ("date", ("March 14, 2025",), "2025-03-14"),
    ("date", ("March14,2025",), "2025-03-14"),
    ("date", ("14 MAR 2025",), "2025-03-14"),
    ("date", ("2025-03-14",), "2025-03-14"),
    ("date", ("O8/23/l987",), "1987-08-23"),
    ("date", ("23/08/1987",), "1987-08-23"),
    ("date", ("06702/2025",), "2025-06-02"),
    ("date", ("06/0272025",), "2025-06-02"),
    ("sex", ("f",), "F"),
    ("sex", ("Male",), "Male"),
    ("name", ("MENDOÇA-TAVARES , Adélia",), "MENDOÇA-TAVARES, Adélia"),
    ("name", ("ROSAR1O, Andrés",), "ROSARIO, Andrés"),
    ("name", ("Okafor, T.",), "Okafor, T."),
    ("country", ("ElSalvador",), "El Salvador"),
    ("country", ("EL SALVAD0R",), "EL SALVADOR"),
    ("country", ("VIET NAM",), "VIET NAM"),
    ("country", ("VIETNAM",), "VIETNAM"),
    ("country", ("CHINA. PEOPLE'S REPUBLIC OF",), "CHINA, PEOPLE'S REPUBLIC OF"),
    ("country", ("ETHIOPlA",), "Ethiopia"),
    ("country", ("Ruritania",), "Ruritania"),
    ("digits", ("00O735O17",), "000735017"),
    ("number", ("1:25-mj-06114-ADB",), "1:25-mj-06114-ADB"),
    ("event-number", ("B0S25O6398056",), "BOS2506398056"),
    ("file-number", ("A 204 118 736",), "A 204 118 736"),
    ("file-number", ("AQ04-118-736",), "A004-118-736"),
    ("file-number", ("4204 118 736",), "A204 118 736"),
    ("file-number", ("A204-118 736",), "A204-118-736"),
    ("address", ("Boston Police Department. District A-1", "40 New Sudbury Street"), "Boston Police Department, District A-1 40 New Sudbury Street"),
    ("address", ("ICE ERO Boston Field Office", "100Q District Avenue, Burlington, MA 01803"), "ICE ERO Boston Field Office 1000 District Avenue, Burlington, MA 01803"),
    ("court", ("for the", "Eastern District of New York"), "UNITED STATES DISTRICT COURT for the Eastern District of New York"),
    ("signer-name", ("Ruth O. Adeyemi, U.S. Magistrate Judge",), "Ruth O. Adeyemi"),
    ("signer-name", ("Thuy Raghunathan Supervisory Detention and Deportation Officer",), "Thuy Raghunathan"),
    ("signer-name", ("Marisol Lindqvist",), "Marisol Lindqvist"),
    ("signer-title", ("Ruth O. Adeyemi", "US. Magistrate Judge"), "U.S. Magistrate Judge"),
    ("signer-title", ("Ruth O. Adeyemi", "U.5. Magistrate Judge"), "U.S. Magistrate Judge"),
    ("signer-title", ("OKONKWO, Temitope - Deportation Officer",), "Deportation Officer"),
    ("signer-name", ("OKONKWO, Temitope - Deportation Officer",), "OKONKWO, Temitope"),
]  # fmt: skip

REFUSED: list[tuple[ValueKind, str]] = [
    ("date", "31/31/2025"),
    ("date", "soon"),
    ("sex", "unknown"),
    ("country", "12"),
    ("digits", "see below"),
    ("digits", "A204118736"),
    ("number", "none"),
    ("file-number", "pending"),
    ("court", "Superior Court"),
    ("signer-title", "Temitope Okonkwo"),
    ("signer-name", "Deportation Officer"),
    ("name", "____"),
]


@pytest.mark.parametrize(("kind", "lines", "text"), WRITTEN)
def test_a_value_is_written_down_one_way(kind: ValueKind, lines: tuple[str, ...], text: str) -> None:
    value = value_of(kind, lines)

    assert value is not None
    assert value.text == text


@pytest.mark.parametrize(("kind", "line"), REFUSED)
def test_what_is_no_such_value_is_none(kind: ValueKind, line: str) -> None:
    assert value_of(kind, (line,)) is None


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("date", ("08/23/87",)),
        ("date", ("(3-Jan-1970",)),
        ("number", ("25-mj-9590-T",)),
        ("number", ("-mj-9919-AKR",)),
        ("number", ("Cr 9847 DO",)),
        ("text", ("(a), (b)(1) - Reentry of Removed Alien",)),
        ("file-number", ("A00081191",)),
        ("digits", ("00036115",)),
        ("address", ("200 Dyer Strect, Providence, RI 02903",)),
        ("address", ("Boston Police Departinent",)),
        ("address", ("ICE Support Center", "188 Harvest Lane, Williston, VT 05 195")),
        ("address", ("ICE Support Center", "1 88 Harvest Lane, Williston, VT 05495")),
        ("address", ("Boston Police Department", "1165 8lue Hill Avenue, Boston, MA 02124")),
        ("address", ("Boston Police Department, District E", "1708 Centre Street, Boston, MA 02132")),
        ("address", ("Boston Police Department", "1249 Hyde Park Avenue")),
        ("address", ("Boston Police Department, District A-7", "Paris Street, Boston, MA 02128")),
        ("address", ("ICE Law Enforcement Support Center", "188 Harvest Lane, Williston, VT 65495")),
        ("address", ("ICE ERO Providence Sub-Office", "200 Dyer Street, Providence, RI 02003")),
        ("address", ("Boston Police Department, District A-1", "40 Now Sudbury Street, Boston, MA 02114")),
        ("address", ("Police Department, District B-3", "1165 Blue Hill Avenue, Boston, MA 02124")),
        ("address", ("ICE ERO Hartford Sub-Office", "450 Maln Street, Hartford, CT 06103")),
        ("address", ("ICE Law Enforcement Support Center", "188 Harvest Lane, Williston, VI 05495")),
        ("address", ("RO Boston Field Office", "1000 District Avenue, Burlington, MA 01803")),
        ("address", ("ICE FBO Hartford Sub-Office", "450 Main Street, Hartford, CT 06103")),
        ("name", ("Grzegorz Delacrolx",)),
        ("signer-title", ("Magistratc Judge",)),
        ("signer-title", ("Pria Kealoha JL5, Magistrate Judge",)),
        ("signer-title", ("Supervisory Detention ond Deportation Officer",)),
        ("signer-title", ("Deportatiorr Officer and DeputyClerk",)),
        ("signer-title", ("Amina K. Abernathy", "Deputy")),
    ],
)
def test_a_guess_is_marked_doubtful(kind: ValueKind, lines: tuple[str, ...]) -> None:
    value = value_of(kind, lines)

    assert value is not None
    assert value.doubtful or value.torn


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)),
    st.sampled_from(["%m/%d/%Y", "%m-%d-%Y", "%B %d, %Y", "%b %d %Y", "%d %b %Y", "%Y-%m-%d", "%d %B %Y"]),
)
def test_every_date_survives_every_print(day: date, print_of_it: str) -> None:
    value = value_of("date", (day.strftime(print_of_it),))

    assert value is not None
    assert value.text == day.isoformat()
    assert value.sure


@given(st.sampled_from([kind for kind, _, _ in WRITTEN]), st.lists(st.text(max_size=40), max_size=3))
def test_no_print_whatever_breaks_a_grammar(kind: ValueKind, lines: list[str]) -> None:
    value = value_of(kind, tuple(lines))

    assert value is None or value.text


def test_a_date_with_a_letter_in_its_year_is_not_the_date_of_another_year() -> None:
    value = value_of("date", ["06/02/202S"])

    assert value is None or value.text == "2025-06-02"


def test_the_number_of_a_station_counts_with_or_without_its_hyphen() -> None:
    keys = {
        text: value_of("address", [f"Boston Police Department, District {text}"])
        for text in ("B-3", "B 3", "B.3")
    }

    assert len({value.key for value in keys.values() if value}) == 1
    assert keys["B.3"] is not None
    assert keys["B.3"].doubtful


def test_the_comma_after_a_family_name_may_have_lost_its_tail() -> None:
    value = value_of("name", ["JEAN-BAPTISTE. FRANTZ"])
    doubted = value_of("name", ["Jean Wisly. Pierre"])

    assert value is not None
    assert value.text == "JEAN-BAPTISTE, FRANTZ"
    assert doubted is not None
    assert doubted.doubtful


def test_a_country_written_without_accents_has_none() -> None:
    value = value_of("country", ["D\u00d3MINICAN REPUBLIC"])

    assert value is not None
    assert value.text == "DOMINICAN REPUBLIC"


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("U.S. Magistrate Judge", "magistrate-judge"),
        ("Deputy Clerk", "clerk-of-court"),
        ("Supervisory Detention and Deportation Officer", "dhs-officer"),
        ("Immigration Judge", "immigration-judge"),
        ("Clerk for the Magistrate Judge", None),
        ("Officer", None),
    ],
)
def test_a_title_tells_one_capacity_or_none(title: str, told: str | None) -> None:
    assert capacity(title) == told


@pytest.mark.parametrize("office", ["Department of Correction", "Office of the Sheriff", "District Court", "Law Enforcement Support Center"])  # fmt: skip
def test_an_office_may_begin_with_what_also_follows_a_citys_name(office: str) -> None:
    read = value_of("address", (office, "20 Bradston Street, Boston, MA 02118"))

    assert read is not None
    assert not read.torn
