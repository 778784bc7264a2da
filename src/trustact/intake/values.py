"""The grammar of each kind of value: what a well-formed one looks like, and the one way it is written down."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from trustact.intake.gazetteer import COUNTRIES, OFFICE_WORDS, STATES
from trustact.intake.form import ValueKind
from trustact.intake.wording import plain


class Value(NamedTuple):
    """A value as written down; `key`, by which two looks are compared; `sure`, whether its grammar is met in full;
    `doubtful`, whether a word in it was probably misread, whatever two readers say."""

    text: str
    key: str
    sure: bool
    doubtful: bool = False


_LONG = tuple(word for word in sorted(OFFICE_WORDS) if len(word) >= 6)


def value_of(kind: ValueKind, lines: tuple[str, ...]) -> Value | None:
    """The value some lines of print give, or None where they cannot be of that kind.

    Keys carry no accents: not every reader sees them.
    """
    cleaned = [re.sub(r"\s+", " ", line).strip(" _|~\t") for line in lines]
    cleaned = [line for line in cleaned if any(map(str.isalnum, line))]
    return _GRAMMARS[kind]("\n".join(cleaned)) if cleaned else None


def _text(text: str) -> Value | None:
    joined = _lettered(text.replace("\n", " "))
    joined = re.sub(r"(?<=\))\.(?= ?\()", ",", joined)
    return Value(joined, plain(joined).text, False)


def _address(text: str) -> Value | None:
    """Lines of an address as one. A full stop after a whole word, before another, was a comma: faxes drop tails."""
    value = _text(text)
    if value is None:
        return None
    commas = re.sub(r"(?<=[a-z]{4})\.(?= ?[A-Z0-9])", ",", value.text)
    return value._replace(text=commas, doubtful=_misread(commas))


def _misread(text: str) -> bool:
    """Whether a word is nearly, but not quite, a word of offices and addresses."""
    words = re.findall(r"[^\W\d_]{6,}", text.casefold())
    return any(
        word not in OFFICE_WORDS
        and word.rstrip("s") not in OFFICE_WORDS
        and any(Levenshtein.distance(word, known, score_cutoff=2) <= (1 if len(known) < 9 else 2) for known in _LONG)
        for word in words
    )


def _lettered(text: str) -> str:
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


# --- dates -----------------------------------------------------------------------------------------------------

_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(),
        start=1,
    )
}
_NUMERIC = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})\s*-\s*(\d{1,2})\s*-\s*(\d{1,2})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?\s*[,.]?\s*(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-]*([A-Za-z]{3,9})[\s\-.,]*(\d{4})")
_LOOK_ALIKE = str.maketrans("OoIl|SB", "0011158")


def _date(text: str) -> Value | None:
    """A date as ISO 8601. Numbers are month, day, year as in the United States."""
    written = text.replace("\n", " ").strip(" .,;")
    found = _dated(written)
    if found is not None:
        return Value(found[0], found[0], found[1])
    found = _dated(written.translate(_LOOK_ALIKE)) if sum(map(str.isdigit, written)) >= 4 else None
    return Value(found[0], found[0], False) if found else None


def _dated(written: str) -> tuple[str, bool] | None:
    """The ISO date, and whether the text is that date alone, with four digits of year, and could be no other."""
    if match := _ISO.search(written):
        return _iso(match[1], match[2], match[3], len(match[0]) == len(written))
    if match := _NUMERIC.search(written):
        month, day, year = match.groups()
        whole = len(match[0]) == len(written) and len(year) == 4
        return _iso(year, month, day, whole) or _iso(year, day, month, False)
    for pattern, order in ((_MONTH_FIRST, (3, 1, 2)), (_DAY_FIRST, (3, 2, 1))):
        if match := pattern.search(written):
            year, name, day = (match[group] for group in order)
            month = _MONTHS.get(name[:3].lower())
            if month:
                return _iso(year, str(month), day, len(match[0]) == len(written))
    return None


def _iso(year: str, month: str, day: str, sure: bool) -> tuple[str, bool] | None:
    number = int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 30 else 1900 + int(year)
    if not 1900 <= number <= 2100:
        return None
    try:
        return date(number, int(month), int(day)).isoformat(), sure
    except ValueError:
        return None


# --- people and places -----------------------------------------------------------------------------------------

_NAME = re.compile(r"[^\W\d_][^\W\d_'’`.\- ]*(?:[ ,'’`.\-]+[^\W\d_]+)*\.?")
_SEXES = {"m": "m", "male": "m", "f": "f", "female": "f", "x": "x"}
_BETWEEN = re.compile(r"[^\w]+")
_COUNTRIES = {plain(name).text: name for name in COUNTRIES}


def _name(text: str) -> Value | None:
    written = _lettered(text.replace("\n", " ")).strip(" .,;:")
    written = re.sub(r"\s*,\s*", ", ", written)
    if sum(map(str.isalpha, written)) < 2 or sum(map(str.isdigit, written)) > 2:
        return None
    parts = [part for part in re.split(r"[ ,]+", written) if part]
    marked = unicodedata.normalize("NFKD", re.sub(r"[\s.’'`]", "", written)).casefold()
    key = "".join(character for character in marked if not unicodedata.combining(character))
    return Value(written, key, bool(_NAME.fullmatch(written)) and len(parts) >= 2)


def _sex(text: str) -> Value | None:
    written = text.strip(" .,;:()")
    known = _SEXES.get(written.casefold())
    return Value(written if len(written) > 1 else written.upper(), known, True) if known else None


def _country(text: str) -> Value | None:
    written = _lettered(text.replace("\n", " ")).strip(" .,;:")
    letters = plain(written).text
    if len(letters) < 3 or any(map(str.isdigit, letters)):
        return None
    known = _COUNTRIES.get(letters)
    if known is not None:
        alike = _BETWEEN.findall(written) == _BETWEEN.findall(known)
        return Value(written if alike else _in_case_of(written, known), letters, True)
    near = [name for name in _COUNTRIES if Levenshtein.distance(name, letters, score_cutoff=1) <= 1]
    if len(near) == 1 and len(letters) >= 5:
        return Value(_in_case_of(written, _COUNTRIES[near[0]]), near[0], False)
    return Value(written, letters, False)


def _in_case_of(written: str, known: str) -> str:
    return known.upper() if written.isupper() else known


# --- numbers ---------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 :/.\-]{2,30}")
_FILE_NUMBER = re.compile(r"[Aa]?[\s.\-]{0,2}\d{2,3}[\s.\-]{0,2}\d{3}[\s.\-]{0,2}\d{3}")
_EVENT = re.compile(r"(\w{3})(\d{10})")
_AS_DIGIT = str.maketrans("OoQDIilL|SBZ", "000011111582")
_AS_LETTER = str.maketrans("015826", "OISBZG")


def _number(text: str) -> Value | None:
    written = text.replace("\n", " ").strip(" .,;:*'")
    digits = sum(map(str.isdigit, written))
    if digits < 3:
        return None
    key = plain(written).text
    return Value(written, key, bool(_NUMBER.fullmatch(written)) and digits >= 4 and len(written.split()) <= 4)


def _digits(text: str) -> Value | None:
    """A number of digits alone; letters that look like digits count as such, but leave it unsure."""
    written = text.replace("\n", " ").strip(" .,;:*'")
    folded = written.translate(_AS_DIGIT)
    digits = "".join(filter(str.isdigit, folded))
    if len(digits) < 3 or any(map(str.isalpha, folded)):
        return None
    return Value(folded, digits, written == folded == digits and len(digits) >= 4)


def _event_number(text: str) -> Value | None:
    """Three letters of the office, then ten digits; look-alikes are told by their place."""
    written = text.replace("\n", " ").strip(" .,;:*'")
    close = written.replace(" ", "").upper()
    folded = close[:3].translate(_AS_LETTER) + close[3:].translate(_AS_DIGIT)
    if _EVENT.fullmatch(folded) and folded[:3].isalpha():
        return Value(folded, folded, sum(a != b for a, b in zip(folded, close, strict=True)) <= 1)
    return _number(text)


def _file_number(text: str) -> Value | None:
    """The A-number, as printed; its key is its digits."""
    written = text.replace("\n", " ").strip(" .,;:*'")
    head, rest = (written[:1], written[1:]) if written[:1] in "Aa4" else ("", written)
    if head == "4" and sum(map(str.isdigit, rest.translate(_AS_DIGIT))) < 8:
        head, rest = "", written
    folded = rest.translate(_AS_DIGIT)
    digits = "".join(filter(str.isdigit, folded))
    if len(digits) < 5 or any(map(str.isalpha, folded)):
        return None
    return Value(head + folded, digits, bool(_FILE_NUMBER.fullmatch(written)))


# --- courts and signers ----------------------------------------------------------------------------------------

_DISTRICT = re.compile(
    r"(?:(northern|southern|eastern|western|central|middle)\s+)?district\s+of\s+([a-z ]+)", re.IGNORECASE
)
_STATES = {plain(state).text: state for state in STATES}
_OFFICE = re.compile(
    r"\b(judge|justice|magistrate|clerk|deputy|officer|director|agent|supervis\w*|deportation|detention|chief|"
    r"commissioner|SDDO|DO|AFOD|FOD|SDO|SAC|ASAC|USMJ|U\.?\s?S\.?\s?M\.?\s?J\.?|assistant|acting|united states)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*(?:\n|,|;|\s[-–—/|]+\s|\s[–—]|[–—]\s)\s*")


def _court(text: str) -> Value | None:
    """The district court, named in full from its district."""
    match = _DISTRICT.search(text.replace("\n", " "))
    if match is None:
        return None
    side, state = (match[1] or "").title(), match[2].strip()
    known = _STATES.get(plain(state).text)
    name = f"UNITED STATES DISTRICT COURT for the {side + ' ' if side else ''}District of {known or state}"
    return Value(name, plain(name).text, known is not None)


def _signer(text: str) -> tuple[str, str] | None:
    """Name and title of a signature block, parted where the first words of an office begin."""
    parts = [part for part in _PARTS.split(text) if part]
    for index, part in enumerate(parts):
        if _OFFICE.search(part):
            return ", ".join(parts[:index]), ", ".join(parts[index:])
    return None


def _signer_name(text: str) -> Value | None:
    parted = _signer(text)
    name = parted[0] if parted else text
    value = (
        _name(re.sub(r"^(Hon|Honorable)\b[.,]? ?", "Hon. ", name))
        if name and not _OFFICE.search(name)
        else None
    )
    return value and value._replace(key=value.key.replace(",", ""))


def _signer_title(text: str) -> Value | None:
    parted = _signer(text)
    if parted is None:
        return None
    title = re.sub(r"\bU\.? ?S+\.? (?=[A-Z])", "U.S. ", _lettered(parted[1]))
    return Value(title, plain(title).text, not any(map(str.isdigit, title)), _misread(title))


_GRAMMARS: dict[ValueKind, Callable[[str], Value | None]] = {
    "name": _name,
    "date": _date,
    "sex": _sex,
    "country": _country,
    "digits": _digits,
    "number": _number,
    "event-number": _event_number,
    "file-number": _file_number,
    "address": _address,
    "text": _text,
    "court": _court,
    "signer-name": _signer_name,
    "signer-title": _signer_title,
}
