"""Small laws for tests: a book of six facts, and packs written as plain data."""

from typing import Any

import msgspec

from trustact.law.loading import Law, law_from_archive

FACTS: dict[str, Any] = {
    "request.form": {
        "question": "Which document is the request?",
        "attest": "officer",
        "values": ["detainer", "letter", "order"],
    },
    "custody.here": {"question": "Is the person in our custody?", "attest": "officer"},
    "custody.free": {"question": "Is the person eligible for release (bail posted)?", "attest": "officer"},
    "warrant.signed_by": {
        "question": "Who signed the warrant?",
        "attest": "supervisor",
        "values": ["judge", "clerk"],
    },
    "person.exceptional": {
        "question": "Does an exceptional ground apply?",
        "attest": "records",
        "counts_when_attested": True,
    },
    "position.clerk": {
        "question": "Does a clerk's signature suffice?",
        "attest": "counsel",
        "premise": {"fact": "warrant.signed_by", "is": "clerk"},
    },
}
TERMS: dict[str, Any] = {
    "at-release": {"all": [{"fact": "custody.here", "is": True}, {"fact": "custody.free", "is": True}]},
    "detainer-at-release": {"all": [{"fact": "request.form", "is": "detainer"}, {"term": "at-release"}]},
}


def rule(name: str, finding: str = "prohibited", when: Any = "always", **more: Any) -> dict[str, Any]:
    """A rule about holds, unless `actions` says otherwise."""
    written = {"rule": name, "actions": ["hold"], "finding": finding, "when": when}
    return {**written, "says": f"{name} says so.", "cite": f"s. {name}", "evidence": "text", **more}


def provision(name: str, *versions: dict[str, Any]) -> dict[str, Any]:
    """A provision with its versions."""
    return {"provision": name, "heading": name.title(), "cite": f"s. {name}", "versions": list(versions)}


def pack(law: str, *rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A pack with one provision in force from 2000 that holds these rules, unless `provisions` says otherwise."""
    provisions = [provision("one", {"from": "2000-01-01", "rules": list(rules)})]
    return {
        "law": law,
        "name": law.upper(),
        "citation": f"Code of {law}",
        "jurisdiction": law,
        "binds": "every agency",
        "time_zone": "America/New_York",
        "begins": "2000-01-01",
        "before": "nothing was in force before 2000",
        "provisions": provisions,
        **more,
    }


def law_of(*packs: dict[str, Any], facts: dict[str, Any] | None = None) -> Law:
    """The law whose layers these packs are, the top one first."""
    return law_from_archive(
        msgspec.json.encode({"facts": facts or FACTS, "terms": TERMS, "packs": list(packs)})
    )
