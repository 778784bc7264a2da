"""An amendment as a page for a terminal: which cases are decided otherwise, in words a city attorney reads."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from trustact.law.condition import Condition, Is, Named, Not
from trustact.law.diff import Amendment, Change, DutyChange, ProvisionChange
from trustact.law.finding import Because
from trustact.law.loading import Law
from trustact.law.outline import Outline
from trustact.law.telling import case_words, long_date, outline_words
from trustact.law.wording import in_words, term_words, terms_in
from trustact.terms import ACTION_LABELS

WIDTH = 92
LABEL = 13


def redline(law: Law, amendment: Amendment) -> str:
    """An amendment of a law as plain text 92 columns wide."""
    parts = (
        _head(law, amendment),
        _in_short(amendment.changes),
        _provisions(amendment.provisions),
        _findings(law, amendment.changes),
        _duties(amendment.duties),
        _gaps(amendment),
        _words_used(law, amendment.changes),
    )
    return "\n".join(line.rstrip() for line in chain.from_iterable(parts)) + "\n"


def _head(law: Law, amendment: Amendment) -> Iterator[str]:
    title = f"{law.data.name}: {long_date(amendment.before)} against {long_date(amendment.after)}"
    yield from (title, "=" * len(title))
    yield from _field("law", law.id)
    yield from _field("stands on", ", ".join(amendment.stands_on) or "looked at alone")
    days = ", ".join(map(long_date, amendment.days))
    yield from _field("text changed", days or "on no day between: nothing changed")
    if amendment.days and not amendment.changes:
        yield from _field("findings", "no case has another finding")


def _in_short(changes: Sequence[Change]) -> Iterator[str]:
    if changes:
        yield from _section("In short")
    width = max((len(change.action) for change in changes), default=0) + 2
    for action, some in groupby(changes, lambda change: change.action):
        yield from _field(action, "; ".join(_turn(change).lower() for change in some), width=width)


def _provisions(changes: Iterable[ProvisionChange]) -> Iterator[str]:
    some = sorted(changes, key=lambda change: (change.on, change.how))
    if some:
        yield from _section("Provisions")
    for (day, how), alike in groupby(some, lambda change: (change.on, change.how)):
        cited = "; ".join(f"{change.heading} ({change.cite})" for change in alike)
        yield from _wrapped(f"- {_HOW[how]} {long_date(day)}: {cited}", 2, hang=2)


_HOW = {"begun": "in force from", "ended": "without a rule from", "changed": "with another text from"}


def _findings(law: Law, changes: Iterable[Change]) -> Iterator[str]:
    for action, some in groupby(changes, lambda change: change.action):
        yield from _section(f"{ACTION_LABELS[action]} ({action})")
        for place, change in enumerate(some):
            yield from [""] if place else []
            yield from _change(law, change)


def _change(law: Law, change: Change) -> Iterator[str]:
    yield f"  {_turn(change)}"
    for opening, words in outline_words(change.cases, law.book):
        yield from _field(opening, words, 4)
    for label, reasons in (("before", change.because_before), ("after", change.because_after)):
        if reasons:
            yield from _field(label, _rules(reasons), 4)
    if not _is_plain(change.cases):
        yield from _field("example", case_words(change.example, law.book), 4)


def _turn(change: Change) -> str:
    return f"{change.before} -> {change.after}".replace("not-", "not ").upper()


def _is_plain(cases: Outline) -> bool:
    """Whether an outline is told by facts alone, so that it is its own example."""
    return not (cases.one_of or cases.unless) and all(map(_is_about_one_fact, cases.when))


def _is_about_one_fact(word: Condition) -> bool:
    return _is_about_one_fact(word.part) if isinstance(word, Not | Named) else isinstance(word, Is)


def _rules(reasons: Iterable[Because]) -> str:
    """Rules with their citations, those of one citation together."""
    cited = groupby(reasons, lambda reason: reason.cite)
    return "; ".join(f"{', '.join(r.rule for r in some)} ({cite})" for cite, some in cited)


def _duties(changes: Iterable[DutyChange]) -> Iterator[str]:
    some = list(changes)
    if some:
        yield from _section("Duties")
    for change in some:
        yield from _wrapped(f"- {change.duty}, {change.how}: {change.says} ({change.cite})", 2, hang=2)


def _gaps(amendment: Amendment) -> Iterator[str]:
    if amendment.gaps_after:
        yield from _section(f"Silent on {long_date(amendment.after)}, but not before")
    for note in amendment.gaps_after:
        yield from _wrapped(f"- {note}", 2, hang=2)


def _words_used(law: Law, changes: Iterable[Change]) -> Iterator[str]:
    """The terms that stand between angle marks, each in words, those inside others too."""
    used = dict(sorted(item for change in changes for item in _terms(change.cases).items()))
    if used:
        yield from _section("Words between angle marks")
    for name, part in used.items():
        yield from _wrapped(f"{term_words(name)}: {in_words(part, law.book)}", 2, hang=4)


def _terms(cases: Outline) -> dict[str, Condition]:
    return terms_in(cases.condition)


def _section(heading: str) -> Iterator[str]:
    yield from ("", heading, "-" * len(heading))


def _field(label: str, value: str, indent: int = 2, width: int = LABEL) -> Iterator[str]:
    """A labelled value, wrapped beside its label."""
    first, *rest = _wrapped(value, indent + width)
    yield " " * indent + label.ljust(width) + first.lstrip()
    yield from rest


def _wrapped(text: str, indent: int = 0, hang: int = 0) -> list[str]:
    margin = " " * indent
    return textwrap.wrap(
        text, WIDTH, initial_indent=margin, subsequent_indent=margin + " " * hang, break_on_hyphens=False
    )
