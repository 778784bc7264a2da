"""Proposes facts from what was read of a document. A person confirms each one; a proposal decides nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from trustact.facts import FactBook, Value
from trustact.intake.form import Form
from trustact.intake.signers import capacity

_IMMIGRATION_CRIMES = ("1253", "1324", "1325", "1326")


def propose(reading: Mapping[str, Any], forms: Sequence[Form], book: FactBook) -> dict[str, Value]:
    """Facts a reading proposes: what the recognised forms imply, and what was read without doubt of the warrant.

    `reading` is a recorded reading, as `trustact read --json` prints it, with the form of each page in `packet`.
    """
    facts = _implied(reading, forms)
    accepted = {r["field"]: r["value"] for r in reading["readings"] if r["status"] == "accepted"}
    signer = capacity(str(accepted.get("warrant.signer_title") or ""))
    if signer and facts.get("warrant.presented") is True:
        facts["warrant.signed_by"] = signer
    offence = str(accepted.get("warrant.offence") or "")
    crime = next((section for section in _IMMIGRATION_CRIMES if section in offence), None)
    if crime and facts.get("warrant.issued_by") == "court":
        facts["warrant.offence"] = crime
    return {
        name: value for name, value in facts.items() if name in book.facts and value in book.domains[name]
    }


def _implied(reading: Mapping[str, Any], forms: Sequence[Form]) -> dict[str, Value]:
    """What the forms of the packet imply of the request, and of its strongest warrant: the court's, if any.

    Of a warrant nothing, where a page after the first form is none that is known and none is a court's: it may be that.
    """
    packet = [page["form"] for page in reading.get("packet", ())]
    found = [form for form in forms if form.id in packet]
    warrants = sorted((form for form in found if "warrant" in form.kind), key=lambda form: form.kind)
    facts: dict[str, Value] = {}
    begun = next((at for at, form in enumerate(packet) if form), 0)
    if None in packet[begun:] and not any(form.kind == "judicial-warrant" for form in warrants):
        warrants = []
    for form in warrants:  # administrative first, so that a judicial one overrides it
        facts |= {name: value for name, value in form.facts.items() if name.startswith("warrant.")}
    if not warrants and packet and None not in packet:
        facts["warrant.presented"] = False
    for form in found:
        if form.id == reading["form"]:
            facts |= {name: value for name, value in form.facts.items() if name.startswith("request.")}
    if facts.get("warrant.issued_by") == "court":
        facts.pop("request.purpose", None)  # a court's warrant beside a civil request: a person says which
    return facts
