"""The printed words of a form located on a page: labels, words beside tick boxes, and all other print.

Longer words win over shorter ones, so that "Date" is never found inside "Date of Birth".
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from trustact.intake.form import Field, Form
from trustact.intake.layout import Row, Span, box_of, gap_before
from trustact.intake.page import Box
from trustact.intake.wording import Match, matches, plain

COLUMN_GAP = 1.8
"""White space of this many line heights, or more, parts two columns."""

_SENTENCE = 14
"""Words of more letters than this are known anywhere; shorter ones must stand as a label."""
_NEAR = 75
"""How alike misprinted words before a colon must be to a label, 0 to 100."""
_NO_VALUE = 30
"""Phrases a form is known by are taken for print, never for part of a value, if they have more letters than this."""


class Hit(NamedTuple):
    """Printed words found: which words, in which row, which characters, how alike (0 to 100), where."""

    words: str
    row: int
    start: int
    end: int
    score: float
    box: Box


def printed_words(form: Form) -> set[str]:
    """Everything the form is known to print."""
    labels = {label for field in form.fields for label in field.labels}
    words = labels | {beside for tick in form.ticks for beside in tick.beside}
    words |= {phrase.text for phrase in form.marks.phrases if len(plain(phrase.text).text) > _NO_VALUE}
    words |= {anchor for field in form.fields for anchor in (*field.after, *field.before)}
    words |= {anchor for tick in form.ticks for anchor in (*tick.after, *tick.before)}
    words |= set(form.printed) | set(form.marks.titles)
    hints = " ".join(plain(field.hint).text for field in form.fields)
    words = {word for word in words if plain(word).text not in hints or word in labels}
    return words | {hint_lead(field) for field in form.fields if field.hint}


def hint_lead(field: Field) -> str:
    """The first words of a field's hint: enough to find it, few enough to stand on one line."""
    return " ".join(field.hint.split()[:5])


def locate(form: Form, rows: Sequence[Row]) -> list[Hit]:
    """Every printed word of the form found on the page, none overlapping another, in reading order."""
    found = [
        Hit(words, index, match.start, match.end, match.score, box_of(Span(row, match.start, match.end)))
        for words in printed_words(form)
        for index, row in enumerate(rows)
        for match in found_in(words, row)
    ]
    found.sort(key=lambda hit: (-hit.score * (hit.end - hit.start), hit.words))
    kept: list[Hit] = []
    for hit in found:
        if all(hit.row != other.row or hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    kept += _misprinted(form, rows, kept)
    return sorted(kept, key=lambda hit: (hit.row, hit.start))


def _misprinted(form: Form, rows: Sequence[Row], kept: Sequence[Hit]) -> list[Hit]:
    """Labels found nowhere else, for words before a colon that are nearer to one of them than to any other."""
    seen = {hit.words for hit in kept}
    missing = {
        label
        for field in form.fields
        if not seen & {*field.labels, hint_lead(field)}
        for label in field.labels
        if len(plain(label).text) >= 4
    }
    found = []
    for index, row in enumerate(rows) if missing else ():
        for colon in re.finditer(r"[:;]", row.text):
            start, label, score = _nearest(row.text, colon.start(), missing)
            free = all(hit.row != index or hit.end <= start or colon.start() <= hit.start for hit in kept)
            if score >= _NEAR and free:
                box = box_of(Span(row, start, colon.start()))
                found.append(Hit(label, index, start, colon.start(), score, box))
    return found


def _nearest(text: str, colon: int, labels: Iterable[str]) -> tuple[int, str, float]:
    """Where the words before a colon that read most like a label begin, which label, and how alike (0 to 100)."""
    starts = [match.start() for match in re.finditer(r"\S+", text[:colon])][-5:]
    likest = max(
        (
            (fuzz.ratio(plain(text[start:colon]).text, plain(label).text), start, label)
            for start in starts
            for label in labels
        ),
        default=(0.0, 0, ""),
    )
    return likest[1], likest[2], likest[0]


def found_in(words: str, row: Row) -> Iterable[Match]:
    """Every place in a row where the words stand as a label, or as a sentence where they are long."""
    length = len(plain(words).text)
    cutoff = 100 if length <= 4 else 80 if length <= 6 else 85
    for match in matches(words, row.text, cutoff):
        whole = _whole_words(match, row.text)
        if whole is not None and length > _SENTENCE:
            yield Match(match.start, whole.end, match.score)
        elif whole is not None and _stands_as_label(whole, row, length):
            yield whole


def _whole_words(match: Match, text: str) -> Match | None:
    """The match grown to whole words where it misses a letter or two; None where it lies inside longer words."""
    start, end = match.start, match.end
    colon = text.rfind(":", start, end)
    if colon > start and len(plain(text[colon:end]).text) <= 2:
        end = colon
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    most = min(2, len(plain(text[start:end]).text) // 3)
    if match.start - start > most or end - match.end > most:
        return None
    return Match(start, end, match.score)


def _stands_as_label(match: Match, row: Row, length: int) -> bool:
    """Whether short words stand as a label: at the start of a column or with a colon, never inside a sentence."""
    after = row.text[match.end :].lstrip(" .")
    colon = after.startswith((":", ";"))
    at_start = any(
        at == match.start and gap_before(row, index) >= 0.9 * row.height
        for index, at in enumerate(row.starts)
    )
    ends_column = (
        not after
        or after.startswith("(")
        or any(
            at >= match.end and gap_before(row, index) >= COLUMN_GAP * row.height
            for index, at in enumerate(row.starts)
            if not row.text[match.end : at].strip(" .:;")
        )
    )
    if length <= 2:
        return at_start and (colon or ends_column)
    return colon or (at_start and (ends_column or (length > 4 and match.score > 95)))
