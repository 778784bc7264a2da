"""A law as text for a terminal: what is in force on a day, rule by rule, in words a city attorney reads."""

import datetime as dt
import textwrap
from collections.abc import Iterator
from itertools import chain, groupby

from trustact.law.loading import Law
from trustact.law.pack import Duty, Pack, ProvisionData, Rule
from trustact.law.sheet import NO_PERMISSION, due_words, evidence_words, spelled, status
from trustact.law.wording import in_words, term_words, terms_in

WIDTH = 92
LABEL = 12


def show(law: Law, day: dt.date) -> str:
    """The top layer of a law as it stands on a day, as plain text 92 columns wide but for long addresses."""
    pack = law.layers[0]
    parts = (
        _head(law, day),
        _provisions(law, day),
        _words_used(law, day),
        _definitions(pack),
        _duties(law, day),
        _bars(pack),
        _open_questions(pack),
        _sources(pack),
    )
    return "\n".join(line.rstrip() for line in chain.from_iterable(parts)) + "\n"


def _head(law: Law, day: dt.date) -> Iterator[str]:
    data = law.data
    yield data.name
    yield "=" * len(data.name)
    yield from _field("law", law.id)
    yield from _field("citation", data.citation)
    yield from _field("where", data.jurisdiction)
    yield from _field("binds", data.binds)
    yield from _field("shown as of", f"{day} ({data.time_zone}); the law begins {data.begins}")
    yield from _field("stands on", ", ".join(pack.id for pack in law.layers[1:]) or "no other law")
    yield from _field("status", status(law.data))
    yield from _field("note", data.note)
    yield ""
    yield from _wrapped(NO_PERMISSION)


def _provisions(law: Law, day: dt.date) -> Iterator[str]:
    pack = law.layers[0]
    if day < law.data.begins:
        yield from _section("Provisions")
        yield from _wrapped(f"None: {law.data.before}.")
        return
    for provision in law.data.provisions:
        yield from _section(provision.heading)
        yield from _provision(law, pack, provision, day)


def _provision(law: Law, pack: Pack, provision: ProvisionData, day: dt.date) -> Iterator[str]:
    version = next(v for v in provision.versions if day in v.span)
    yield from _field("citation", provision.cite)
    yield from _field("in force", f"from {version.from_}" + (f" to {version.to}" if version.to else ""))
    yield from _field("text", provision.text)
    yield from _field("gap", version.gap)
    rules = [rule for rule in pack.rules_on(day) if rule.provision == provision.provision]
    for name, clauses in groupby(rules, lambda rule: rule.id):
        yield from ("", f"  {name}")
        for rule in clauses:
            yield from _rule(law, rule)
    if provision.note or version.note:
        yield ""
        yield from _field("note", provision.note)
        yield from _field("this text", version.note)


def _rule(law: Law, rule: Rule) -> Iterator[str]:
    yield from _field("finding", f"{rule.finding}: {', '.join(rule.actions)}", 4)
    yield from _field("says", rule.says, 4)
    yield from _field("when", in_words(rule.when, law.book), 4)
    yield from _field("defeats", ", ".join(rule.defeats), 4)
    yield from _field("citation", rule.cite, 4)
    yield from _field("evidence", "; ".join(evidence_words(case, law.book) for case in rule.evidence), 4)
    yield from _field("sources", ", ".join(rule.sources), 4)
    yield from _field("note", rule.note, 4)


def _words_used(law: Law, day: dt.date) -> Iterator[str]:
    """The conditions that stand between angle marks, each in words, those inside others too."""
    pack = law.layers[0]
    conditions = [rule.when for rule in pack.rules_on(day)] + [duty.when for duty in _duties_on(pack, day)]
    used = {name: part for condition in conditions for name, part in terms_in(condition).items()}
    if used:
        yield from _section("Words between angle marks")
    for name, part in sorted(used.items()):
        yield f"  {term_words(name)}"
        yield from _wrapped(in_words(part, law.book), 6)


def _definitions(pack: Pack) -> Iterator[str]:
    if pack.data.definitions:
        yield from _section("Definitions")
    for definition in pack.data.definitions:
        yield f"  {definition.term}"
        yield from _field("says", definition.says, 4)
        yield from _field("citation", definition.cite, 4)
        yield from _field("evidence", spelled(definition.evidence), 4)
        yield from _field("sources", ", ".join(definition.sources), 4)


def _duties(law: Law, day: dt.date) -> Iterator[str]:
    duties = _duties_on(law.layers[0], day)
    if duties:
        yield from _section("Duties")
    for duty in duties:
        yield f"  {duty.id}"
        yield from _field("says", duty.says, 4)
        yield from _field("when", in_words(duty.when, law.book), 4)
        yield from _field("due", due_words(duty.due), 4)
        yield from _field("citation", duty.cite, 4)
        yield from _field("evidence", spelled(duty.evidence), 4)
        yield from _field("note", duty.note, 4)


def _duties_on(pack: Pack, day: dt.date) -> list[Duty]:
    return [duty for duty in pack.duties if day in duty.span]


def _bars(pack: Pack) -> Iterator[str]:
    if pack.data.standing_bars:
        yield from _section("Standing bars, which no single request raises")
    for bar in pack.data.standing_bars:
        yield from _wrapped(f"- {bar.says} ({bar.cite}; {spelled(bar.evidence)})", 2, hang=2)


def _open_questions(pack: Pack) -> Iterator[str]:
    if pack.data.open_questions:
        yield from _section("Open questions")
    for question in pack.data.open_questions:
        yield from _wrapped(f"- {question}", 2, hang=2)


def _sources(pack: Pack) -> Iterator[str]:
    if pack.data.sources:
        yield from _section("Sources")
    for name, source in pack.data.sources.items():
        yield from _wrapped(f"{name}  {source.title}", 2, hang=4)
        yield f"      {source.at}"


def _section(heading: str) -> Iterator[str]:
    yield ""
    yield heading
    yield "-" * len(heading)


def _field(label: str, value: str, indent: int = 2) -> Iterator[str]:
    """A labelled value, wrapped beside its label; nothing where the value is empty."""
    if value:
        first, *rest = _wrapped(value, indent + LABEL)
        yield " " * indent + label.ljust(LABEL) + first.lstrip()
        yield from rest


def _wrapped(text: str, indent: int = 0, hang: int = 0) -> list[str]:
    margin = " " * indent
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=margin,
        subsequent_indent=margin + " " * hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
