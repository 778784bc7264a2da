"""The two-key rule: a value is accepted only where two readers that err differently say the same.

One is the teller: the file's own text, or for a picture the line reader, which errs least on faxes. The others bear it
out, the whole of it or word by word (see `weaving`), or speak against it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from trustact.intake import linereader
from trustact.intake.form import ValueKind
from trustact.intake.grammar import Value
from trustact.intake.known_names import may_be_known, words_of
from trustact.intake.look import TEXT_LAYER, Look
from trustact.intake.signers import capacity
from trustact.intake.values import value_of
from trustact.intake.weaving import borne_out, goes_on, mended, outvoted
from trustact.intake.writing import accents_of, written

Status = Literal["accepted", "ask"]
Seen = tuple[Look, Value]


class _Least(NamedTuple):
    """How sure the teller must be of its least sure letter where another reader has the whole value, or others every word of it."""

    whole: float
    words: float


_OF_FEW = _Least(0.0, 0.3)
"""Of a value of which there are few, such as a country: no other is near."""
_OF_TITLES = _Least(0.6, 0.9)
_OF_NAMES = _Least(0.5, 0.9)
_OF_ADDRESSES = _Least(0.6, 0.7)
_OF_FIGURES = _Least(0.82, 0.95)
"""Of a number or a date: with one figure misread it is another."""
_OF_FIGURES_SEEN = _Least(0.0, 0.95)
_CLEAR, _ALIKE, _MANY = 0.9, 0.7, 8
"""The same on a page that reads so well, where so large a share of so many looks at least has the number."""
_NEARLY_KNOWN, _WHOLLY = 0.985, 0.99
"""How sure it must be of a name with a word in it that is nearly a known one, as HERNANDFZ is; or, on a page that reads well,
the share of the looks that have it."""
_BARELY, _ORDINARY, _SMOOTHLY = 0.6, 0.85, 0.93
"""How well a page reads whose people's names are believed at all, one of which nothing is known, and one without a hitch."""
_SURE_OF_NAMES = 0.8
"""How sure the teller must be of a person's name, on an average of its looks that have it."""
_HALF = 0.5
"""The share of the looks that have some number there that must have the number."""
_POOR, _POORLY = 0.8, 0.9
"""On a page that reads worse than this the teller must be so sure of a number, on an average of its looks that have it."""
_SOME, _OFTEN, _MOSTLY = 0.5, 0.58, 0.66
"""The share of all looks that must have a person's name to the letter: half on a page that reads without a hitch, seven
on an ordinary one, two thirds on one that reads worse."""
_SAME = 2
"""Looks of the line reader that must have the value."""
_DISSENT, _FIGURES_DISSENT = 0.97, 0.9
"""How sure another reader must be of another value for it to count, and one that is surer of a number than the teller."""
_OWN_DISSENT, _OWN_FIGURES_DISSENT = 0.8, 0.4
"""How sure the teller itself must be of another value, and of another number."""
NAMES: tuple[ValueKind, ...] = ("name", "signer-name")
"""People's names, of which a word wrong is a person wronged: they are looked at in every way there is."""
NAMED: tuple[ValueKind, ...] = (*NAMES, "address")
"""Values with names in them of people, or of streets, which are named after people."""
FIGURES: tuple[ValueKind, ...] = ("date", "digits", "number", "event-number", "file-number")
LETTERED: tuple[ValueKind, ...] = ("address", "text")
"""Values of words with numbers among them."""
WORDED: tuple[ValueKind, ...] = ("address", "text", "court", "signer-title")
"""Values that are made of known words for the most part."""


class Settled(NamedTuple):
    """The value the looks give, how far they agree (0 to 1), and whether a person must look."""

    value: str | None
    confidence: float
    status: Status


def settle(kind: ValueKind, looks: Sequence[Look], *, clear: float = _ORDINARY) -> Settled:
    """One value from several looks at the same place; asked where the teller is not borne out, or is spoken against.

    `clear` is how well the whole page reads, 0 to 1 (see `clearness`).
    """
    if kind in WORDED:
        looks = [look if look.reader == TEXT_LAYER else _mended(look, looks) for look in looks]
    seen = [(look, value) for look in looks if (value := value_of(kind, look.lines)) is not None]
    if not seen:
        return Settled(None, 0.0, "ask")
    teller = TEXT_LAYER if any(look.reader == TEXT_LAYER for look in looks) else linereader.READER
    told = [(look, value) for look, value in seen if look.reader == teller]
    best = _most_told(told or seen)
    agreed = [(look, value) for look, value in seen if value.key == best]
    text, sure = written(agreed), max(look.confidence for look, _ in agreed)
    own = [(look, value) for look, value in told if value.key == best]
    accepted = (
        bool(own)
        and accents_of(agreed) is not None
        and _well_formed(kind, text, max(own, key=_least_doubted))
        and not _spoken_against(kind, best, teller, seen)
        and (kind != "signer-title" or _in_one_capacity(seen))
        and _borne_out(kind, own, looks, seen, clear)
    )
    return Settled(text, round((sure + len(agreed) / len(looks)) / 2, 3), "accepted" if accepted else "ask")


def _mended(look: Look, looks: Sequence[Look]) -> Look:
    return look._replace(lines=mended(look.lines, [other for other in looks if other.reader != look.reader]))


def clearness(places: Iterable[Sequence[Look]]) -> float:
    """How sure the line reader is of the places of a page, at best, on an average (0 to 1)."""
    best = [
        max((look.confidence for look in looks if look.reader == linereader.READER), default=0.0)
        for looks in places
    ]
    return sum(best) / len(best) if best else 0.0


def _most_told(seen: Sequence[Seen]) -> str:
    """The value most readers have, of several the one most looks have, and then the one a look is surest of."""
    votes = Counter(value.key for _, value in seen)
    readers = Counter(key for key, _ in {(value.key, look.reader) for look, value in seen})
    sure = {key: max(look.confidence for look, value in seen if value.key == key) for key in votes}
    return max(votes, key=lambda key: (readers[key], votes[key], sure[key], key))


def _least_doubted(one: Seen) -> tuple[bool, float]:
    """A look ranked by whether its value is whole without doubt, and by how sure it is."""
    look, value = one
    return not (value.doubtful or value.torn), look.confidence


def _well_formed(kind: ValueKind, text: str, own: Seen) -> bool:
    """Whether a value, as the teller has it and as it is written down, is one of its kind without doubt.

    A name is as it is written down: small letters and capitals of one shape are told by vote.
    """
    again = value_of(kind, (text,))
    if again is None or again.key != own[1].key:
        return False
    torn = own[0].reader != TEXT_LAYER and (again.torn or own[1].torn)
    return not (torn or again.doubtful or (own[1].doubtful and kind not in NAMES))


def _spoken_against(kind: ValueKind, best: str, teller: str, seen: Sequence[Seen]) -> bool:
    """Whether a look is too sure of another value; the teller's own must not be surer than those that have the best."""
    own = max(
        (look.confidence for look, value in seen if look.reader == teller and value.key == best), default=0.0
    )
    others, itself = _DISSENT, min(own, _OWN_DISSENT)
    if kind in FIGURES:
        others, itself = min(_DISSENT, max(own, _FIGURES_DISSENT)), min(own, _OWN_FIGURES_DISSENT)
    return any(
        look.confidence >= (itself if look.reader == teller else others)
        for look, value in seen
        if value.key != best and (look.reader == teller or not (value.doubtful or value.torn))
    )


def _in_one_capacity(seen: Sequence[Seen]) -> bool:
    """Whether all looks that tell a signer's capacity tell the same: what may be done turns on it."""
    return len({told for _, value in seen if (told := capacity(value.text))}) <= 1


def _borne_out(
    kind: ValueKind, own: Sequence[Seen], looks: Sequence[Look], seen: Sequence[Seen], clear: float
) -> bool:
    """Whether enough other readers have the teller's value, for how sure the teller is of it."""
    look, value = max(own, key=lambda one: one[0].confidence)
    agreed = sum(same.key == value.key for _, same in seen)
    alike = agreed / len(looks)
    if look.reader == linereader.READER and not _steady(kind, [seen for seen, _ in own], alike, clear):
        return False
    legible = clear >= _CLEAR and len(looks) >= _MANY
    certain = look.confidence >= _NEARLY_KNOWN or (legible and alike >= _WHOLLY)
    if kind in NAMED and not _no_known_name(value.text, looks, certain=certain):
        return False
    others = [other for other in looks if other.reader != look.reader]
    few = kind in FIGURES and agreed < _HALF * len(seen)
    if few or (kind in LETTERED and outvoted(look.lines, others)):
        return False
    if look.reader == linereader.READER and kind in (*WORDED, *NAMES) and goes_on(look.lines, others):
        return False
    least = _OF_FIGURES_SEEN if kind in FIGURES and legible and alike >= _ALIKE else _least(kind)
    if any(other.reader != look.reader and same.key == value.key for other, same in seen):
        return look.confidence >= least.whole
    return look.confidence >= least.words and borne_out(look.lines, others)


def _steady(kind: ValueKind, own: Sequence[Look], alike: float, clear: float) -> bool:
    """Whether the line reader has a value in looks enough, for its kind and for how well the page reads."""
    if len(own) < _SAME:
        return False
    sure = sum(look.confidence for look in own) / len(own)
    if kind in NAMES:
        often = _SOME if clear >= _SMOOTHLY else _OFTEN if clear >= _ORDINARY else _MOSTLY
        return clear >= _BARELY and sure >= _SURE_OF_NAMES and alike >= often
    return not (kind in FIGURES and clear < _POOR and sure < _POORLY)


def _least(kind: ValueKind) -> _Least:
    if kind in NAMES:
        return _OF_NAMES
    if kind in FIGURES:
        return _OF_FIGURES
    if kind == "signer-title":
        return _OF_TITLES
    return _OF_ADDRESSES if kind in LETTERED else _OF_FEW


def _no_known_name(text: str, looks: Sequence[Look], *, certain: bool) -> bool:
    """Whether no word of a value is a known name bent by a fax: the value is all but certain, and no look has that name."""
    known = may_be_known(text)
    seen = (word for look in looks for word in words_of(" ".join(look.lines)))
    return not known or (certain and known.isdisjoint(seen))
