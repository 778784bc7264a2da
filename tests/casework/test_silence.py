"""Silent stations, channels and gateways are noticed."""

import msgspec
import pytest

from tests.conftest import Clock
from trustact.casework.receive import receive
from trustact.casework.silence import SilenceLine, silence
from trustact.casework.tokens import end_token, make_token
from trustact.records.office import Office


def deliver(
    office: Office, clock: Clock, *days: float, station: str = "D-4", by: str = "Sgt. R. Okafor"
) -> None:
    for wait in days:
        clock.forward(days=wait)
        receive(office, f"fax {clock.now}".encode(), station=station, channel="fax", by=by)


def line(office: Office, code: str) -> SilenceLine:
    return next(each for each in silence(office) if each.code == code)


def test_nobody_is_silent_before_the_first_entry(office: Office) -> None:
    assert not [each for each in silence(office) if each.longer or each.silent_days]


def test_a_station_is_silent_for_longer_than_thirty_days(office: Office, clock: Clock) -> None:
    deliver(office, clock, 0, 7, 7, 8)
    clock.forward(days=30)
    d4, never = line(office, "D-4"), line(office, "B-2")
    assert (d4.deliveries, d4.usual_days, d4.silent_days, d4.longer) == (4, 7, 30, False)
    assert (never.deliveries, never.usual_days, never.silent_days, never.longer) == (0, None, 52, True)
    clock.forward(days=1)
    assert line(office, "D-4").longer
    assert line(office, "fax").longer


def test_the_office_says_how_long_it_expects(office: Office, clock: Clock) -> None:
    own = msgspec.structs.replace(office.settings, expected_days={"D-4": 3})
    quick = Office(office.folder, own, clock)
    deliver(quick, clock, 0)
    clock.forward(days=4)
    assert [line(quick, code).longer for code in ("D-4", "fax")] == [True, False]


def test_a_station_the_settings_do_not_name_is_shown_too(office: Office, clock: Clock) -> None:
    deliver(office, clock, 0, station="Annex")
    assert line(office, "Annex").deliveries == 1


@pytest.mark.parametrize("delivers", [False, True])
def test_a_gateway_that_never_delivered_is_noticed_at_once(
    office: Office, clock: Clock, delivers: bool
) -> None:
    make_token(office, "fax-gateway", "fax", "technician")
    if delivers:
        deliver(office, clock, 0, by="gateway fax-gateway")
    assert line(office, "fax-gateway").longer is not delivers
    end_token(office, "fax-gateway", "technician")
    assert "fax-gateway" not in [each.code for each in silence(office)]
