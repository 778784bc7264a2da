"""A letter set on paper (PDF/UA-1) and as plain text for a mail or a fax cover."""

import textwrap
from collections.abc import Iterator

from trustact.publish.letter import Letter, Provision
from trustact.publish.typesetting import compile_pdf
from trustact.publish.wording import long_date

_WIDTH = 72


def letter_pdf(letter: Letter) -> bytes:
    """The letter as PDF/UA-1; a draft bears its banner on every page and its notes on a page of their own.

    Raises TypesettingError for a letter of the alphabet no font has.
    """
    data = {"letter": letter, "department": letter.department, "dated": long_date(letter.dated)}
    return compile_pdf("letter", data, title=letter.title, lang="en", date=letter.dated)


def letter_text(letter: Letter) -> str:
    """The letter as plain text in lines of 72 characters at most; only the PDF has notes for the approver."""
    return "\n".join(line for part in _parts(letter) for line in [*part, ""]).rstrip("\n") + "\n"


def _parts(letter: Letter) -> Iterator[list[str]]:
    if letter.draft:
        yield [f"*** {line} ***" for line in letter.draft]
    yield [letter.department.name, letter.office, *letter.department.address]
    yield [long_date(letter.dated)]
    yield list(letter.to)
    yield [f"{label + ':':<12}{value}" for label, value in letter.references]
    yield [letter.salutation]
    for block in letter.body:
        yield textwrap.wrap(block.says, _WIDTH)
        for mark, point in zip("abcdefghijkl", block.points, strict=False):
            yield [*_hanging(f"({mark}) ", point.phrase), *_provisions(point.provisions)]
    if letter.authorities:
        yield textwrap.wrap(f"Cited: {'; '.join(letter.authorities)}.", _WIDTH)
    yield [letter.closing]
    yield [line for line in (*letter.signer, letter.department.name) if line]


def _provisions(provisions: tuple[Provision, ...]) -> Iterator[str]:
    for provision in provisions:
        yield from _hanging("    - ", f"{provision.says} ({provision.cite})")


def _hanging(mark: str, text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))
