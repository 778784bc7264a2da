"""What a fax makes of letters: which it takes for which, and words bent that way."""

from rapidfuzz.distance import Levenshtein

_TAKEN_FOR = "ec eo co il it lt ft ef hb nu uv rt nr fe sa gq cg ij jl ae as yv vy hn oa zs kx mn dc ad ao bh tf pf xz kr"
"""Pairs of letters of which a fax makes the one into the other."""
NARROW = "il"
"""Letters a fax loses, or makes of dirt."""
_MOST = 2
"""Letters of a word that may be bent."""
LIKE: dict[str, set[str]] = {}
"""For each letter, those a fax makes of it and makes it of."""
for _pair in _TAKEN_FOR.split():
    LIKE.setdefault(_pair[0], set()).add(_pair[1])
    LIKE.setdefault(_pair[1], set()).add(_pair[0])


def may_be(read: str, known: str) -> bool:
    """Whether a fax makes of one word, in small letters, another that was read."""
    if Levenshtein.distance(read, known, score_cutoff=_MOST) > _MOST:
        return False
    for op in Levenshtein.editops(read, known):
        lost, made = known[op.dest_pos : op.dest_pos + 1], read[op.src_pos : op.src_pos + 1]
        if op.tag == "replace":
            if lost not in LIKE.get(made, ()):
                return False
        elif (lost if op.tag == "insert" else made) not in NARROW:
            return False
    return True
