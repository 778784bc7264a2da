"""An address that names a station the department has not is asked."""

import pytest

from trustact.intake.addressed import addressed
from trustact.intake.page import Box
from trustact.intake.reading import Reading

STATIONS = ("A-1", "C-11", "E-13", "HQ")


def asked(address: str, stations: tuple[str, ...]) -> bool:
    reading = Reading("request.to", address, 0.99, "accepted", 1, Box(0, 0, 1, 1))
    return addressed([reading], stations)[0].status == "ask"


@pytest.mark.parametrize(
    ("address", "doubted"),
    [
        ("Boston Police Department, District E-13 3347 Washington Street, Boston, MA 02130", False),
        ("Boston Police Department, District C 11 40 Gibson Street, Boston, MA 02122", False),
        ("Boston Police Department, One Schroeder Plaza, Boston, MA 02120", False),
        ("Boston Police Department, District F-13 3347 Washington Street, Boston, MA 02130", True),
        ("Boston Police Department, District A-7 69 Paris Street, Boston, MA 02128", True),
    ],
)
def test_a_station_the_department_has_not_is_asked(address: str, *, doubted: bool) -> None:
    assert asked(address, STATIONS) is doubted


def test_of_stations_that_have_no_such_codes_nothing_is_said() -> None:
    assert not asked("Police Department, District F-13", ())
    assert not asked("Police Department, District F-13", ("HQ", "north"))


def test_other_fields_are_left_as_they_are() -> None:
    reading = Reading("request.from", "ICE, Building F-13", 0.99, "accepted", 1, Box(0, 0, 1, 1))

    assert addressed([reading], STATIONS) == [reading]
