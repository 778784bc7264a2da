"""Names often borne in the United States: a word that is nearly one of them may be one, bent by a fax.

They raise a doubt and settle none: no name is ever replaced, and one that is like none of them is as good as any.
`known_names.txt` holds the surnames and first names the U.S. Census Bureau published of 1990, a work of the United
States government: the 20,000 surnames borne most, and all first names, those of five letters or more.
"""

import functools
import re
import unicodedata
from collections import defaultdict
from importlib import resources

_SHORTEST = 5
"""Letters a word must have: short names are near each other by nature."""
_TAKEN_FOR = "ec eo co il it lt ft ef hb nu uv rt nr fe sa gq cg ij jl ae as yv vy hn oa zs kx mn dc ad ao bh tf pf xz kr"
"""Pairs of letters of which a fax makes the one into the other."""


def bent_name(name: str) -> bool:
    """Whether a word of a name is no known one, and would be with one letter changed that a fax changes."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    return any(map(_nearly_known, re.findall(r"[a-z]+", bare)))


@functools.cache
def _nearly_known(word: str) -> bool:
    known = _known()
    if len(word) < _SHORTEST or word in known:
        return False
    like = _like()
    return any(
        word[:at] + other + word[at + 1 :] in known
        for at, letter in enumerate(word)
        for other in like.get(letter, "")
    )


@functools.cache
def _known() -> frozenset[str]:
    text = resources.files("trustact.intake").joinpath("known_names.txt").read_text(encoding="ascii")
    return frozenset(text.split())


@functools.cache
def _like() -> dict[str, set[str]]:
    like = defaultdict[str, set[str]](set)
    for pair in _TAKEN_FOR.split():
        like[pair[0]].add(pair[1])
        like[pair[1]].add(pair[0])
    return dict(like)
