"""Names often borne in the United States: a word that is nearly one of them may be one, bent by a fax.

They raise a doubt and settle none: no name is ever replaced, and one that is like none of them is as good as any.
`known_names.txt` holds the surnames and first names the U.S. Census Bureau published of 1990, a work of the United
States government: the 20,000 surnames borne most, and all first names, those of five letters or more.
"""

import functools
import re
import unicodedata
from importlib import resources

from trustact.intake.bending import LIKE, NARROW

_SHORTEST = 5
"""Letters a word must have: short names are near each other by nature."""


def may_be_known(name: str) -> frozenset[str]:
    """The known names that words of a name would be with one letter changed that a fax changes, or put back that it loses, where they are none."""
    return frozenset().union(*map(_near, words_of(name)))


def words_of(name: str) -> list[str]:
    """The words of a name in small letters without accents."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    return re.findall(r"[a-z]+", bare)


@functools.cache
def _near(word: str) -> frozenset[str]:
    known = _known()
    if len(word) < _SHORTEST or word in known:
        return frozenset()
    spots = range(len(word))
    bent = {word[:at] + other + word[at + 1 :] for at in spots for other in LIKE.get(word[at], "")}
    lost = {word[:at] + narrow + word[at:] for at in spots[1:] for narrow in NARROW}
    return known & (bent | lost)


@functools.cache
def _known() -> frozenset[str]:
    text = resources.files("trustact.intake").joinpath("known_names.txt").read_text(encoding="ascii")
    return frozenset(text.split())
