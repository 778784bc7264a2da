"""What the grammars of all kinds of value share: a value, and doubts about single words."""

import re
import unicodedata
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from trustact.intake.bending import may_be
from trustact.intake.gazetteer import KNOWN_WORDS


class Value(NamedTuple):
    """A value as written down.

    `key` is what two looks are compared by; it carries no accents, for not every reader sees them. `sure` says that
    the grammar is met in full, `doubtful` that part of it is a guess, whatever two readers say, `torn` that part of it may
    have been lost on a picture, as no file's own text loses any.
    """

    text: str
    key: str
    sure: bool
    doubtful: bool = False
    torn: bool = False


BUREAUS = ("ICE", "ERO", "HSI", "DHS", "CBP", "USCIS", "LESC")
"""Short names of federal offices, which a fax easily bends into something else."""
_LONG = 5
"""Letters from which on a word that is nearly a known one is taken for that, bent."""
_SHORT = ("new", *(word for word in sorted(KNOWN_WORDS) if len(word) == _LONG - 1))
"""Shorter words that another may be, bent as a fax bends them: Now, Wast, Maln."""
_KNOWN = tuple(word for word in sorted(KNOWN_WORDS) if len(word) >= _LONG)


def one_line(text: str) -> str:
    """Lines of print as one, without the marks that stand around a value."""
    return text.replace("\n", " ").strip(" .,;:*'")


def misread(text: str) -> bool:
    """Whether a word is nearly, but not quite, a word of offices, offences or addresses."""
    capitals = re.findall(r"\b[A-Z0-9]{3}\b", text)
    if any(word not in BUREAUS and not word.isdigit() and _bureau_bent(word) for word in capitals):
        return True
    return any(map(bent, re.findall(r"[^\W\d_]+", text.casefold())))


def bent(word: str) -> bool:
    """Whether a word, in small letters, is nearly but not quite a known one, as fleld is."""
    if word in KNOWN_WORDS or word.removesuffix("s") in KNOWN_WORDS:
        return False
    if len(word) < _LONG:
        return any(may_be(word, known) for known in _SHORT if len(word) == len(known))
    return any(_nearly(word, known) for known in _KNOWN)


def _bureau_bent(word: str) -> bool:
    return any(Levenshtein.distance(word, known, score_cutoff=1) <= 1 for known in BUREAUS)


def _nearly(word: str, known: str) -> bool:
    return Levenshtein.distance(word, known, score_cutoff=2) <= (1 if len(known) < 6 else 2)


def unaccented(text: str) -> str:
    """The text without accents: offices, titles and offences are printed without any, and a fax adds some."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def lettered(text: str) -> str:
    """The text with digits that look like letters taken for letters inside words: 0fficer, ROSAR1O."""
    return re.sub(r"[^\W_]+", lambda word: _as_word(word[0]), text)


def _as_word(word: str) -> str:
    digits = [character for character in word if character.isdigit()]
    if not digits or len(digits) > 2 or len(word) - len(digits) < 4 or not set(digits) <= set("0158"):
        return word
    upper = word.upper() == word
    table = str.maketrans("0158", "OISB" if upper else "olsb")
    folded = word.translate(table)
    return folded if upper or word[0].isalpha() else folded[0].upper() + folded[1:]
