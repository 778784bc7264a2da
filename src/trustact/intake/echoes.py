"""What a reader that cannot see all of a value makes of it: an echo of what the other one sees."""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from trustact.intake.gazetteer import OFFICE_WORDS
from trustact.intake.grammar import Value
from trustact.intake.look import BLIND, TEXT_LAYER, Look

_WORD = re.compile(r"[^\W_]+(?:@[^\W_]*)*|@[^\W_]+")
_CLEAR = 0.6
"""How sure a reader must be of its least sure letter to be echoed by a blind one."""
_NOUGHT = "[0oqg@]"
"""What a blind reader makes of a nought: never another figure, which may be the right one."""


def echoed(looks: Sequence[Look], seen: Sequence[tuple[Look, Value]]) -> list[tuple[Look, Value]]:
    """The values seen, those of a blind reader that say the same but for what it cannot see taken for that.

    Only another reader of the same ink can tell what the blind one missed: the file's own text is no witness of it.
    """
    told = [(look, value) for look, value in seen if look.reader not in BLIND]
    tellers = [(look, value) for look, value in told if look.reader != TEXT_LAYER]
    keys = {value.key for _, value in told}
    heard = list(told)
    own = {id(look): value for look, value in seen}
    for look in looks:
        if look.reader in BLIND:
            value = own.get(id(look))
            if value is None or value.key not in keys:
                value = next((known for teller, known in tellers if _echoes(look, teller)), value)
            if value is not None:
                heard.append((look, value))
    return heard


def _echoes(blind: Look, teller: Look) -> bool:
    """Whether a blind reader's look is the teller's but for accents and what it makes of noughts."""
    if teller.confidence < _CLEAR:
        return False
    said = [word for line in blind.lines for word in _WORD.findall(line.casefold())]
    told = [
        word for line in teller.lines for word in _WORD.findall(unicodedata.normalize("NFC", line).casefold())
    ]
    if re.fullmatch("".join(map(_heard, told)), "".join(said)):
        return True
    return len(said) == len(told) and all(
        re.fullmatch(_heard(word), other) or _same_word(word, other)
        for word, other in zip(told, said, strict=True)
    )


def _heard(word: str) -> str:
    """A pattern of what a blind reader may make of a word."""
    last = len(word) - 1
    return "".join(
        _NOUGHT
        if c == "0"
        else "[yv]"
        if c == "y"
        else re.escape(c)
        if c.isascii()
        else r"\w"
        if at == last
        else r"\w{1,2}"
        for at, c in enumerate(word)
    )


def _same_word(word: str, other: str) -> bool:
    """Whether a long word of offices and addresses was misread by a letter."""
    return len(word) >= 6 and word in OFFICE_WORDS and Levenshtein.distance(word, other, score_cutoff=1) <= 1
