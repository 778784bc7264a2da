"""The retention schedules of the bundled shelf: read for every law, and no period without words that were read."""

from pathlib import Path

import msgspec
import pytest

from tests.conftest import Clock
from trustact.casework.schedule import Rule, Span, rules_of
from trustact.records.office import Agency, Office, make_office
from trustact.shelves import ShelfError
from trustact.terms import Evidence

KEPT: dict[str, tuple[str, Span | None]] = {
    "us-ma": ("us-ma/papers-seven-years", Span(years=7)),
    "us-ma-boston": ("us-ma/papers-seven-years", Span(years=7)),
    "us-ma-somerville": ("us-ma/papers-seven-years", Span(years=7)),
    "us-ma-cambridge": ("us-ma/papers-seven-years", Span(years=7)),
    "us-ca": ("us-ca/two-years", Span(years=2)),
    "us-ca-san-francisco": ("us-ca-san-francisco/five-years", Span(years=5)),
    "us-il": ("us-il/local-records-commission", None),
    "us-il-chicago": ("us-il/local-records-commission", None),
    "us-ny-new-york": ("us-ny-new-york/records-and-information-services", None),
}


def office_of(law: str, folder: Path, clock: Clock) -> Office:
    return make_office(folder, Agency(agency="Police", law=law), clock=clock)


@pytest.mark.parametrize(("law", "kept"), KEPT.items())
def test_each_law_has_the_schedule_nearest_to_it(
    law: str, kept: tuple[str, Span | None], tmp_path: Path, clock: Clock
) -> None:
    (rule,) = rules_of(office_of(law, tmp_path / "office", clock))
    assert (rule.id, rule.keep) == kept
    assert rule.evidence is not Evidence.UNVERIFIED
    assert rule.sources
    assert rule.approval or rule.keep is None


def test_a_law_without_a_schedule_lets_nothing_go(tmp_path: Path, clock: Clock) -> None:
    assert rules_of(office_of("us", tmp_path / "office", clock)) == ()


def test_a_training_office_has_a_rule_of_its_own(tmp_path: Path, clock: Clock) -> None:
    agency = Agency(agency="Police", law="us-ma-boston")
    (rule,) = rules_of(make_office(tmp_path / "office", agency, clock=clock, training=True))
    assert rule.id == "us-ma/training-only"


def test_a_period_nobody_read_and_nobody_set_is_refused(tmp_path: Path, clock: Clock) -> None:
    office = office_of("us-il", tmp_path / "office", clock)
    own = office.folder / "laws" / "us-il" / "retention.yaml"
    own.parent.mkdir(parents=True)
    rule = Rule(
        "us-il/own", ("requests", "set-aside"), Span(years=3), "an order", Evidence.UNVERIFIED, "Three years."
    )
    written = msgspec.to_builtins(rule)
    own.write_bytes(msgspec.yaml.encode({"schedule": "own", "rules": [written]}))
    with pytest.raises(ShelfError, match="has no source that was read"):
        rules_of(office)
    own.write_bytes(
        msgspec.yaml.encode(
            {"schedule": "own", "set_by": "Counsel Reyes", "set_on": "2026-01-02", "rules": [written]}
        )
    )
    assert rules_of(office) == (rule,)
