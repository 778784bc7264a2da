"""Which form a page is, from the words on it. An unknown page stays unknown: no form is ever forced on it."""

from collections.abc import Sequence

import msgspec

from trustact.intake.form import Form
from trustact.intake.layout import Row
from trustact.intake.wording import likeness, plain

TITLE, PHRASE, EXCLUDED = 88.0, 85.0, 90.0
"""How alike, 0 to 100, words must be to count as the title, as a phrase, and as words that rule a form out."""
SHARE = 0.4
"""The weight of a form's phrases that must be found beside its title."""
FULL_SHARE = 0.75
"""The weight found at which the phrases leave no doubt."""
APART = 0.15
"""How far the best form must lead the next one."""

_RANK = ("civil-detainer", "notification-request", "judicial-warrant", "administrative-warrant", "other")


class PageForm(msgspec.Struct, frozen=True):
    """One page of a packet: its number, the form it belongs to (None: unknown), how sure, whether it begins it."""

    page: int
    form: str | None
    confidence: float
    first: bool = False


def recognise(packet: Sequence[tuple[int, Sequence[Row]]], forms: Sequence[Form]) -> list[PageForm]:
    """What each page of a packet (its number and its rows) is; further pages only beside their form's first page."""
    texts = {number: " ".join(row.text for row in rows) for number, rows in packet}
    firsts = {number: first_page(text, forms) for number, text in texts.items()}
    present = {form.id for form, _ in firsts.values() if form is not None}
    result = []
    for number, text in texts.items():
        form, confidence = firsts[number]
        if form is not None:
            result.append(PageForm(number, form.id, confidence, first=True))
            continue
        later = [(_later(text, form), form.id) for form in forms if form.id in present]
        likest, name = max(later, default=(0.0, ""))
        result.append(
            PageForm(number, name, round(likest / 100, 3))
            if likest >= PHRASE
            else PageForm(number, None, 0.0)
        )
    return result


def first_page(text: str, forms: Sequence[Form]) -> tuple[Form | None, float]:
    """The form whose first page a text is, and how sure (0 to 0.99); None where no form leads clearly."""
    scores = sorted(((_score(text, form), index) for index, form in enumerate(forms)), reverse=True)
    (best, index), *others = scores or [(0.0, 0)]
    if best <= 0 or (others and best - others[0][0] < APART):
        return None, 0.0
    return forms[index], round(min(0.99, best), 3)


def strongest(packet: Sequence[PageForm], forms: Sequence[Form]) -> Form | None:
    """The form a packet is filed under: the strongest request, or else the court's warrant before an officer's."""
    kinds = {form.id: form for form in forms}
    found = [kinds[page.form] for page in packet if page.first and page.form is not None]
    return min(found, key=lambda form: _RANK.index(form.kind), default=None)


def _score(text: str, form: Form) -> float:
    """0 where the form's title is not there, too little else is, or a word rules it out."""
    marks = form.marks
    if len(plain(text).text) < 40:
        return 0.0
    title = max(likeness(title, text) for title in marks.titles)
    if title < TITLE or any(likeness(words, text) >= EXCLUDED for words in marks.rules_out):
        return 0.0
    total = sum(phrase.weight for phrase in marks.phrases)
    found = sum(phrase.weight for phrase in marks.phrases if likeness(phrase.text, text) >= PHRASE)
    share = found / total if total else 0.0
    return title / 100 * min(1.0, share / FULL_SHARE) if share >= SHARE else 0.0


def _later(text: str, form: Form) -> float:
    return max((likeness(words, text) for words in form.marks.later_pages), default=0.0)
