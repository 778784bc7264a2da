"""The two-key rule: a value is accepted only where two readers that err differently say the same.

One is the teller: the file's own text, or for a picture the line reader, which errs least on faxes. The others bear it
out, the whole of it or word by word (see `weaving`), or speak against it.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from trustact.intake import linereader
from trustact.intake.form import ValueKind
from trustact.intake.grammar import Value
from trustact.intake.known_names import bent_name
from trustact.intake.look import TEXT_LAYER, Look
from trustact.intake.values import value_of
from trustact.intake.weaving import borne_out
from trustact.intake.writing import accents_of, written

Status = Literal["accepted", "ask"]
Seen = tuple[Look, Value]

_LEAST = {"three": 0.3, "two": 0.6, "words": 0.6}
_LEAST_NAME = {"three": 0.5, "two": 0.8, "words": 0.9}
"""How sure the teller must be of its least sure letter where three readers have the whole value, two, or two have every
word of it; and of a person's name."""
_NEARLY_KNOWN = 0.97
"""How sure it must be of a name with a word in it that is nearly a known one, as HERNANDFZ is."""
_SAME = 2
"""Looks of the line reader that must have the value."""
_DISSENT, _OWN_DISSENT = 0.97, 0.8
"""How sure another reader, and the teller itself, must be of another value for it to count."""
NAMES: tuple[ValueKind, ...] = ("name", "signer-name")
"""People's names, of which a word wrong is a person wronged: they are looked at in every way there is."""


class Settled(NamedTuple):
    """The value the looks give, how far they agree (0 to 1), and whether a person must look."""

    value: str | None
    confidence: float
    status: Status


def settle(kind: ValueKind, looks: Sequence[Look]) -> Settled:
    """One value from several looks at the same place; asked where the teller is not borne out, or is spoken against."""
    seen = [(look, value) for look in looks if (value := value_of(kind, look.lines)) is not None]
    if not seen:
        return Settled(None, 0.0, "ask")
    teller = TEXT_LAYER if any(look.reader == TEXT_LAYER for look in looks) else linereader.READER
    told = [(look, value) for look, value in seen if look.reader == teller]
    best = _most_told(told or seen)
    agreed = [(look, value) for look, value in seen if value.key == best]
    text, sure = written(agreed), max(look.confidence for look, _ in agreed)
    own = [(look, value) for look, value in told if value.key == best]
    accepted = (
        bool(own)
        and accents_of(agreed) is not None
        and any(_well_formed(kind, text, one) for one in own)
        and not _spoken_against(best, teller, seen)
        and _borne_out(kind, own, looks, seen)
    )
    return Settled(text, round((sure + len(agreed) / len(looks)) / 2, 3), "accepted" if accepted else "ask")


def _most_told(seen: Sequence[Seen]) -> str:
    """The value most readers have, of several the one most looks have, and then the one a look is surest of."""
    votes = Counter(value.key for _, value in seen)
    readers = Counter(key for key, _ in {(value.key, look.reader) for look, value in seen})
    sure = {key: max(look.confidence for look, value in seen if value.key == key) for key in votes}
    return max(votes, key=lambda key: (readers[key], votes[key], sure[key], key))


def _well_formed(kind: ValueKind, text: str, own: Seen) -> bool:
    """Whether a value, as the teller has it and as it is written down, is one of its kind without doubt."""
    again = value_of(kind, (text,))
    return again is not None and again.key == own[1].key and not (again.doubtful or own[1].doubtful)


def _spoken_against(best: str, teller: str, seen: Sequence[Seen]) -> bool:
    """Whether a look is too sure of another value."""
    return any(
        look.confidence >= (_OWN_DISSENT if look.reader == teller else _DISSENT)
        for look, value in seen
        if value.key != best
    )


def _borne_out(kind: ValueKind, own: Sequence[Seen], looks: Sequence[Look], seen: Sequence[Seen]) -> bool:
    """Whether enough other readers have the teller's value, for how sure the teller is of it."""
    look, value = max(own, key=lambda one: one[0].confidence)
    if look.reader == linereader.READER and len(own) < _SAME:
        return False
    if kind in NAMES and bent_name(value.text) and look.confidence < _NEARLY_KNOWN:
        return False
    least = _LEAST_NAME if kind in NAMES else _LEAST
    others = [other for other in looks if other.reader != look.reader]
    having = {other.reader for other, same in seen if same.key == value.key} - {look.reader}
    if having:
        return look.confidence >= least["three" if len(having) > 1 else "two"]
    return look.confidence >= least["words"] and borne_out(look.lines, others)
