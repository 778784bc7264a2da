"""What an author must know of a law: its theorems, as `trustact law check` prints them, and `trustact law diff`."""

import datetime as dt
import textwrap
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import click
import msgspec

from trustact.cli.inputs import own_shelf
from trustact.law.diff import Amendment, Change, diff
from trustact.law.loading import Law, load_law
from trustact.law.period import moment
from trustact.law.redline import redline
from trustact.law.telling import long_date, outline_words, written
from trustact.law.theorem import Counterexample, Proof

NO_SOLVER = "theorems not tried; they need the z3 solver: pip install 'trustact[prove]'"


def proofs_of(law: Law) -> list[Proof]:
    """The theorems about a law with their answers; none without the `prove` extra."""
    if find_spec("z3") is None:
        return []
    from trustact.law.prove import prove

    return prove(law, perf_counter)


def proof_lines(proofs: Iterable[Proof]) -> Iterator[str]:
    """Theorems for people: a line each, and below a refuted one the cases that refute it."""
    proof = None
    for proof in proofs:
        yield f"{proof.status}: {proof.law}: {proof.says} ({proof.milliseconds:.0f} ms)"
        for found in proof.counterexamples:
            for paragraph in f"{_days(found)}: {found.words}".splitlines():
                yield from _wrapped(paragraph)
        if proof.counterexamples and proof.proved_from:
            yield from _wrapped(f"proved from {long_date(proof.proved_from)} on")
    if proof is None:
        yield NO_SOLVER


def refuted(proofs: Iterable[Proof]) -> bool:
    """Whether a theorem fails that no law may break."""
    return any(proof.status == "refuted" and proof.severity == "error" for proof in proofs)


def _days(found: Counterexample) -> str:
    first = long_date(found.days.first)
    return f"{first} to {long_date(found.days.last)}" if found.days.last else f"from {first} on"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 92, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)


@click.command("diff", epilog="Example: trustact law diff us-ma-boston --from 2015-01-01 --to 2020-01-01")
@click.argument("law_id", metavar="LAW")
@click.option("--from", "before", required=True, metavar="DATE", help="The earlier day.")
@click.option("--to", "after", required=True, metavar="DATE", help="The later day.")
@own_shelf
@click.option("--layer-only", is_flag=True, help="LAW alone, without the laws it stands on.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def diff_law(
    law_id: str, before: str, after: str, laws: Path | None, *, layer_only: bool, as_json: bool
) -> None:
    """Say what amendments of LAW changed between two days: every case whose finding changes, and no other."""
    law = load_law(law_id, laws)
    if layer_only:
        law = msgspec.structs.replace(law, layers=law.layers[:1])
    found = diff(law, _day(before, law), _day(after, law))
    click.echo(msgspec.json.encode(_data(law, found)) if as_json else redline(law, found), nl=as_json)


def _day(text: str, law: Law) -> dt.date:
    zone = law.data.time_zone
    return moment(text, zone).astimezone(ZoneInfo(zone)).date()


def _data(law: Law, found: Amendment) -> dict[str, Any]:
    plain = msgspec.structs.asdict(found)
    return {**plain, "changes": [_change(law, change) for change in found.changes]}


def _change(law: Law, change: Change) -> dict[str, Any]:
    """A change with its cases as a condition such as packs write, and in words."""
    words = " ".join(f"{opening} {words}" for opening, words in outline_words(change.cases, law.book))
    return {**msgspec.structs.asdict(change), "cases": written(change.cases.condition), "words": words}
