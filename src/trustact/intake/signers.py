"""Courts, and the name and title in a signature block."""

import re

from rapidfuzz.distance import Levenshtein

from trustact.intake.gazetteer import STATES
from trustact.intake.grammar import Value, lettered, misread, unaccented
from trustact.intake.people import name as person
from trustact.intake.wording import plain

_DISTRICT = re.compile(
    r"(?:(northern|southern|eastern|western|central|middle)\s+)?district\s+of\s+([a-z ]+)", re.IGNORECASE
)
_BEFORE_OF = re.compile(r"\b[A-Za-z0-9]{7,9}(?= +of\b)")
_STATES = {plain(state).text: state for state in STATES}
_OFFICE = re.compile(
    r"\b(judge|justice|magistrate|clerk|deputy|officer|director|agent|supervis\w*|deportation|detention|chief|"
    r"commissioner|assistant|acting|united states|SDDO|DO|AFOD|FOD|SDO|SAC|ASAC|U\.?\s?S\.?\s?M\.?\s?J\.?)\b",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(judge|justice|magistrate|clerk|officer|director|agent|supervisor|chief|commissioner|marshal|in charge|"
    r"SDDO|DO|AFOD|FOD|SDO|SAC|ASAC|J\.?)$",
    re.IGNORECASE,
)
"""How a title ends; one that ends otherwise has lost its end, or has more than a title in it."""
_NAMED = re.compile(r"^Hon(?:ou?rable)?\b|[a-z]{3}[.:] [A-Z]|[a-z][A-Z]")
"""What a title has no part in: the name before it, the comma between them read as a full stop, two words in one."""
CAPACITIES: tuple[tuple[str, str], ...] = (
    ("magistrate", "magistrate-judge"),
    ("district judge", "article-iii-judge"),
    ("circuit judge", "article-iii-judge"),
    ("clerk", "clerk-of-court"),
    ("immigration judge", "immigration-judge"),
    ("justice", "state-judge"),
    ("deportation", "dhs-officer"),
    ("immigration officer", "dhs-officer"),
    ("detention", "dhs-officer"),
    ("field office director", "dhs-officer"),
    ("special agent", "dhs-officer"),
)
"""Words of a title, and the capacity (a value of `warrant.signed_by`) they tell."""
_PARTS = re.compile(
    r"\s*(?:\n|,|;|\s[-\u2013\u2014/|]+\s|\s[\u2013\u2014]|[\u2013\u2014]\s)\s*"
    r"|(?<=[a-z])\.? (?=(?:Supervisory|Assistant Field|Acting|U\. ?S\. Magistrate|Deputy Clerk|Immigration Judge|Special Agent)\b)"
)
"""What stands between name and title; a fax drops the comma, and then the first words of a title part them."""
_BETWEEN_WORDS = frozenset(["and", "for", "in", "of", "the", "to"])
"""The words of a title in small letters."""


def _as_district(word: re.Match[str]) -> str:
    """The word before `of` as the one it must be in a court's name, where it is nearly that."""
    near = Levenshtein.distance(word[0].casefold(), "district", score_cutoff=2) <= 2
    return "District" if near else word[0]


def court(text: str) -> Value | None:
    """The district court, named in full from its district."""
    match = _DISTRICT.search(_BEFORE_OF.sub(_as_district, text.replace("\n", " ")))
    if match is None:
        return None
    side, state = (match[1] or "").title(), match[2].strip()
    known = _STATES.get(plain(state).text)
    name = f"UNITED STATES DISTRICT COURT for the {side + ' ' if side else ''}District of {known or state}"
    return Value(name, plain(name).text, known is not None, known is None)


def _parted(text: str) -> tuple[str, str] | None:
    """Name and title of a signature block, parted where the first words of an office begin."""
    parts = [part for part in _PARTS.split(text) if part]
    for index, part in enumerate(parts):
        if _OFFICE.search(part):
            return ", ".join(parts[:index]), ", ".join(parts[index:])
    return None


def signer_name(text: str) -> Value | None:
    """The name in a signature block, without the office."""
    parted = _parted(text)
    name = parted[0] if parted else text
    if not name or _OFFICE.search(name):
        return None
    name = re.sub(r"\b([A-Z])[.,:;]? (?=[A-Z])", r"\1. ", name)
    value = person(re.sub(r"^(Hon|Honorable)\b[.,]? ?", "Hon. ", name))
    return value and value._replace(
        key=value.key.replace(",", ""), doubtful=value.doubtful or bool(re.search(r"\d", name))
    )


def signer_title(text: str) -> Value | None:
    """The office in a signature block, without the name; none where no word of an office stands there."""
    parted = _parted(text)
    if parted is None:
        return None
    title = re.sub(r"\bU\.? ?[S5]+\.? (?=[A-Z])", "U.S. ", unaccented(lettered(parted[1])))
    other = _ENDING.search(title) is None or _NAMED.search(title) is not None
    other = other or any(map(str.isdigit, f"{parted[0]} {title}"))  # JL5 was U.S.
    other = other or not _BETWEEN_WORDS.issuperset(re.findall(r"\b[a-z]+\b", title))
    return Value(title, plain(title).text, not any(map(str.isdigit, title)), misread(title) or other)


def capacity(title: str) -> str | None:
    """The capacity a title tells, as `warrant.signed_by` has it; None where it tells none, or more than one."""
    told = {known for words, known in CAPACITIES if words in title.casefold()}
    return told.pop() if len(told) == 1 else None
