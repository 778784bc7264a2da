"""Which accents a value has, where the looks at it agree on its letters and differ in what stands over them."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

_SEEN = 2
"""Looks that must see an accent: a fax loses accents far more often than it makes any, but dirt makes some."""
_SEEN_IN_HASTE = 3
"""Looks of a hasty reader that must, where no other reader sees any."""
_DOTTED = "\u0130"
"""The capital of a Turkish i."""
_SPANISH = frozenset("áéíóúüñ")
"""Letters with the accents of Spanish."""
_VIETNAMESE = frozenset("\u0309\u0323")
"""Hook above and dot below, which hasty readers do not know, nor two marks on one letter."""
STROKED = str.maketrans("đøłħŧı", "dolhti")
"""Letters with a mark of their own, or without one, that Unicode does not take apart, and the plain ones."""


def agreed(written: Sequence[str], hasty: Sequence[str] = (), in_spanish: Sequence[str] = ()) -> str | None:
    """The letters and digits in one case with the accents that two looks have; None where that cannot be told.

    It cannot where one look alone has an accent on a letter, as many looks have two different ones, looks of `written` have two,
    two kinds of reader for the most part have different ones, not all have a stroke, or one kind alone an accent all kinds know.
    `hasty` are looks of a reader that makes accents of dirt: two of its looks alone make none. `in_spanish` are looks of one
    that knows the accents of Spanish alone, and makes one of them of any other.
    """
    lengths = Counter(len(bare(text)) for text in (*written, *hasty, *in_spanish))
    if not lengths:
        return None
    usual, _ = lengths.most_common(1)[0]
    groups = [
        [form for text in texts if len(form := bare(text)) == usual] for texts in (written, hasty, in_spanish)
    ]
    letters = [_letter(*([form[place] for form in forms] for forms in groups)) for place in range(usual)]
    told = [letter for letter in letters if letter is not None]
    return "".join(told) if len(told) == len(letters) else None


def _letter(clearly: Sequence[str], hasty: Sequence[str], in_spanish: Sequence[str]) -> str | None:
    """One letter with the accent most looks have that see any; None where it stays open."""
    if _at_odds(clearly, hasty):
        return None
    column = [*clearly, *hasty, *in_spanish]
    seen = Counter(letter for letter in (*clearly, *hasty) if _marked(letter))
    if not seen or seen.most_common(1)[0][0] in _SPANISH:
        seen = Counter(filter(_marked, column))
    if not seen:
        return Counter(column).most_common(1)[0][0]
    (letter, most), *others = seen.most_common(2)
    if hasty and _known_to_all(letter) and letter not in (*hasty, *in_spanish):
        return None
    if len(set(filter(_marked, clearly))) > 1:
        return None
    needed = min(_SEEN, len(column))
    if ord(letter) in STROKED:  # an l with dirt on it is no ł: all must have it
        needed = len(column)
    elif len(column) > len(hasty) and not any(map(_marked, (*clearly, *in_spanish))):
        needed = _SEEN_IN_HASTE
    return letter if most >= needed and (not others or others[0][1] < most) else None


def _at_odds(clearly: Sequence[str], hasty: Sequence[str]) -> bool:
    """Whether two kinds of readers see different accents for the most part."""
    first, second = (Counter(filter(_marked, letters)).most_common(1) for letters in (clearly, hasty))
    return bool(first and second) and first[0][0] != second[0][0]


def _marked(letter: str) -> bool:
    """Whether a letter has an accent or a stroke."""
    return ord(letter) in STROKED or unicodedata.normalize("NFD", letter) != letter


def _known_to_all(letter: str) -> bool:
    """Whether a letter has one mark, and not one of Vietnamese alone."""
    marks = unicodedata.normalize("NFD", letter)[1:]
    return len(marks) == 1 and marks not in _VIETNAMESE


def put_on(text: str, letters: str) -> str:
    """A text with the accents of `letters`, which are its own letters in one case."""
    over = iter(letters)
    parts = []
    for character in unicodedata.normalize("NFC", text):
        if not character.isalnum():
            parts.append(character)
            continue
        letter = next(over, character)
        told = bare(character) == letter
        parts.append(character if told else letter.upper() if character.isupper() else letter)
    return "".join(parts)


def bare(written: str) -> str:
    """Letters and digits alone, in one case, with their accents, but for the capital of a Turkish i: its small letter is plain."""
    letters = unicodedata.normalize("NFC", written)
    return "".join(filter(str.isalnum, _DOTTED.join(part.casefold() for part in letters.split(_DOTTED))))
