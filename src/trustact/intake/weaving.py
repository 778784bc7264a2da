"""A line borne out word by word, where no other look has the whole of it alike.

Each word of it must stand in the same place of some look of another reader; a known word of offices and addresses may be
bent there by a letter or two.
"""

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein, Opcodes

from trustact.intake.bending import may_be
from trustact.intake.gazetteer import COMMON_WORDS, KNOWN_WORDS
from trustact.intake.look import Look
from trustact.intake.wording import plain

_BENT = 0.25
"""The share of a known word's letters that may be bent in another look."""
_LONG = 4
"""Letters a known word must have to stand for one that was bent."""
_LONGER = 6
"""Letters a common word must have for one letter of it to be read otherwise in every look; twice as many for two."""
_NOUGHTS = str.maketrans("oq", "00")
"""What is read where a nought has a stroke or a gap."""
_FIGURES = str.maketrans("oqil", "0011")
"""Letters that are figures in a number."""
_MORE, _WITHIN = 3, 70.0
"""Letters beyond a value's that tell of a lost word, where another look has the value itself so much alike, 0 to 100."""
_SOME, _MANY, _FEW = 2, 4, 1 / 3
"""Of so many looks at a number, or at a word, at least the share that must have it."""


def borne_out(lines: Sequence[str], others: Sequence[Look]) -> bool:
    """Whether every word of some lines stands in its place of the same line of a look among others."""
    return all(there and _has(word, there) for word, there in _words(lines, others))


def outvoted(lines: Sequence[str], others: Sequence[Look]) -> bool:
    """Whether few of the looks among others have a number of some lines, of those with a number there, or another unknown word."""
    return any(
        _rare_number(word, there) if any(map(str.isdigit, word)) else _rare_word(word, there)
        for word, there in _words(lines, others)
    )


def goes_on(lines: Sequence[str], others: Sequence[Look]) -> bool:
    """Whether another look at a value of words has more letters before or after it: a part of it may not have been cut out."""
    own = plain(" ".join(lines)).text
    return any(_beyond(own, plain(" ".join(other.lines)).text) >= _MORE for other in others)


def _beyond(own: str, other: str) -> int:
    """How many letters a longer text has before or after another, where it has that."""
    if len(other) - len(own) < _MORE:
        return 0
    within = fuzz.partial_ratio_alignment(own, other, score_cutoff=_WITHIN)
    return max(within.dest_start, len(other) - within.dest_end) if within else 0


def _words(lines: Sequence[str], others: Sequence[Look]) -> Iterator[tuple[str, list[str]]]:
    """Each word of some lines in its bare letters, with what stands in its place of every other look of as many lines."""
    heard = [look.lines for look in others if len(look.lines) == len(lines)]
    for place, line in enumerate(lines):
        yield from _slots(line, [look[place] for look in heard])


def _rare_word(word: str, there: Sequence[str]) -> bool:
    return word not in KNOWN_WORDS and len(there) >= _MANY and there.count(word) < _FEW * len(there)


def _rare_number(number: str, there: Sequence[str]) -> bool:
    seen = [
        other.translate(_FIGURES) for other in there if 2 * sum(map(str.isdigit, other)) >= len(other) > 0
    ]
    return len(seen) >= _SOME and seen.count(number.translate(_FIGURES)) < _FEW * len(seen)


def mended(lines: Sequence[str], others: Sequence[Look]) -> tuple[str, ...]:
    """The lines with each word that is nearly a known one of offices, offences and addresses as that.

    An i without its point is an l to every reader; of two that read Pollce and Police, one has read what there is. Where no
    other look has the known word there, it is put only for long words that name no place: Bolton stays Bolton.
    """
    heard = [look.lines for look in others if len(look.lines) == len(lines)]
    return tuple(_mended(line, [look[place] for look in heard]) for place, line in enumerate(lines))


def _mended(line: str, others: Sequence[str]) -> str:
    """One line with its bent words mended."""
    told = iter(list(_slots(line, others)))
    words = []
    for word in line.split():
        letters, there = next(told) if plain(word).text else ("", [])
        meant = _meant(letters, there)
        words.append(_in_case(word, meant) if meant else word)
    return " ".join(words)


def _meant(word: str, there: Sequence[str]) -> str | None:
    """The known word that a bent one is: one that another look has there, else a long one that names no place."""
    if word in KNOWN_WORDS:
        return None
    seen = {other for other in there if other in KNOWN_WORDS and len(other) >= _LONG and may_be(word, other)}
    return seen.pop() if len(seen) == 1 else _nearest(word)


@functools.lru_cache(maxsize=4096)
def _nearest(word: str) -> str | None:
    """The common word that is nearest to one, and near; None where none is, or several are."""
    near = defaultdict(list)
    for known in COMMON_WORDS:
        if len(known) >= _LONGER:
            near[Levenshtein.distance(word, known)].append(known)
    least = min(near)
    return near[least][0] if len(near[least]) == 1 and least <= len(near[least][0]) // _LONGER else None


def _in_case(word: str, known: str) -> str:
    """A known word with the capitals of another, and the marks that stand around it; one with marks inside stays."""
    inner = word.strip("".join(mark for mark in word if not mark.isalnum()))
    if not inner.isalnum():
        return word
    cased = known.upper() if inner.isupper() else known.capitalize() if inner[0].isupper() else known
    return word.replace(inner, cased)


def _has(word: str, there: Sequence[str]) -> bool:
    """Whether what stands in a word's place of other looks is that word in one of them."""
    if word in KNOWN_WORDS:
        return min(Levenshtein.distance(word, other) for other in there) <= max(1, _BENT * len(word))
    if any(map(str.isdigit, word)):
        return any(other.translate(_NOUGHTS) == word.translate(_NOUGHTS) for other in there)
    return word in there


def _slots(line: str, others: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Each word of a line in its bare letters, with what stands in its place of each other line."""
    words = [letters for word in line.split() if (letters := plain(word).text)]
    edges = [0]
    for word in words:
        edges.append(edges[-1] + len(word))
    parted = [_parted("".join(words), edges, plain(other).text) for other in others]
    for place, word in enumerate(words):
        yield word, [parts[place] for parts in parted]


def _parted(letters: str, edges: Sequence[int], other: str) -> list[str]:
    """A text parted where the words of another one end."""
    ops = Levenshtein.opcodes(letters, other)
    cuts = [0, *(_across(edge, ops) for edge in edges[1:-1]), len(other)]
    return [other[start:end] for start, end in itertools.pairwise(cuts)]


def _across(edge: int, ops: Opcodes) -> int:
    """Where an edge between letters of one text lies in the other."""
    for op in ops:
        if op.src_start <= edge < op.src_end or edge == op.src_start == op.src_end:
            return min(op.dest_start + (edge - op.src_start), op.dest_end)
    return ops.dest_len
