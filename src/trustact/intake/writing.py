"""How a value is written that several looks agree on: its letters, its accents, and what stands between them."""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from trustact.intake import accents
from trustact.intake.grammar import Value
from trustact.intake.look import BLIND, HASTY, TEXT_LAYER, Look


def accents_of(agreed: Sequence[tuple[Look, Value]]) -> str | None:
    """The letters of an agreed value with the accents of the looks that can tell them; None where those differ."""
    seen = [(look.reader, value.text) for look, value in agreed]
    clearly = [text for reader, text in seen if reader not in (*BLIND, *HASTY)]
    hasty = [text for reader, text in seen if reader in HASTY]
    in_spanish = [text for reader, text in seen if reader in BLIND and not text.isascii()]
    if not clearly and not hasty and not in_spanish:
        return accents.agreed([text for _, text in seen])
    return accents.agreed(clearly, hasty, in_spanish)


def written(agreed: Sequence[tuple[Look, Value]]) -> str:
    """How the agreed value is written: as the file's own text has it, else by vote, character for character."""
    for look, value in agreed:
        if look.reader == TEXT_LAYER:
            return value.text
    texts = [unicodedata.normalize("NFC", value.text) for _, value in agreed]
    letters = [[character for character in text if character.isalnum()] for text in texts]
    if len({len(line) for line in letters}) > 1:
        counted = Counter(texts)
        return max(
            texts, key=lambda text: (counted[text] > 1, sum(map(str.isalnum, text)), counted[text], text)
        )
    between = [re.split(r"[^\W_]", text) for text in texts]
    voted = [_letter(column) for column in zip(*letters, strict=True)]
    inside = [False, *(a.islower() and b.islower() for a, b in itertools.pairwise(voted)), False]
    parts = [
        _between(column, within) for column, within in zip(zip(*between, strict=True), inside, strict=True)
    ]
    whole = "".join(part + letter for part, letter in zip(parts, [*voted, ""], strict=True))
    return accents.put_on(whole, accents_of(agreed) or accents.bare(whole))


def _letter(column: Sequence[str]) -> str:
    """One letter of an agreed value, in the case of most."""
    letter = Counter(letter.casefold() for letter in column).most_common(1)[0][0]
    return letter.upper() if 2 * sum(map(str.isupper, column)) >= len(column) else letter


def _between(column: Sequence[str], within: bool) -> str:
    """What stands between two letters, by vote; a tie goes to a space, but `within` a word to nothing."""
    counted = Counter(column)
    order = (",", "-", " ", "") if within else (",", "-", "", " ")

    def rank(part: str) -> int:
        mark = part.strip() or part[:1]
        return order.index(mark) if mark in order else -1

    return max(counted, key=lambda part: (counted[part], rank(part), part))
