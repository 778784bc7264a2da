"""The grammar of each kind of value: what a well-formed one looks like, and the one way it is written down."""

import re
from collections.abc import Callable, Sequence

from trustact.intake import dates, numbers, people, signers
from trustact.intake.form import ValueKind
from trustact.intake.grammar import Value, lettered, misread
from trustact.intake.wording import plain


def value_of(kind: ValueKind, lines: Sequence[str]) -> Value | None:
    """The value some lines of print give, or None where they cannot be of that kind."""
    cleaned = [re.sub(r"\s+", " ", line).strip(" _|~\t") for line in lines]
    cleaned = [line for line in cleaned if any(map(str.isalnum, line))]
    return _GRAMMARS[kind]("\n".join(cleaned)) if cleaned else None


def _text(text: str) -> Value | None:
    joined = lettered(text.replace("\n", " "))
    joined = re.sub(r"(?<=\))\.(?= ?\()", ",", joined)
    return Value(joined, plain(joined).text, sure=False)


def _address(text: str) -> Value | None:
    """Lines of an address as one. A full stop between whole words was a comma: faxes drop tails."""
    joined = lettered(text.replace("\n", " "))
    commas = re.sub(r"(?<=[a-z]{4})\.(?= ?[A-Z0-9])", ",", joined)
    return Value(commas, plain(commas).text, sure=False, doubtful=misread(commas))


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
