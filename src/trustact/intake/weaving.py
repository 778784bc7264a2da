"""A line put together word by word from several looks, where no two engines read the whole of it alike.

The two-key rule holds for every single word: both engines have read it, each in one of its looks, in the same place of
the line; or one has read a known word of offices and addresses to the letter, and the other that word with a letter or
two bent by the line. A number is never put together: both engines have it, and no surer look has another.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein, Opcodes

from trustact.intake import accents
from trustact.intake.gazetteer import KNOWN_WORDS
from trustact.intake.grammar import bent
from trustact.intake.wording import plain


class Strand(NamedTuple):
    """One look at a line: which engine, its text, and how sure it is (0 to 1)."""

    reader: str
    text: str
    confidence: float


class _Vote(NamedTuple):
    """What one look has at a word's place: the word as written, its bare letters, whose look, how sure."""

    written: str
    letters: str
    strand: Strand


_BENT = 0.25
"""The share of a known word's letters that may be bent in the other engine's look."""
_NOUGHTS = str.maketrans("oq", "00")
"""What the other engine makes of a nought with a stroke."""
_ECHOES = 3
"""How often the other engine must have a figure that one look of the better one has otherwise."""
_DISSENT = 0.5
"""How sure a look must be for another number in it to count."""


def woven(strands: Sequence[Strand], teller: str, *, undisputed: bool = False) -> tuple[str, float] | None:
    """The line on every word of which both engines agree, and how sure; None where there is none, or two.

    `teller` is the engine whose words are woven along: the one that errs less. `undisputed` is for people's names, of
    which none of its looks may have another word, unless it is a guess.
    """
    along = sorted((strand for strand in strands if strand.reader == teller), key=lambda s: -s.confidence)
    found = [line for pivot in along if (line := _along(pivot, strands, undisputed)) is not None]
    return found[0] if found and len({plain(text).text for text, _ in found}) == 1 else None


def _along(pivot: Strand, strands: Sequence[Strand], undisputed: bool) -> tuple[str, float] | None:
    """The line woven along one look, or None where a word of it is not settled."""
    places = list(_slots(pivot, strands))
    if undisputed and any(_disputed(votes, pivot) for votes in places):
        return None
    words = [_settled(votes, pivot, undisputed) for votes in places]
    settled = [word for word in words if word is not None]
    if not words or len(settled) < len(words):
        return None
    return " ".join(word for word, _ in settled), min(sure for _, sure in settled)


def _slots(pivot: Strand, strands: Sequence[Strand]) -> Iterator[list[_Vote]]:
    """For every word of a look, what each look has in its place."""
    words = [word for word in pivot.text.split() if plain(word).text]
    letters = plain(" ".join(words)).text
    edges = [0]
    for word in words:
        edges.append(edges[-1] + len(plain(word).text))
    parted = [list(_parted(letters, edges, strand)) for strand in strands]
    for place in range(len(words)):
        yield [each[place] for each in parted]


def _parted(letters: str, edges: Sequence[int], strand: Strand) -> Iterator[_Vote]:
    """A look parted where the words of another one end."""
    own = plain(strand.text)
    ops = Levenshtein.opcodes(letters, own.text)
    cuts = [_across(edge, ops) for edge in edges[1:-1]]
    for start, end in zip([0, *cuts], [*cuts, len(own.text)], strict=True):
        first = own.origins[start] if start < len(own.origins) else len(strand.text)
        last = own.origins[end] if end < len(own.origins) else len(strand.text)
        yield _Vote(strand.text[first:last].strip(), own.text[start:end], strand)


def _across(edge: int, ops: Opcodes) -> int:
    """Where an edge between letters of one text lies in the other."""
    for op in ops:
        if op.src_start <= edge < op.src_end or edge == op.src_start == op.src_end:
            return min(op.dest_start + (edge - op.src_start), op.dest_end)
    return ops.dest_len


def _settled(votes: Sequence[_Vote], pivot: Strand, undisputed: bool) -> tuple[str, float] | None:
    """The word both engines have in one place, and how sure; None where there is none, or more than one."""
    teller = pivot.reader
    readers: dict[str, set[str]] = defaultdict(set)
    for vote in votes:
        readers[vote.letters].add(vote.strand.reader)
    both = [
        letters
        for letters, by in readers.items()
        if len(by) > 1 and letters and (undisputed or not bent(letters))
    ]
    if len(both) > 1:
        return None
    letters = both[0] if both else None if undisputed else _known(votes, teller)
    own = next(vote for vote in votes if vote.strand is pivot)
    if letters is None and any(map(str.isdigit, own.letters)):
        return _figure_by_figure(own, votes, teller)
    if letters is None or _spoken_against(letters, votes, teller):
        return None
    return _written([vote for vote in votes if vote.letters == letters], teller)


def _disputed(votes: Sequence[_Vote], pivot: Strand) -> bool:
    """Whether a look of the better engine, not a mere guess, has another word in a place than the one woven along."""
    told = {
        vote.letters
        for vote in votes
        if vote.strand is pivot or (vote.strand.reader == pivot.reader and vote.strand.confidence >= _DISSENT)
    }
    return len(told) > 1


def _figure_by_figure(own: _Vote, votes: Sequence[_Vote], teller: str) -> tuple[str, float] | None:
    """A number every figure of which both engines have in its place, the better one in most of its looks."""
    sure = [vote for vote in votes if vote.strand.reader == teller and vote.strand.confidence >= _DISSENT]
    if any(len(vote.letters) != len(own.letters) for vote in sure):
        return None
    told = [_aligned(own.letters, vote.letters) for vote in votes if vote.strand.reader == teller]
    heard = [
        _aligned(own.letters, vote.letters.translate(_NOUGHTS))
        for vote in votes
        if vote.strand.reader != teller
    ]
    for place, figure in enumerate(own.letters):
        if not _borne_out(
            figure, Counter(look[place] for look in told), Counter(look[place] for look in heard)
        ):
            return None
    return own.written, own.strand.confidence


def _borne_out(figure: str, told: Counter[str], heard: Counter[str]) -> bool:
    """Whether one figure or letter of a number stands: two looks in three tell it, and more echo it than any other of its sort."""
    against, echo = told.total() - told[figure], figure.translate(_NOUGHTS)
    rival = max(
        (
            count
            for other, count in heard.items()
            if other != echo and other.isdigit() == echo.isdigit() and other != " "
        ),
        default=0,
    )
    if heard[echo] <= rival or told[figure] < 2 * against:
        return False
    return not against or heard[echo] >= _ECHOES


def _aligned(letters: str, other: str) -> str:
    """For each letter of one text the one in its place in another; a space where there is none."""
    placed = [" "] * len(letters)
    for op in Levenshtein.opcodes(letters, other):
        if op.tag in ("equal", "replace"):
            placed[op.src_start : op.src_end] = other[op.dest_start : op.dest_end]
    return "".join(placed)


def _known(votes: Sequence[_Vote], teller: str) -> str | None:
    """A known word that one engine has to the letter, and the other bent; None where there is none, or two."""
    found = {vote.letters for vote in votes if vote.letters in KNOWN_WORDS}
    if len(found) != 1:
        return None
    (word,) = found
    for told in (True, False):
        others = [vote.letters for vote in votes if (vote.strand.reader == teller) is told and vote.letters]
        near = min((Levenshtein.distance(word, other) for other in others), default=len(word))
        if near > max(1, _BENT * len(word)):
            return None
    return word


def _spoken_against(letters: str, votes: Sequence[_Vote], teller: str) -> bool:
    """Whether a surer look has another number or more of the same word, or most looks of the better engine one other word."""
    if any(_longer(vote.letters, letters) and vote.strand.confidence >= _DISSENT for vote in votes):
        return True
    telling = [vote for vote in votes if vote.strand.reader == teller]
    others = [vote for vote in telling if vote.letters != letters]
    if any(map(str.isdigit, letters)):
        numbers = [vote for vote in others if vote.letters.isdigit() or not letters.isdigit()]
        return any(vote.strand.confidence >= _DISSENT for vote in numbers)
    most = Counter(vote.letters for vote in others).most_common(1)
    return bool(most) and letters not in KNOWN_WORDS and most[0][1] > len(telling) - len(others)


def _longer(letters: str, word: str) -> bool:
    """Whether letters are a word with one to three more at an end."""
    return 0 < len(letters) - len(word) <= 3 and word in letters


def _written(votes: Sequence[_Vote], teller: str) -> tuple[str, float] | None:
    """A word as most looks write it, with the accents they agree on, and how sure; None where they do not."""
    telling = [vote for vote in votes if vote.strand.reader == teller or not vote.written.isascii()] or votes
    form = accents.agreed([vote.written for vote in telling])
    if form is None:
        return None
    written = Counter(vote.written for vote in telling if len(accents.bare(vote.written)) == len(form))
    doubt = 1.0
    for reader in {vote.strand.reader for vote in votes}:
        doubt *= 1 - max(vote.strand.confidence for vote in votes if vote.strand.reader == reader)
    return accents.put_on(written.most_common(1)[0][0], form), round(1 - doubt, 3)
