"""Outcomes counted: accepted, wrong, asked; forms mistaken; what must never be wrong in silence; tables of them."""

import statistics
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from bench.reading_trial import LEVELS, Cell, Outcome
from bench.sheet import Sheet, target

TARGETS = {
    "scan": (98.5, 0.1),
    "fine": (97, 0.1),
    "standard": (92, 0.2),
    "bad": (65, 0.5),
    "phone": (93, 0.2),
}
"""Of typed fields of known prints: accepted at least, wrong among accepted at most, in per cent."""
OFTEN = 20
"""Values at least of which a share is told."""
UNKNOWN = "D"
"""The print that is on no shelf."""
CUTS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
KNOWN_LEVELS = LEVELS[:4]
"""Where nearly every form must be recognised."""
HELD_BACK = 100_000
"""The first seed whose errors are counted and not shown."""
CAPACITIES = ("magistrate", "district judge", "clerk", "immigration judge", "justice", "judge")


class Tally(NamedTuple):
    """Fields counted: how many, how many accepted, how many of those wrong, how many of those in their accents only."""

    fields: int
    accepted: int
    wrong: int
    accents: int

    def line(self) -> tuple[str, ...]:
        """Accepted, wrong among accepted, and asked, for reading."""
        return share(self.accepted, self.fields), share(self.wrong, self.accepted, most=2), share(self.fields - self.accepted, self.fields)  # fmt: skip


def letters(value: str, *, accents: bool) -> str:
    """A value as two readers would agree on it: letters, digits and number signs; accents where asked."""
    whole = unicodedata.normalize("NFKD", value).casefold()
    kept = "".join(c for c in whole if c.isalnum() or c == "#" or (accents and unicodedata.combining(c)))
    return unicodedata.normalize("NFC", kept)


def right(cell: Cell, *, accents: bool = False) -> bool:
    """Whether what was read is what stands there, case, spaces and punctuation aside."""
    if isinstance(cell.want, bool) or isinstance(cell.got, bool) or cell.want is None or cell.got is None:
        return cell.want is cell.got
    want, got = letters(cell.want, accents=accents), letters(cell.got, accents=accents)
    return want[:1] == got[:1] if cell.field == "subject.sex" else want == got


def tally(cells: Iterable[Cell], accepted: Callable[[Cell], bool] = lambda cell: cell.accepted) -> Tally:
    """Cells counted, by the reader's own word or by another rule of acceptance."""
    every = list(cells)
    kept = [cell for cell in every if accepted(cell) and cell.got is not None]
    wrong = sum(not right(cell) for cell in kept)
    accents = sum(right(cell) and not right(cell, accents=True) for cell in kept)
    return Tally(sum(cell.want is not None for cell in every), len(kept), wrong, accents)


def silent(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How often each thing that must never be wrong in silence was: form, signer's capacity, tick box."""
    counts = dict.fromkeys(("form", "capacity", "tick box"), 0)
    for outcome in outcomes:
        counts["form"] += outcome.form not in (None, outcome.wanted)
        for cell in outcome.cells:
            counts["tick box"] += cell.accepted and isinstance(cell.got, bool) and cell.got is not cell.want
            counts["capacity"] += cell.accepted and cell.field == "warrant.signer_title" and _capacity(cell.got) != _capacity(cell.want)  # fmt: skip
    return counts


def _capacity(title: str | bool | None) -> str:
    said = str(title or "").casefold()
    return next((capacity for capacity in CAPACITIES if capacity in said), "officer" if said else "")


def sheets(outcomes: Sequence[Outcome]) -> Iterator[Sheet]:
    """The whole report of some outcomes."""
    yield Sheet("Targets", ("target", "measured", ""), list(_targets(outcomes)))
    yield _by_level(outcomes)
    yield _grid(
        "Forms: accepted, wrong of accepted", outcomes, lambda o, _: f"{o.trial.form} {o.trial.print_id}"
    )
    yield _grid("Fields: accepted, wrong of accepted", outcomes, lambda _, cell: cell.field)
    yield _grid("Hands: accepted, wrong of accepted", outcomes, lambda _, cell: cell.hand)
    yield _cuts(outcomes)
    yield _said(outcomes)
    yield _errors(outcomes)


def _targets(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str, str]]:
    for level, (least, most) in TARGETS.items():
        seen = _typed(o for o in outcomes if o.trial.level == level and o.trial.print_id != UNKNOWN)
        if seen.fields:
            holds = 100 * seen.accepted >= least * seen.fields and 100 * seen.wrong <= most * seen.accepted
            yield target(
                f"{level}: typed fields of known prints accepted at least {least} %, wrong among them at most {most} %",
                f"{share(seen.accepted, seen.fields)}, {share(seen.wrong, seen.accepted, most=2)} ({seen.wrong} of {seen.accepted})",
                holds=holds,
            )
    unknown = _typed(o for o in outcomes if o.trial.print_id == UNKNOWN)
    if unknown.fields:
        yield f"print {UNKNOWN}, on no shelf, all levels: no target", f"{share(unknown.accepted, unknown.fields)}, {share(unknown.wrong, unknown.accepted, most=2)} wrong ({unknown.wrong} of {unknown.accepted})", ""  # fmt: skip
    forms = [o for o in outcomes if o.wanted and o.trial.level in KNOWN_LEVELS]
    known = [o.form == o.wanted for o in forms if o.trial.print_id != UNKNOWN]
    if known:
        yield target("form recognised 99.9 %, known prints, all but photos", f"{share(sum(known), len(known))} of {len(known)}", holds=sum(known) >= 0.999 * len(known))  # fmt: skip
    if other := [o.form == o.wanted for o in forms if o.trial.print_id == UNKNOWN]:
        yield f"form recognised, print {UNKNOWN}, all but photos: no target", f"{share(sum(other), len(other))} of {len(other)}", ""  # fmt: skip
    pages = sum(outcome.pages for outcome in outcomes)
    for what, count in silent(outcomes).items():
        yield target(f"{what} never wrong in silence", f"{count} in {pages} pages", holds=not count)


def _typed(outcomes: Iterable[Outcome]) -> Tally:
    return tally(cell for outcome in outcomes for cell in outcome.cells if cell.hand == "typed")


def _by_level(outcomes: Sequence[Outcome]) -> Sheet:
    columns = ("", "documents", "pages", "form recognised", "taken for another", "fields", "accepted", "wrong", "asked", "accents lost", "tick box silent", "capacity silent", "s a page", "CPU s a page", "peak MiB")  # fmt: skip
    return Sheet("Degradations", columns, [_level_row(level, group) for level, group in _levels(outcomes)])


def _level_row(level: str, group: Sequence[Outcome]) -> tuple[str, ...]:
    seen, never = tally(cell for o in group for cell in o.cells), silent(group)
    known = [o for o in group if o.wanted]
    return (
        level,
        str(len(group)),
        str(sum(outcome.pages for outcome in group)),
        share(sum(o.form == o.wanted for o in known), len(known)),
        str(never["form"]),
        str(seen.fields),
        *seen.line(),
        str(seen.accents),
        str(never["tick box"]),
        str(never["capacity"]),
        f"{statistics.median(o.seconds for o in group):.1f}",
        f"{statistics.median(o.cpu for o in group):.1f}",
        str(max(o.peak for o in group)),
    )


def _levels(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, list[Outcome]]]:
    for level in LEVELS:
        if group := [outcome for outcome in outcomes if outcome.trial.level == level]:
            yield level, group
    yield "all", list(outcomes)


def _recognised(outcomes: Sequence[Outcome]) -> Sheet:
    """Of every form and look-alike at every level: how often it was taken for what it is, and how often for another."""
    levels = [level for level in LEVELS if any(o.trial.level == level for o in outcomes)]
    rows = []
    for form in sorted({outcome.trial.form for outcome in outcomes}):
        groups = ([o for o in outcomes if (o.trial.form, o.trial.level) == (form, level)] for level in levels)
        rows.append((form, *(_taken(group) for group in groups)))
    return Sheet("Forms recognised, look-alikes taken for none", ("", *levels), rows)


def _taken(group: Sequence[Outcome]) -> str:
    others = sorted({str(o.form) for o in group if o.form not in (None, o.wanted)})
    mistaken = f", **taken for {', '.join(others)}**" if others else ""
    return f"{sum(o.form == o.wanted for o in group)} of {len(group)}{mistaken}" if group else ""


def _grid(heading: str, outcomes: Sequence[Outcome], row: Callable[[Outcome, Cell], Hashable]) -> Sheet:
    """Accepted and wrong of every row at every level."""
    cells: dict[tuple[object, str], list[Cell]] = defaultdict(list)
    for outcome in outcomes:
        for cell in outcome.cells:
            cells[row(outcome, cell), outcome.trial.level].append(cell)
    levels = [level for level in LEVELS if any(at == level for _, at in cells)]
    rows = [
        (str(name), *(_brief(cells[name, level]) for level in levels))
        for name in sorted({name for name, _ in cells}, key=str)
    ]
    return Sheet(heading, ("", *levels), rows)


def _brief(cells: Sequence[Cell]) -> str:
    seen = tally(cells)
    wrong = f", **{seen.wrong} wrong**" if seen.wrong else ""
    return f"{share(seen.accepted, seen.fields)} of {seen.fields}{wrong}" if cells else ""


def _cuts(outcomes: Sequence[Outcome]) -> Sheet:
    """For each level: what is rejected, and what is wrong of the rest, as shipped and at each cut of the confidence."""
    rows = []
    for level, group in _levels(outcomes):
        cells = [cell for outcome in group for cell in outcome.cells]
        shown = [tally(cells), *(tally(cells, lambda cell, cut=cut: cell.confidence >= cut) for cut in CUTS)]
        rows.append((level, *(f"{share(t.fields - t.accepted, t.fields)} / {share(t.wrong, t.accepted, most=2)}" for t in shown)))  # fmt: skip
    return Sheet("Rejected / wrong of the rest, at cuts of the confidence", ("", "as shipped", *map(str, CUTS)), rows)  # fmt: skip


def _said(outcomes: Sequence[Outcome]) -> Sheet:
    """How sure the reader said it was of values on known prints, beside the share that was right, where it said so often."""
    bands: dict[tuple[str, float], list[bool]] = defaultdict(list)
    for outcome in outcomes:
        for cell in outcome.cells:
            if outcome.trial.print_id != UNKNOWN and isinstance(cell.got, str) and cell.want is not None:
                status = "accepted" if cell.accepted else "asked"
                bands[status, cell.confidence].append(right(cell))
    rows = [
        (status, f"{said:.1%}", share(sum(told), len(told)), str(len(told)))
        for (status, said), told in sorted(bands.items(), reverse=True)
        if len(told) >= OFTEN
    ]
    return Sheet("What a confidence says", ("", "said", "right", "values"), rows)


def _errors(outcomes: Sequence[Outcome]) -> Sheet:
    """Every silent error of the seeds for tuning; those held back stay uncounted one by one."""
    rows = []
    for outcome in outcomes:
        at = outcome.trial
        if at.seed >= HELD_BACK:
            continue
        if outcome.form not in (None, outcome.wanted) or outcome.failure:
            rows.append((f"{at.form} {at.print_id} {at.level} {at.seed}", "form", str(outcome.wanted), outcome.failure or str(outcome.form)))  # fmt: skip
        rows += [
            (f"{at.form} {at.print_id} {at.level} {at.seed}", cell.field, f"{cell.want}", f"{cell.got}")
            for cell in outcome.cells
            if cell.accepted and not right(cell)
        ]
    return Sheet("Wrong in silence (seeds for tuning)", ("specimen", "field", "stands there", "read"), rows)


def share(part: int, whole: int, *, most: int = 1) -> str:
    """A share in per cent for reading."""
    return f"{100 * part / whole:.{most}f} %" if whole else "-"
