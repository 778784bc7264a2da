"""A line borne out word by word, where no other look has the whole of it alike.

Each word of it must stand in the same place of some look of another reader; a known word of offices and addresses may be
bent there by a letter or two.
"""

import itertools
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein, Opcodes

from trustact.intake.gazetteer import KNOWN_WORDS
from trustact.intake.look import Look
from trustact.intake.wording import plain

_BENT = 0.25
"""The share of a known word's letters that may be bent in another look."""
_NOUGHTS = str.maketrans("oq", "00")
"""What is read where a nought has a stroke or a gap."""


def borne_out(lines: Sequence[str], others: Sequence[Look]) -> bool:
    """Whether every word of some lines stands in its place of the same line of a look among others."""
    heard = [look.lines for look in others if len(look.lines) == len(lines)]
    return bool(heard) and all(
        _has(word, there)
        for place, line in enumerate(lines)
        for word, there in _slots(line, [look[place] for look in heard])
    )


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
