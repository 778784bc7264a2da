"""The two-key rule: a value is accepted only where two readers that err differently say the same."""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from trustact.intake import tesseract
from trustact.intake.form import ValueKind
from trustact.intake.grammar import Value
from trustact.intake.values import value_of

Status = Literal["accepted", "ask"]

TEXT_LAYER = "text layer"
"""The reader's name for words the file itself carries."""
ALONE = 0.95
"""How sure every look of a single reader must be, where there is no second one."""
_DOUBT = 0.9
"""How sure a look must be for its different value to put an agreed one in doubt."""
_BLIND = (tesseract.READER,)
"""Readers that do not tell accents reliably."""


class Look(NamedTuple):
    """What one reader (the file's own text, or an OCR engine by name) saw in a place, line by line."""

    reader: str
    lines: tuple[str, ...]
    confidence: float


class Settled(NamedTuple):
    """The value the looks give, how sure it is (0 to 1), and whether a person must look."""

    value: str | None
    confidence: float
    status: Status


def settle(kind: ValueKind, looks: Sequence[Look]) -> Settled:
    """One value from several looks at the same place.

    Accepted where readers of two names agree, no other value has two names behind it, and no sure look says
    otherwise; with one reader only, where all its looks (two at least) agree, are sure, and the value meets its
    grammar in full.
    """
    seen = [(look, value) for look in looks if (value := value_of(kind, look.lines)) is not None]
    if not seen:
        return Settled(None, 0.0, "ask")
    readers = {
        key: {look.reader for look, value in seen if value.key == key} for key in {v.key for _, v in seen}
    }
    votes = Counter(value.key for _, value in seen)
    best = max(readers, key=lambda key: (len(readers[key]), votes[key], _surest(key, seen), key))
    agreed = [(look, value) for look, value in seen if value.key == best]
    text = _written(agreed)
    confidence = 1.0
    for reader in readers[best]:
        confidence *= 1 - max(look.confidence for look, _ in agreed if look.reader == reader)
    confidence = min(0.99, 1 - confidence) * votes[best] / len(looks)
    rivals = [
        key
        for key, names in readers.items()
        if key != best and (len(names) > 1 or _surest(key, seen) >= _DOUBT)
    ]
    accepted = len(readers[best]) > 1 and not rivals
    if {look.reader for look in looks} == readers[best]:
        accepted = accepted or _sure_alone(agreed, looks)
    accepted = accepted and _same_accents(agreed) and not any(value.doubtful for _, value in agreed)
    return Settled(text, round(confidence, 3), "accepted" if accepted else "ask")


def _same_accents(agreed: Sequence[tuple[Look, Value]]) -> bool:
    """Whether every look that can tell accents has the same, and where there are any, at least two looks do."""
    telling = [
        unicodedata.normalize("NFC", value.text).casefold()
        for look, value in agreed
        if look.reader not in _BLIND
    ]
    letters = ["".join(filter(str.isalnum, text)) for text in telling]
    return len(set(letters)) <= 1 and (len(letters) > 1 or all(text.isascii() for text in letters))


def _surest(key: str, seen: Sequence[tuple[Look, Value]]) -> float:
    return max(look.confidence for look, value in seen if value.key == key)


def _sure_alone(agreed: Sequence[tuple[Look, Value]], looks: Sequence[Look]) -> bool:
    """Whether a single reader may stand alone: every look agrees, is sure, and the grammar is met."""
    return (
        len(agreed) == len(looks) >= 2
        and all(look.confidence >= ALONE for look in looks)
        and all(value.sure for _, value in agreed)
    )


def _written(agreed: Sequence[tuple[Look, Value]]) -> str:
    """How the agreed value is written: as the file's own text has it, else by vote, character for character."""
    for look, value in agreed:
        if look.reader == TEXT_LAYER:
            return value.text
    telling = [look.reader not in _BLIND for look, _ in agreed]
    texts = [unicodedata.normalize("NFC", value.text) for _, value in agreed]
    letters = [[character for character in text if character.isalnum()] for text in texts]
    if len({len(line) for line in letters}) > 1:
        return max(Counter(texts).items(), key=lambda counted: (counted[1], counted[0]))[0]
    between = [re.split(r"[^\W_]", text) for text in texts]
    voted = [_letter(column, telling) for column in zip(*letters, strict=True)]
    inside = [False, *(a.islower() and b.islower() for a, b in itertools.pairwise(voted)), False]
    parts = [
        _between(column, within) for column, within in zip(zip(*between, strict=True), inside, strict=True)
    ]
    return "".join(part + letter for part, letter in zip(parts, [*voted, ""], strict=True))


def _letter(column: Sequence[str], telling: Sequence[bool]) -> str:
    """One letter of an agreed value: its accent by those who can tell, its case by all."""
    heard = [
        letter.casefold() for letter, tells in zip(column, telling, strict=True) if tells or not any(telling)
    ]
    folded = Counter(heard).most_common(1)[0][0]
    same = [letter for letter in column if letter.casefold() == folded]
    upper = 2 * sum(map(str.isupper, column)) >= len(column)
    return next((letter for letter in same if letter.isupper() == upper), same[0])


def _between(column: Sequence[str], within: bool) -> str:
    """What stands between two letters, by vote; a tie goes to a space, but `within` a word to nothing."""
    counted = Counter(column)
    order = (",", "-", " ", "") if within else (",", "-", "", " ")

    def rank(part: str) -> int:
        mark = part.strip() or part[:1]
        return order.index(mark) if mark in order else -1

    return max(counted, key=lambda part: (counted[part], rank(part), part))
