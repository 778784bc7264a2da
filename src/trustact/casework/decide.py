"""Decide: the law in force is applied to the facts attested, and the answer is recorded so that it replays."""

from collections.abc import Mapping

from trustact.casework import Refused
from trustact.facts import Value
from trustact.law.answer import Answer, answer
from trustact.law.loading import Law, load_law
from trustact.records.append import append
from trustact.records.models import Case, LawArchive
from trustact.records.office import Office
from trustact.shelves import ShelfError


def law_of(office: Office) -> Law:
    """The office's law: from its own law shelf if it keeps one, else the bundled one. Raises Refused."""
    cache: dict[str, Law] = office.__dict__.setdefault("_law", {})
    if office.settings.law not in cache:
        try:
            cache[office.settings.law] = load_law(office.settings.law, office.folder / "laws")
        except ShelfError as wrong:
            raise Refused(str(wrong)) from None
    return cache[office.settings.law]


def apply_law(office: Office, case: Case, law: Law, facts: Mapping[str, Value], by: str) -> Answer:
    """Record what the law lets the office do in a case now, on these facts. Call inside a transaction."""
    LawArchive.objects.get_or_create(digest=law.digest, defaults={"archive": law.archive})
    at = office.clock().astimezone(office.zone)
    found = answer(law, facts, at)
    particulars = {"answer": found.encode().decode(), "facts": dict(facts)}
    append(office, "law-applied", particulars, actor=by, case=case)
    case.stage = "decided"
    case.save(update_fields=["stage"])
    return found
