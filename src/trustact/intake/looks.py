"""The two-key rule: a value is accepted only where two readers that err differently say the same."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from trustact.intake.echoes import echoed
from trustact.intake.form import ValueKind
from trustact.intake.grammar import Value
from trustact.intake.look import BLIND, Look
from trustact.intake.values import value_of
from trustact.intake.weaving import Strand, woven
from trustact.intake.writing import accents_of, written

Status = Literal["accepted", "ask"]

ALONE = 0.95
"""How sure every look of a single reader must be, where there is no second one."""
_DOUBT = 0.9
"""How sure a look must be for its different value to put an agreed one in doubt."""
_HEARD = 0.5
"""How sure a look must be for more letters in it to count."""
_FAINT = 0.35
"""Below this a reader has guessed."""
_FIGURES: tuple[ValueKind, ...] = ("date", "digits", "number", "event-number", "file-number")
_SURE = (0.6, 0.9)
"""How sure an engine must be of figures: one that counts its least sure letter, and one that counts its least sure word."""
NAMES: tuple[ValueKind, ...] = ("name", "signer-name")
"""People's names, of which a word wrong is a person wronged: they are looked at more often, and nothing may speak against them."""
_PROSE: tuple[ValueKind, ...] = ("address", "text", "court", "signer-title")
"""Values put together word by word more often than seen whole."""
_SEEN_WHOLE = dict.fromkeys(NAMES, 0.6) | dict.fromkeys(_PROSE, 0.3)
"""The share of looks that must have the whole value: of what both engines misread alike, few looks have all."""


class Settled(NamedTuple):
    """The value the looks give, how sure it is (0 to 1), and whether a person must look."""

    value: str | None
    confidence: float
    status: Status


def settle(kind: ValueKind, looks: Sequence[Look]) -> Settled:
    """One value from several looks at the same place.

    One with a figure in it that may be another is asked, and so are figures no engine is sure of in any look, and names
    and words that too few looks have whole.
    """
    settled = _agreed(kind, looks)
    suspect = set(settled.value or "") & {figure for look in looks for figure in look.suspect}
    unsure = kind in _FIGURES and not any(look.confidence >= _SURE[look.reader in BLIND] for look in looks)
    if suspect or unsure or _share(kind, settled.value, looks) < _SEEN_WHOLE.get(kind, 0.0):
        return settled._replace(status="ask")
    return settled


def _share(kind: ValueKind, text: str | None, looks: Sequence[Look]) -> float:
    """The share of looks, 0 to 1, that have that very value."""
    best = value_of(kind, (text,)) if text else None
    seen = [value_of(kind, look.lines) for look in looks]
    same = sum(value is not None and best is not None and value.key == best.key for value in seen)
    return same / max(1, len(looks))


def _agreed(kind: ValueKind, looks: Sequence[Look]) -> Settled:
    """One value from several looks at the same place.

    Accepted where readers of two names agree and nothing speaks against it (see `_doubted`); with one reader only, where all its looks (two at least) agree, are sure, and the value meets its
    grammar in full.
    """
    seen = [(look, value) for look in looks if (value := value_of(kind, look.lines)) is not None]
    if not seen:
        return Settled(None, 0.0, "ask")
    heard = seen
    seen = echoed(looks, seen)
    readers = {
        key: {look.reader for look, value in seen if value.key == key} for key in {v.key for _, v in seen}
    }
    votes = Counter(value.key for _, value in seen)
    best = max(readers, key=lambda key: (len(readers[key]), votes[key], _surest(key, seen), key))
    agreed = [(look, value) for look, value in seen if value.key == best]
    text = written([(look, value) for look, value in heard if value.key == best])
    confidence = 1.0
    for reader in readers[best]:
        confidence *= 1 - max(look.confidence for look, _ in agreed if look.reader == reader)
    confidence = min(0.99, 1 - confidence) * votes[best] / len(looks)
    accepted = len(readers[best]) > 1 and not _doubted(kind, best, readers, seen)
    if {look.reader for look in looks} == readers[best]:
        accepted = accepted or _sure_alone(agreed, looks)
    accepted = accepted and accents_of(agreed) is not None and _well_formed(kind, text, best)
    accepted = accepted and not (kind in _FIGURES and any(value.doubtful for _, value in agreed))
    if not accepted and (put := _put_together(kind, looks)) is not None:
        return put
    return Settled(text, round(confidence, 3), "accepted" if accepted else "ask")


def _put_together(kind: ValueKind, looks: Sequence[Look]) -> Settled | None:
    """A value whose lines are woven word by word from looks of two engines; None where there is none."""
    tellers = {look.reader for look in looks if look.reader not in BLIND}
    if len(tellers) != 1 or len({look.reader for look in looks}) < 2:
        return None
    (teller,) = tellers
    most = max(len(look.lines) for look in looks)
    lines = []
    for at in range(most):
        strands = [
            Strand(look.reader, look.lines[at], look.confidence) for look in looks if len(look.lines) == most
        ]
        lines.append(woven(strands, teller, undisputed=kind in NAMES))
    whole = [line for line in _needed(kind, lines) if line is not None]
    value = (
        value_of(kind, tuple(text for text, _ in whole)) if len(whole) == len(_needed(kind, lines)) else None
    )
    if value is None or value.doubtful:
        return None
    return Settled(value.text, min(sure for _, sure in whole), "accepted")


def _needed(kind: ValueKind, lines: Sequence[tuple[str, float] | None]) -> Sequence[tuple[str, float] | None]:
    """The lines a value needs: of a signature block of two lines, the name its first and the office its second."""
    if len(lines) == 2 and kind in ("signer-name", "signer-title"):
        return lines[:1] if kind == "signer-name" else lines[1:]
    return lines


def _well_formed(kind: ValueKind, text: str, key: str) -> bool:
    """Whether a value, as put together from the looks, is itself a value of its kind and says the same."""
    again = value_of(kind, (text,))
    return again is not None and again.key == key and not again.doubtful


def _doubted(
    kind: ValueKind, best: str, readers: dict[str, set[str]], seen: Sequence[tuple[Look, Value]]
) -> bool:
    """Whether something speaks against a value two readers agree on.

    Another value that two readers have or one is sure of, a look that has more of the same word, or a reader of
    which most looks say otherwise. Of a person's name no look may say otherwise at all, unless it is a guess.
    """
    others = [(look, value) for look, value in seen if value.key != best]
    if any(len(readers[value.key]) > 1 or look.confidence >= _DOUBT for look, value in others):
        return True
    if any(_longer(value.key, best) and look.confidence >= _HEARD for look, value in others):
        return True
    telling = [look for look, _ in seen if look.reader not in BLIND]
    agreeing = [look for look, value in seen if value.key == best and look.reader not in BLIND]
    if not telling:
        return False
    if kind in NAMES and any(look.confidence >= _HEARD for look in telling if look not in agreeing):
        return True
    sure = [look.confidence for look in agreeing]
    return 2 * len(agreeing) <= len(telling) or max(sure) < _FAINT


def _longer(key: str, best: str) -> bool:
    """Whether a value is the other one with a letter or more at an end."""
    more = len(key) - len(best)
    return 0 < more <= 3 and best in key


def _surest(key: str, seen: Sequence[tuple[Look, Value]]) -> float:
    return max(look.confidence for look, value in seen if value.key == key)


def _sure_alone(agreed: Sequence[tuple[Look, Value]], looks: Sequence[Look]) -> bool:
    """Whether a single reader may stand alone: every look agrees, is sure, and the grammar is met."""
    return (
        len(agreed) == len(looks) >= 2
        and all(look.confidence >= ALONE for look in looks)
        and all(value.sure for _, value in agreed)
    )
