"""Where the values of a form stand on a page: right of, below or above their printed words."""

from collections.abc import Iterator, Sequence

import msgspec
from rapidfuzz import fuzz

from trustact.intake.form import Field, Standing
from trustact.intake.labels import COLUMN_GAP, Hit, hint_lead
from trustact.intake.layout import Row, Span, box_of, gap_before, row_of, words_in
from trustact.intake.page import Box, Word, around
from trustact.intake.wording import likeness, matches, plain

_FIRST_BELOW, _NEXT_BELOW, _ABOVE = 2.2, 1.1, 2.6
"""How far, in line heights, the first and each further line of a value may stand from the one before."""
_MARGIN = 6.0
_HINTED = 72
"""How alike small print must be to the hint, 0 to 100."""
AROUND = " :;._-\u2013\u2014*|'\"\u2019,"
"""What a form prints around a value and is no part of it: rules, dots, colons."""
LEADING = AROUND + ")"


class Line(msgspec.Struct, frozen=True):
    """One line of a value: its words, their box, and the piece of page to look at again, `lead` printed before it."""

    text: str
    box: Box
    confidence: float
    crop: Box
    lead: str = ""


class Place(msgspec.Struct, frozen=True):
    """A value found beside its label: the field, how it stands, its lines, and where the label is."""

    field: Field
    standing: Standing
    lines: tuple[Line, ...]
    label: Box


def places_of(field: Field, hits: Sequence[Hit], rows: Sequence[Row]) -> Iterator[Place]:
    """Every place the field's value may stand, the likeliest first; a blank field gives places without lines."""
    own = _labels(field, hits, rows)
    hits = [hit for hit in hits if not field.hint or hit.words != hint_lead(field)]
    for hit in own:
        for standing in field.stands:
            lines = _lines(field, standing, hit, hits, rows)
            yield Place(field, standing, tuple(_without_hint(field.hint, lines))[: field.lines], hit.box)


def between(hit: Hit, after: Sequence[str], before: Sequence[str], hits: Sequence[Hit]) -> bool:
    """Whether a hit stands under the first of the words `after` and over the last of the words `before`."""
    lower = min((other.row for other in hits if other.words in after), default=-1)
    upper = max((other.row for other in hits if other.words in before), default=1_000_000)
    return lower <= hit.row <= upper


def _labels(field: Field, hits: Sequence[Hit], rows: Sequence[Row]) -> list[Hit]:
    """The field's labels on the page: those followed by its hint first, then of its usual wording, then the top."""
    known = (*field.labels, hint_lead(field)) if field.hint else field.labels
    own = [hit for hit in hits if hit.words in known and between(hit, field.after, field.before, hits)]
    own = [hit if hit.words in field.labels else _before_hint(hit, rows) for hit in own]

    def rank(hit: Hit) -> tuple[bool, int, int]:
        following = rows[hit.row].text[hit.end :][: len(field.hint)]
        hinted = len(following) > 8 and likeness(following, field.hint) >= 80
        return not hinted, known.index(hit.words), hit.row

    return sorted(own, key=rank)


def _before_hint(hint: Hit, rows: Sequence[Row]) -> Hit:
    """A label too misprinted to be known, by the hint after it: what stands before the hint in its column."""
    row = rows[hint.row]
    start = hint.start
    for index in range(len(row.words) - 1, -1, -1):
        if row.starts[index] < hint.start:
            start = row.starts[index]
        if row.starts[index] <= hint.start and gap_before(row, index) >= COLUMN_GAP * row.height:
            break
    box = box_of(Span(row, start, hint.start)) if start < hint.start else hint.box
    return hint._replace(start=start, end=hint.start, box=box)


def _lines(
    field: Field, standing: Standing, hit: Hit, hits: Sequence[Hit], rows: Sequence[Row]
) -> list[Line]:
    if standing == "above":
        return _lines_above(field.lines, hit, hits, rows)
    if standing == "wrapped":
        return _lines_wrapped(hit, hits, rows)
    most = field.lines + (2 if field.hint else 0)
    right = _right_of(hit, hits, rows) if standing == "right" or field.hint else None
    if standing == "right" and (right is None or (_is_caption(field) and _apart(right.box, hit, rows))):
        return []
    first = [right] if right else []
    start = right.box if right and standing == "right" else hit.box
    if len(first) < most and (standing == "below" or field.lines > 1):
        first += _lines_below(most - len(first), start, hit, hits, rows)
    return first


def _is_caption(field: Field) -> bool:
    """Whether the label may stand under its value, so that what is far right of it belongs to another column."""
    return "above" in field.stands


def _apart(value: Box, hit: Hit, rows: Sequence[Row]) -> bool:
    return value.x0 - hit.box.x1 >= COLUMN_GAP * rows[hit.row].height


def _lines_wrapped(hit: Hit, hits: Sequence[Hit], rows: Sequence[Row]) -> list[Line]:
    """A value in running print whose words end their row: it begins the next row and ends at the next print."""
    if rows[hit.row].text[hit.end :].strip(AROUND) or hit.row + 1 >= len(rows):
        return []
    row = rows[hit.row + 1]
    if row.box.y0 - hit.box.y1 > _FIRST_BELOW * row.height:
        return []
    words = _until_print(row.words, [other for other in hits if other.row == hit.row + 1])
    words = _column_of(words, row)
    return [_line(words)] if words else []


def _right_of(hit: Hit, hits: Sequence[Hit], rows: Sequence[Row]) -> Line | None:
    """What stands right of the label in its own row, up to the next printed words or column."""
    row = rows[hit.row]
    end = min(
        (other.start for other in hits if other.row == hit.row and other.start >= hit.end),
        default=len(row.text),
    )
    start = hit.end
    while start < end and row.text[start] in LEADING:
        start += 1
    for index, at in enumerate(row.starts):
        if start < at < end and gap_before(row, index) >= COLUMN_GAP * row.height:
            end = at
    words = _filled(words_in(Span(row, start, end)))
    if not words:
        return None
    near = words[0].box.x0 - hit.box.x1 < 3 * row.height
    return _line(words, lead=row.text[hit.start : start] if near else "", label=hit.box if near else None)


def _lines_below(most: int, start: Box, hit: Hit, hits: Sequence[Hit], rows: Sequence[Row]) -> list[Line]:
    """Lines under the label, inside its column, down to the next printed words or a wider white space."""
    left = min(hit.box.x0, start.x0) - _MARGIN
    right = _column_end(hit, hits, rows)
    lines: list[Line] = []
    bottom, height, reach = start.y1, rows[hit.row].height, _FIRST_BELOW
    for index in range(hit.row, len(rows)):
        row = rows[index]
        words = [word for word in row.words if left <= (word.box.x0 + word.box.x1) / 2 < right]
        if not words or words[0].box.y0 < bottom - 0.4 * height:
            continue
        if words[0].box.y0 - bottom > reach * height or len(lines) == most:
            break
        words = _until_print(words, [other for other in hits if other.row == index])
        words = _column_of(words, row)
        if not words:
            break
        lines.append(_line(words))
        bottom, reach = lines[-1].box.y1, _NEXT_BELOW
    return lines


def _lines_above(most: int, hit: Hit, hits: Sequence[Hit], rows: Sequence[Row]) -> list[Line]:
    """Lines over a caption that stand over some part of it, up to the next printed words."""
    lines: list[Line] = []
    floor, reach = hit.box, _ABOVE
    for index in range(len(rows) - 1, -1, -1):
        row = rows[index]
        words = _over(row, floor) if index != hit.row else []
        if not words or words[0].box.y1 > floor.y0 + 0.4 * row.height:
            continue
        if floor.y0 - words[-1].box.y1 > reach * row.height or len(lines) == most:
            break
        span = around(word.box for word in words)
        if any(o.row == index and o.box.x0 < span.x1 and span.x0 < o.box.x1 for o in hits):
            break
        words = _filled(words)
        if not words:
            continue
        lines.insert(0, _line(words))
        floor, reach = lines[0].box, _NEXT_BELOW
    return lines


def _over(row: Row, floor: Box) -> list[Word]:
    """The words of the row's columns that stand over some part of a box."""
    columns: list[list[Word]] = []
    for index, word in enumerate(row.words):
        if gap_before(row, index) >= COLUMN_GAP * row.height:
            columns.append([])
        columns[-1].append(word)
    return [
        word
        for column in columns
        if column[0].box.x0 < floor.x1 and floor.x0 < column[-1].box.x1
        for word in column
    ]


def _column_end(hit: Hit, hits: Sequence[Hit], rows: Sequence[Row]) -> float:
    """The upright at which the label's column ends: the next printed words or column beside it."""
    height = rows[hit.row].height
    beside = [
        other.box.x0
        for other in hits
        if other.box.x0 > hit.box.x1 and abs(other.box.y0 - hit.box.y0) < 1.5 * height
    ]
    row = rows[hit.row]
    beside += [
        word.box.x0
        for index, word in enumerate(row.words)
        if word.box.x0 > hit.box.x1 and gap_before(row, index) >= COLUMN_GAP * height
    ]
    return min(beside, default=float("inf")) - 2.0


def _until_print(words: Sequence[Word], hits: Sequence[Hit]) -> list[Word]:
    """The words before the first printed ones among them."""
    ends = [hit.box.x0 for hit in hits if hit.box.x1 > words[0].box.x0]
    end = min(ends, default=float("inf"))
    return [word for word in words if word.box.x1 <= end + 1.0]


def _column_of(words: Sequence[Word], row: Row) -> list[Word]:
    """The words up to the first column gap; none where they continue a sentence begun left of them."""
    if not words:
        return []
    first = row.words.index(words[0])
    if gap_before(row, first) < 0.9 * row.height:
        return []
    kept = [words[0]]
    for word in words[1:]:
        if gap_before(row, row.words.index(word)) >= COLUMN_GAP * row.height:
            break
        kept.append(word)
    return _filled(kept)


def _filled(words: Sequence[Word]) -> list[Word]:
    """The words without leading and trailing rules and dots; none where nothing else stands there."""
    kept = list(words)
    while kept and not any(map(str.isalnum, kept[0].text)):
        kept.pop(0)
    while kept and not any(map(str.isalnum, kept[-1].text)):
        kept.pop()
    return kept


def _line(words: Sequence[Word], lead: str = "", label: Box | None = None) -> Line:
    box = around(word.box for word in words)
    return Line(
        row_of(words).text.lstrip(LEADING).rstrip(AROUND),
        box,
        min(word.confidence for word in words),
        around([box, label]) if label else box,
        lead,
    )


def _without_hint(hint: str, lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without the small print that follows the label, whole or shortened, on one line or more."""
    left = plain(hint).text
    for line in lines:
        end, left = _hint_in(line.text, hint, left) if left else (0, "")
        if rest := line.text[end:].strip(AROUND):
            yield _shortened(line, rest) if end else line


def _hint_in(text: str, hint: str, left: str) -> tuple[int, str]:
    """How far into a line the hint reaches, of which `left` is still to come, and what then is left of it."""
    letters = plain(text).text
    close = text.find(")") + 1
    if text.startswith("(") and close and likeness(text[:close], hint) >= _HINTED:
        return close, ""
    if len(letters) < len(left) and fuzz.ratio(letters, left[: len(letters)]) >= _HINTED:
        return len(text), left[len(letters) :]
    found = next(matches(left, text, _HINTED), None) if len(letters) >= len(left) else None
    if found is None or found.start > 3:
        return 0, ""
    return max(found.end, text.find(")", found.end, found.end + 4) + 1), ""


def _shortened(line: Line, rest: str) -> Line:
    """The line with only its last part as value, in proportion to its letters."""
    share = 1 - len(rest) / len(line.text)
    left = line.box.x0 + share * (line.box.x1 - line.box.x0)
    box = Box(left, line.box.y0, line.box.x1, line.box.y1)
    return Line(rest, box, line.confidence, line.crop, line.lead + line.text[: len(line.text) - len(rest)])
