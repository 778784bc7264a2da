"""A theorem about a law: what it says, whether it is proved, and the cases that refute it."""

import datetime as dt
from typing import Literal

import msgspec

from trustact.facts import Value
from trustact.law.finding import Because
from trustact.law.period import Span
from trustact.terms import Action, Verdict


class Counterexample(msgspec.Struct, frozen=True):
    """A case in which a theorem fails, and the days on which it does.

    `facts` make it fail whatever the other facts are; `finding` and `because` are what `decide` says of them on the
    first of the days. `words` tell the case to a lawyer, in one or two paragraphs.
    """

    days: Span
    words: str
    action: Action | None = None
    facts: dict[str, Value] = {}
    finding: Verdict | None = None
    because: tuple[Because, ...] = ()


class Proof(msgspec.Struct, frozen=True):
    """A theorem about a law with its answer; it is proved on every day that no counterexample names.

    `severity` is what a refutation is worth: an error of the pack, or a warning where the law itself may say so.
    `proved_from` is the day from which it holds for good; None where it never does.
    """

    law: str
    theorem: str
    says: str
    status: Literal["proved", "refuted"]
    severity: Literal["error", "warning"]
    proved_from: dt.date | None
    counterexamples: tuple[Counterexample, ...]
    milliseconds: float
