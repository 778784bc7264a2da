"""The desk's words for what the record holds: stages, values of facts, who attests, icons beside every word.

An icon stands beside a word, never instead of one; no meaning hangs on a colour.
"""

import re
from typing import Any

from trustact.terms import Verdict

STAGE_LABELS: dict[str, str] = {
    "received": "To be read",
    "read": "Facts to confirm",
    "decided": "Outcome to record",
    "second-person": "Takes a second person",
    "supervisor": "With a supervisor",
    "acted": "Done",
    "set-aside": "Set aside",
    "quarantined": "Could not be opened",
}

VERDICT_ICONS: dict[Verdict, str] = {
    Verdict.PROHIBITED: "highlight_off",
    Verdict.REQUIRED: "priority_high",
    Verdict.PERMITTED: "check_circle_outline",
    Verdict.NOT_REGULATED: "remove_circle",
    Verdict.UNDETERMINED: "help_outline",
}

ATTESTERS = {
    "officer": "an officer",
    "supervisor": "a supervisor",
    "records": "the records unit",
    "counsel": "counsel",
}

_CAPITALS = re.compile(r"\b(api|cbp|dhs|ero|fbi|fax|hsi|ice|iii|ncic|usms)\b")
_FORM = re.compile(r"(i|ao)-\d+[a-z]?")
_SECTION = re.compile(r"(\d{4})([a-z])?(\d)?")


def words(value: Any) -> str:
    """A value of a fact or a reading as people write it: `ice-ero` as ICE ERO, `1326b2` as 8 U.S.C. 1326(b)(2)."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    text = str(value)
    if _FORM.fullmatch(text):
        return text.upper()
    section = _SECTION.fullmatch(text)
    if section:
        return f"8 U.S.C. {section[1]}" + "".join(f"({part})" for part in section.groups()[1:] if part)
    text = _CAPITALS.sub(lambda match: match[0].upper(), text.replace("-", " ").replace("_", " "))
    return text[:1].upper() + text[1:]
