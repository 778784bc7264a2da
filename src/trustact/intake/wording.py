"""Printed words compared as a reader compares them: letters and digits only, no case, no accents, some noise."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz


class Plain(NamedTuple):
    """The letters, digits and number signs of a text, and for each the index it had there."""

    text: str
    origins: tuple[int, ...]


class Match(NamedTuple):
    """Where a phrase stands in a text (characters from `start` up to `end`), and how alike, 0 to 100."""

    start: int
    end: int
    score: float


@lru_cache(maxsize=4096)
def plain(text: str) -> Plain:
    """A text without case, accents, spaces and punctuation."""
    letters, origins = [], []
    for index, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character).casefold():
            if letter.isalnum() or letter == "#":
                letters.append(letter)
                origins.append(index)
    return Plain("".join(letters), tuple(origins))


def matches(phrase: str, text: str, cutoff: float) -> Iterator[Match]:
    """Every place in the text that reads like the phrase, at `cutoff` (0 to 100) or better, none overlapping."""
    wanted, found = plain(phrase).text, plain(text)
    if wanted:
        yield from _matches(wanted, found, 0, len(found.text), cutoff)


def _matches(wanted: str, found: Plain, first: int, last: int, cutoff: float) -> Iterator[Match]:
    if last - first < 0.8 * len(wanted):
        return
    alignment = fuzz.partial_ratio_alignment(wanted, found.text[first:last], score_cutoff=cutoff)
    if alignment is None or alignment.dest_end <= alignment.dest_start:
        return
    start, end = first + alignment.dest_start, first + alignment.dest_end
    yield from _matches(wanted, found, first, start, cutoff)
    yield Match(found.origins[start], found.origins[end - 1] + 1, alignment.score)
    yield from _matches(wanted, found, end, last, cutoff)


def likeness(phrase: str, text: str) -> float:
    """How well the phrase is found somewhere in the text, 0 to 100."""
    wanted, found = plain(phrase).text, plain(text).text
    return fuzz.partial_ratio(wanted, found) if len(wanted) <= len(found) else 0.0
