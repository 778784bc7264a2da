"""Which form a page is, from the words on it. An unknown page stays unknown: no form is ever forced on it."""

from collections.abc import Mapping, Sequence

import msgspec
from rapidfuzz import fuzz

from trustact.intake.form import Form
from trustact.intake.layout import Row, text_of
from trustact.intake.wording import likeness, plain

TITLE, PHRASE, EXCLUDED = 80.0, 85.0, 90.0
"""How alike, 0 to 100, words must be to count as the title, as a phrase, and as words that rule a form out."""
SHARE = 0.4
"""The weight of a form's phrases that must be found beside its title."""
FULL_SHARE = 0.75
"""The weight found at which the phrases leave no doubt."""
APART = 8.0
"""How far the title found best must lead the next form's."""
_WORTH = 70.0
"""How alike words must be to some title for a page to be read more closely."""
_SHORTEST = 40
"""Letters a page must have to be known by them."""
_READABLE = 0.6
"""How sure a reader must be of the words of a page, on an average, for it to tell what the page is not."""

_BY_PRINT = 0.99
"""How sure a form is that is known by its print and by its title read back."""

_RANK = ("civil-detainer", "notification-request", "judicial-warrant", "administrative-warrant", "other")


class PageForm(msgspec.Struct, frozen=True):
    """One page of a packet: its number, the form it belongs to (None: unknown), how sure, whether it begins it."""

    page: int
    form: str | None
    confidence: float
    first: bool = False


def recognise(
    packet: Sequence[tuple[int, Sequence[Row]]],
    forms: Sequence[Form],
    known: Mapping[int, Form] | None = None,
) -> list[PageForm]:
    """What each page of a packet (its number and its rows) is, in order; further pages only right after their form.

    `known` are pages whose form is known by their print, whatever their words.
    """
    result: list[PageForm] = []
    before: Form | None = None
    for number, rows in packet:
        text = text_of(rows)
        printed = known.get(number) if known else None
        form, confidence = (printed, _BY_PRINT) if printed else first_page(text, forms)
        likest = _later(text, before) if form is None and before is not None else 0.0
        if form is not None:
            before = form
            result.append(PageForm(number, form.id, confidence, first=True))
        elif before is not None and likest >= PHRASE:
            result.append(PageForm(number, before.id, round(likest / 100, 3)))
        else:
            before = None
            result.append(PageForm(number, None, 0.0))
    return result


def first_page(text: str, forms: Sequence[Form]) -> tuple[Form | None, float]:
    """The form whose first page a text is, and how sure (0 to 0.99); None where no form leads clearly.

    The title decides: those of some forms differ by a few words, while their bodies are the same.
    """
    found = [(_title(text, form), form) for form in forms if _share(text, form) >= SHARE]
    best = max((alike for alike, _ in found), default=0.0)
    near = [form for alike, form in found if best - alike < APART]
    left = [form for form in near if not excluded(text, form)]
    # Only editions with one and the same title are told apart by what rules them out.
    if best < TITLE or len(left) != 1 or len({form.marks.titles for form in near}) > 1:
        return None, 0.0
    (form,) = left
    confidence = best / 100 * min(1.0, _share(text, form) / FULL_SHARE)
    return form, round(min(0.99, confidence), 3)


def titled(title: str, form: Form, forms: Sequence[Form]) -> bool:
    """Whether a line is a form's title, and that of no form with another one."""
    alike = max(_same(known, title) for known in form.marks.titles)
    others = [other for other in forms if other.marks.titles != form.marks.titles]
    nearest = max((_same(known, title) for other in others for known in other.marks.titles), default=0.0)
    return alike >= TITLE and alike - nearest >= APART


def known_roughly(form: Form, forms: Sequence[Form]) -> bool:
    """Whether a form may be known by its title and some words about their places.

    Not where another edition has the same title; and never a court's warrant, the one paper that is acted upon, whose title
    other papers of the court have.
    """
    alike = [other for other in forms if other.marks.titles == form.marks.titles]
    return len(alike) == 1 and form.kind != "judicial-warrant"


def excluded(text: str, form: Form) -> bool:
    """Whether words stand on the page that rule the form out."""
    return any(likeness(words, text) >= EXCLUDED for words in form.marks.rules_out)


def may_be(text: str, forms: Sequence[Form]) -> list[Form]:
    """The forms of which so much is found in a text that it may be one of them, or speak of it as a cover does."""
    return [form for form in forms if _title(text, form) >= _WORTH or _share(text, form) >= SHARE / 2]


def unreadable(rows: Sequence[Row]) -> bool:
    """Whether there is print on a page, and so little of it was read that it may be any form."""
    sure = [word.confidence for row in rows for word in row.words]
    return len(plain(text_of(rows)).text) >= _SHORTEST and sum(sure) < _READABLE * len(sure)


def _same(known: str, title: str) -> float:
    return fuzz.ratio(plain(known).text, plain(title).text)


def strongest(packet: Sequence[PageForm], forms: Sequence[Form]) -> Form | None:
    """The form a packet is filed under: the strongest request, or else the court's warrant before an officer's."""
    kinds = {form.id: form for form in forms}
    found = [kinds[page.form] for page in packet if page.first and page.form is not None]
    return min(found, key=_rank, default=None)


def passed_over(
    packet: Sequence[tuple[int, Sequence[Row]]],
    known: Sequence[PageForm],
    chosen: Form,
    forms: Sequence[Form],
) -> int | None:
    """The first page before all known ones that may be another form than the chosen, or a stronger; None where none may.

    A cover that names the chosen form passes; one that names a request which is nowhere in the packet does not. A page
    that cannot be read may be of any kind: it passes only before the strongest.
    """
    begun = min(page.page for page in known if page.form is not None)
    for number, rows in packet:
        if number >= begun:
            break
        if unreadable(rows) and _rank(chosen) > 0:
            return number
        found = may_be(text_of(rows), forms)
        if found and (chosen not in found or _rank(min(found, key=_rank)) < _rank(chosen)):
            return number
    return None


def left_unknown(packet: Sequence[tuple[int, Sequence[Row]]], known: Sequence[PageForm]) -> int | None:
    """The first page after a known one that has print on it and is none of the forms; None where there is none."""
    named = {page.page for page in known if page.form is not None}
    for number, rows in packet:
        if number > min(named) and number not in named and len(plain(text_of(rows)).text) >= _SHORTEST:
            return number
    return None


def _rank(form: Form) -> int:
    return _RANK.index(form.kind)


def _title(text: str, form: Form) -> float:
    """How well a form's title is found in a text, 0 to 100; 0 in a text too short to tell."""
    return (
        max(likeness(title, text) for title in form.marks.titles)
        if len(plain(text).text) >= _SHORTEST
        else 0.0
    )


def _share(text: str, form: Form) -> float:
    """The weight of a form's phrases found in a text, 0 to 1."""
    phrases = form.marks.phrases
    found = sum(phrase.weight for phrase in phrases if likeness(phrase.text, text) >= PHRASE)
    return found / sum(phrase.weight for phrase in phrases)


def _later(text: str, form: Form) -> float:
    return max((likeness(words, text) for words in form.marks.later_pages), default=0.0)
