"""Numbers of persons, files, events and cases."""

import re

from trustact.intake.grammar import Value, one_line, unaccented
from trustact.intake.wording import plain

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 :/.\-]{2,30}")
_FILE_NUMBER = re.compile(r"[Aa]?[\s.\-]{0,2}\d{2,3}[\s.\-]{0,2}\d{3}[\s.\-]{0,2}\d{3}")
_GROUPED = re.compile(
    r"[Aa]?[ -]?(?:\d{3}[ -]?\d{3}[ -]?\d{3}|[1-9]\d([ -]?)\d{3}\1\d{3}|[1-9]\d{4,}|\d{9,})"
)
"""An A-number of nine digits in threes, one of eight whose groups are parted in one way, or one run of digits.

Of fewer than nine none begins with a nought: the last one was lost.
"""
_SHORTENED = re.compile(r"0\d{,7}")
"""A number filled up with noughts, of fewer than nine digits."""
_THREES = re.compile(r"(\d{3})([ -]?)(\d{3})([ -]?)(\d{3})$")
"""Nine digits in threes; of two ways to part them a hyphen stands, which a fax drops and never makes."""
_EVENT = re.compile(r"(\w{3})(\d{10})")
_INITIALS = re.compile(r"(?<=-)[A-Z][A-Z0-9]{1,3}$")
"""A judge's initials at the end of a case number: letters, though a fax makes a nought of an O."""
_ONE_LETTER = re.compile(r"-[A-Z]$")
"""A judge has two initials at least: another was lost."""
_HEADLESS = re.compile(r"\D+\d+\D*")
"""A court's number begins with its year, or has it after the kind of case: of one run of digits alone it was lost."""
_AS_DIGIT = str.maketrans("OoQDIilL|SBZ", "000011111582")
_AS_LETTER = str.maketrans("015826", "OISBZG")


def number(text: str) -> Value | None:
    """A number with letters, dashes, colons or slashes in it, such as a court's case number."""
    written = re.sub(r"\s*-\s*", "-", one_line(text))
    written = _INITIALS.sub(lambda judge: judge[0].translate(_AS_LETTER), written)
    count = sum(map(str.isdigit, written))
    if count < 3:
        return None
    whole = bool(_NUMBER.fullmatch(written)) and count >= 4 and len(written.split()) <= 4
    lost = bool(_ONE_LETTER.search(written) or _HEADLESS.fullmatch(written))
    return Value(written, plain(written).text, whole, lost)


def digits(text: str) -> Value | None:
    """A number of digits alone; letters that look like digits count as such, but leave it unsure.

    A mark in it may have been a digit: a 7 in a slanted hand or on a bent line is read as a slash. One of fewer than nine
    that is filled up with noughts lost its last.
    """
    written = one_line(text)
    folded = written.translate(_AS_DIGIT)
    key = "".join(filter(str.isdigit, folded))
    if len(key) < 3 or any(map(str.isalpha, folded)):
        return None
    marked, torn = bool(re.search(r"[^\d\s-]", folded)), bool(_SHORTENED.fullmatch(key))
    return Value(key, key, written == folded == key and len(key) >= 4, marked, torn)


def event_number(text: str) -> Value | None:
    """Three letters of the office, then ten digits; look-alikes are told by their place. Any other number is in doubt."""
    written = one_line(text)
    close = written.replace(" ", "").upper()
    folded = close[:3].translate(_AS_LETTER) + close[3:].translate(_AS_DIGIT)
    if _EVENT.fullmatch(folded) and folded[:3].isalpha():
        bent = sum(a != b for a, b in zip(folded, close, strict=True))
        return Value(folded, folded, bent <= 1, "Q" in folded[:3])  # an O with dirt in it more likely
    other = number(text)
    return other and other._replace(doubtful=True)


def file_number(text: str) -> Value | None:
    """The A-number, as printed; its key is its digits. Before nine of them, a 4 is an A that lost its point, and a lost A is put back."""
    written = unaccented(one_line(text))
    folded = (
        written[:1] + written[1:].translate(_AS_DIGIT)
        if written[:1] in "Aa"
        else written.translate(_AS_DIGIT)
    )
    key = "".join(filter(str.isdigit, folded))
    if len(key) == 10 and key[0] == "4":
        folded, key = "A" + folded[1:], key[1:]
    if len(key) < 5 or any(map(str.isalpha, folded[1:])):
        return None
    printed = re.sub(r"[^\w -]", "", folded)
    if len(key) == 9 and printed[:1].isdigit():
        printed = "A" + printed
    printed = _THREES.sub(lambda nine: max(nine[2], nine[4]).join(nine.group(1, 3, 5)), printed)
    return Value(printed, key, bool(_FILE_NUMBER.fullmatch(written)), not _GROUPED.fullmatch(printed))
