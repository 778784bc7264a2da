"""The grammar of each kind of value: what a well-formed one looks like, and the one way it is written down."""

import re
from collections.abc import Callable, Sequence

from trustact.intake import dates, numbers, people, signers
from trustact.intake.form import ValueKind
from trustact.intake.gazetteer import STATE_ZIPS
from trustact.intake.grammar import BUREAUS, Value, lettered, misread, unaccented
from trustact.intake.wording import plain


def value_of(kind: ValueKind, lines: Sequence[str]) -> Value | None:
    """The value some lines of print give, or None where they cannot be of that kind."""
    cleaned = [_within(line) for line in lines]
    cleaned = [line for line in cleaned if any(map(str.isalnum, line))]
    return _GRAMMARS[kind]("\n".join(cleaned)) if cleaned else None


def _within(line: str) -> str:
    """A line without the marks before its first and after its last word, which are dirt or rules."""
    words = line.strip(" _|~\t").split()
    while words and not any(map(str.isalnum, words[-1])):
        words.pop()
    while words and not any(map(str.isalnum, words[0])) and words[0] not in ("\u00a7", "("):
        words.pop(0)
    return " ".join(words)


def _text(text: str) -> Value | None:
    joined = unaccented(lettered(text.replace("\n", " ")))
    joined = re.sub(r"(?<=\))\.(?= ?\()", ",", joined)
    joined = re.sub(r"(?<=U\.S\.C\.) ?[5S8$] (?=\d{3})", " \u00a7 ", joined)
    return Value(
        joined, plain(joined).text, sure=False, doubtful=misread(joined), torn=joined.startswith("(")
    )


def _address(text: str) -> Value | None:
    """Lines of an address as one. A full stop between whole words was a comma: faxes drop tails.

    Hyphens count for nothing: faxes drop them, and `C 11` is no other district than `C-11`.
    """
    joined = unaccented(lettered(text.replace("\n", " "))).rstrip(" .,;:")
    joined = re.sub(r"\b([A-Z]{2})(?=\d{5}\b)", r"\1 ", joined)
    joined = re.sub(r"(?<=\d)[lI|](?![^\W\d])|(?<![^\W\d])[lI|](?=\d)", "1", joined)
    joined = re.sub(r"(?<=\d\d)[OQ](?![^\W\d])", "0", joined)
    joined = re.sub(r"(?<=\d)\.(?=[A-Z])", " ", joined)
    commas = re.sub(r"(?<=[a-z]{4})\.(?= ?[A-Z0-9])", ",", joined)
    states = re.findall(r"([^\W\d_]{2}) (\d{3})\d\d\b", commas)
    lost = commas[:1].isdigit() or not STATE_ZIPS.issuperset(states)  # an office stands over its street
    bureau = _BUREAU.search(commas)
    odd = bool(_ODD.search(commas)) or (bureau is not None and bureau[1] not in BUREAUS)
    return Value(commas, plain(commas).text, False, lost or misread(commas) or odd, _torn(text, commas))


def _torn(text: str, address: str) -> bool:
    """Whether an address may lack a part: its first word, the ZIP code that stands last, a figure, the number before a street."""
    _, *lines = text.split("\n")
    numbered = any(any(map(str.isdigit, line.split(",")[0])) for line in lines)
    return bool(_STUMP.match(address)) or (
        bool(lines) and (not numbered or not address[-5:].isdigit() or bool(_PARTED.search(text)))
    )


_STUMP = re.compile(
    r"(?!US)\w\w?\b|(?:Police|ERO|Sub-?Office|Field Office|Enforcement Support|Support Center)\b"
    r"|(?:Department|Office)\b(?! of)|District\b(?! (?:Attorney|Court))"
)
"""What no address begins with: a letter or two, and what an office is called after its city or bureau."""
_BUREAU = re.compile(r"\bICE\W+([A-Z]{3})\b")
_PARTED = re.compile(r"\d \d|\b[A-Z]$", re.MULTILINE)
"""What no line of an address has: a number parted by a space, and a letter alone at its end, as a district that lost its number."""
_ODD = re.compile(
    r"\w[.:;\u00b7]\w|[^\w\s.,'#&()/-]|\b[a-z]+[A-Z]|\b[A-Z]{2,}[a-z]\b|\w [-] ?\w|\w-(?:\s|$)"
    r"|\d(?!st|nd|rd|th)[a-z]{2}|, [A-Z]{2} (?!\d{5}\b)"
)
"""What no address has: a stop inside a word, a mark of no use there, capitals and small letters mixed, a loose hyphen,
letters after a figure, a state without the five figures of its ZIP code."""
_GRAMMARS: dict[ValueKind, Callable[[str], Value | None]] = {
    "name": people.name,
    "date": dates.day,
    "sex": people.sex,
    "country": people.country,
    "digits": numbers.digits,
    "number": numbers.number,
    "event-number": numbers.event_number,
    "file-number": numbers.file_number,
    "address": _address,
    "text": _text,
    "court": signers.court,
    "signer-name": signers.signer_name,
    "signer-title": signers.signer_title,
}
