"""The set of documents the demonstration takes in: a year of requests to Boston's police, all invented."""

import random
from datetime import date, datetime

import msgspec

from trustact.specimens import matter
from trustact.specimens.matter import Matter
from trustact.specimens.page import PrintId
from trustact.specimens.people import CULTURES
from trustact.specimens.places import station
from trustact.specimens.specimen import BOSTON, Level, Sending, Specimen, compose


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """One document of the set: whose papers, which forms, how they look, when and where they come in.

    `received` is month, day, hour and minute in Boston; `station` only where it is not the one addressed.
    """

    name: str
    matter: str
    forms: tuple[str, ...]
    print_id: PrintId
    level: Level
    received: tuple[int, int, int, int]
    note: str
    station: str = ""
    channel: str = ""
    notices: bool = False


ARRIVALS = (
    Arrival(
        name="detainer-fillable",
        matter="by e-mail",
        forms=("i-247a",),
        print_id="A",
        level="fillable",
        received=(2, 3, 9, 41),
        notices=True,
        note="I-247A as a fillable PDF, by e-mail",
    ),
    Arrival(
        name="detainer-fax",
        matter="by night",
        forms=("i-247a", "i-200"),
        print_id="A",
        level="fine",
        received=(3, 14, 22, 10),
        note="the usual packet: I-247A with an I-200, faxed to the district at night",
    ),
    Arrival(
        name="detainer-fax-again",
        matter="by night",
        forms=("i-247a", "i-200"),
        print_id="A",
        level="fine",
        received=(3, 14, 22, 31),
        station="A-1",
        note="the same packet sent again, to another station",
    ),
    Arrival(
        name="detainer-revised",
        matter="revised",
        forms=("i-247a", "i-205"),
        print_id="A",
        level="standard",
        received=(3, 15, 11, 5),
        note="a new I-247A cancels the one before it and comes with an I-205",
    ),
    Arrival(
        name="notification-fax",
        matter="notice only",
        forms=("i-247g",),
        print_id="B",
        level="fine",
        received=(5, 22, 16, 48),
        note="I-247G: notice of release is asked, no hold",
    ),
    Arrival(
        name="judicial-packet",
        matter="charged",
        forms=("i-247a", "ao-442"),
        print_id="B",
        level="scan",
        received=(7, 9, 10, 15),
        channel="hand",
        note="I-247A with a magistrate judge's arrest warrant, 8 U.S.C. 1326, scanned at the desk",
    ),
    Arrival(
        name="not-a-request",
        matter="none",
        forms=("fax-cover",),
        print_id="A",
        level="fine",
        received=(8, 19, 13, 2),
        note="a pharmacy's fax that is no request at all",
    ),
    Arrival(
        name="warrant-alone",
        matter="warrant",
        forms=("i-200",),
        print_id="B",
        level="standard",
        received=(10, 6, 3, 27),
        note="an I-200 with no detainer",
    ),
    Arrival(
        name="detainer-bad-fax",
        matter="bad line",
        forms=("i-247a",),
        print_id="B",
        level="bad",
        received=(12, 1, 23, 58),
        note="an I-247A over a bad line: what stays unsure is looked at by a person",
    ),
)
"""The year, in order of receipt."""


def demo_set(seed: int, year: int) -> list[Specimen]:
    """The nine documents of `ARRIVALS`, received in that year. Same seed and year, same bytes."""
    rng = random.Random(seed)
    cases = _cases(rng, year)
    return [_received(arrival, cases[arrival.matter], year, rng) for arrival in ARRIVALS]


def _cases(rng: random.Random, year: int) -> dict[str, Matter]:
    """The matters by name: eight, of seven subjects from seven places."""
    cultures = iter(rng.sample(CULTURES, len(CULTURES)))

    def case(month: int, day: int, to: str, *bases: str) -> Matter:
        return matter.invent(
            rng.getrandbits(32),
            date(year, month, day),
            to=station(to),
            bases=frozenset(bases),
            culture=next(cultures),
            document="complaint",
            offence=matter.OFFENCES[0],
        )

    cases = {
        "by e-mail": case(2, 3, "C-11", "removal_proceedings"),
        "by night": case(3, 14, "D-4", "biometric"),
        "notice only": case(5, 22, "E-13"),
        "charged": case(7, 8, "A-1", "final_order"),
        "none": case(8, 19, "A-7"),
        "warrant": case(10, 6, "B-2", "biometric", "statements"),
        "bad line": case(12, 1, "E-18", "statements"),
    }
    first = cases["by night"]
    ordered = frozenset({"final_order"})
    cases["revised"] = msgspec.structs.replace(
        first, issued=date(year, 3, 15), bases=ordered, cancels=first.issued
    )
    return cases


def _received(arrival: Arrival, case: Matter, year: int, rng: random.Random) -> Specimen:
    sending = Sending(
        name=arrival.name,
        forms=arrival.forms,
        print_id=arrival.print_id,
        level=arrival.level,
        received=datetime(year, *arrival.received, tzinfo=BOSTON),
        seed=rng.getrandbits(32),
        notices=arrival.notices,
        station=arrival.station,
        channel=arrival.channel,
        note=arrival.note,
    )
    return compose(case, sending)
