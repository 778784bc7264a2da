"""Names, sexes and citizenships of people, as printed."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import filterfalse

from rapidfuzz.distance import Levenshtein

from trustact.intake.accents import STROKED
from trustact.intake.gazetteer import COUNTRIES
from trustact.intake.grammar import Value, lettered, one_line
from trustact.intake.wording import plain

_NAME = re.compile(r"[^\W\d_][^\W\d_'\u2019`.\- ]*(?:[ ,'\u2019`.\-]+[^\W\d_]+)*\.?")
_STOPPED = re.compile(
    r"(?<=[A-Z\u00c0-\u00de]{2})[.;:](?= ?[^\W\d_][a-z\u00df-\u00ff])|(?<=[A-Z\u00c0-\u00de]{4})[.;:](?= ?[^\W\d_])"
)
"""A comma that lost its tail: after a family name in capitals, never after an initial."""
_SHORTENED = frozenset(["dr", "hon", "jr", "ma", "mr", "mrs", "ms", "sr", "st", "sta"])
"""Words a name may end with a full stop, apart from initials."""
_PARTICLES = frozenset(
    [
        "al",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "della",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "ibn",
        "la",
        "las",
        "le",
        "los",
        "van",
        "von",
        "y",
    ]
)
_BROKEN = re.compile(r"[a-z][A-Z]{2}|[^\W\d_]\.[^\W\d_]|\d|['\u2019`]s$|[lL][xX]\b|[Qq][b-df-hj-np-twxz]")
"""What no name has: a capital inside, a stop or a digit between letters, a possessive, an lx at the end, which was
an ix (Felix), a Q before a consonant but v."""
_INITIAL_LAST = re.compile(r"\b[^\W\d_]{1,2}\.\s*$")
_SEXES = {"m": "m", "male": "m", "f": "f", "female": "f", "x": "x"}
_BETWEEN = re.compile(r"[^\w]+")
_COUNTRIES: dict[str, list[str]] = {}
"""The ways to write each country, by its letters."""
for _known in COUNTRIES:
    _COUNTRIES.setdefault(plain(_known).text, []).append(_known)


def name(text: str) -> Value | None:
    """A person's name: two words of letters or more; capitals, accents, hyphens and commas as printed.

    Of one word alone the other may have been lost.
    """
    stopped = _STOPPED.sub(",", lettered(one_line(text)))
    written = re.sub(r"\s*,\s*", ", ", stopped).strip(" -_")
    if _INITIAL_LAST.search(text):
        written += "."
    if sum(map(str.isalpha, written)) < 2 or sum(map(str.isdigit, written)) > 2:
        return None
    written = re.sub(r"\b([^\W\d_a-z]{3,})([a-z])\b", lambda word: word[1] + word[2].upper(), written)
    parts = [part for part in re.split(r"[ ,]+", written) if part]
    marked = unicodedata.normalize("NFKD", re.sub(r"[\s.\u2019'`]", "", written)).casefold()
    key = "".join(filterfalse(unicodedata.combining, marked)).translate(STROKED)
    sure = bool(_NAME.fullmatch(written)) and len(parts) >= 2
    return Value(written, key, sure, len(parts) < 2 or any(_odd(part) for part in parts))


def _odd(part: str) -> bool:
    """Whether a part of a name is written as no name is: see `_BROKEN`, or no capital at all."""
    letters = "".join(filter(str.isalpha, part))
    if part.endswith(".") and len(letters) > 1 and letters.casefold() not in _SHORTENED:
        return True
    return (letters.islower() and letters not in _PARTICLES) or bool(
        _BROKEN.search(part) or _BROKEN.search(part.lower())
    )


def sex(text: str) -> Value | None:
    """M, F or X, or the word for it, as printed."""
    written = text.strip(" .,;:()")
    known = _SEXES.get(written.casefold())
    if known is None:
        near = [
            word for word in ("Male", "Female") if Levenshtein.distance(word, written, score_cutoff=1) == 1
        ]
        return Value(near[0], _SEXES[near[0].casefold()], sure=False) if near else None
    return Value(written if len(written) > 1 else written.upper(), known, True) if known else None


def country(text: str) -> Value | None:
    """A country; one known by all its letters gets its spaces and commas back, any other stays as printed, in doubt."""
    written = lettered(one_line(text))
    letters = plain(written).text
    if len(letters) < 3 or any(map(str.isdigit, letters)):
        return None
    if letters == "turkiye":  # both its accents are easily lost, and no other country is near it
        written = "T\u00dcRK\u0130YE" if written.isupper() else "T\u00fcrkiye"
    if letters in _COUNTRIES and all(map(str.isascii, _COUNTRIES[letters])):
        written = "".join(filter(str.isascii, unicodedata.normalize("NFKD", written)))
    if letters in _COUNTRIES:
        return Value(_spaced(written, _COUNTRIES[letters]), letters, sure=True)
    near = [known for known in _COUNTRIES if Levenshtein.distance(known, letters, score_cutoff=1) <= 1]
    if len(near) == 1 and len(letters) >= 5:
        usual = _COUNTRIES[near[0]][0]
        return Value(usual.upper() if written.isupper() else usual, near[0], sure=False)
    return Value(written, letters, sure=False, doubtful=True)


def _spaced(written: str, known: Sequence[str]) -> str:
    """The country as printed where one way to write it has the same spaces and marks, otherwise the usual way."""
    if any(_BETWEEN.findall(written) == _BETWEEN.findall(way) for way in known):
        return written
    return known[0].upper() if written.isupper() else known[0]
