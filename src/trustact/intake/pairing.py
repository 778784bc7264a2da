"""Printed words of a print beside the words seen on a page: which may be the same.

Needs numpy, which comes with the `ocr` extra.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from trustact.intake.page import Word
from trustact.intake.prints import Print
from trustact.intake.wording import plain

Points = npt.NDArray[Any]
"""A row for each point: across and down, in points of the page."""

_SHORTEST = 3
"""Letters a word must have to be matched."""
_OFTEN = 4
"""Words printed more often than this are left out: they match too much."""
_BENDING, _ALIKE = 5, 78.0
"""Letters from which on a word may be bent and still match, and how alike it must then be, 0 to 100."""


def pairs(words: Sequence[Word], on: Print) -> tuple[Points, Points]:
    """The middles of like words, on the print and on the page.

    Short words are like where they are the same; longer ones also where a fax has bent a letter or two.
    """
    printed, seen = _by_text(on.words), _by_text(words)
    found: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for text, likes in _likes(printed, seen):
        alike = [place for like in likes for place in seen[like]]
        if len(alike) <= 2 * _OFTEN:
            found += itertools.product(printed[text], alike)
    there = np.array([pair[0] for pair in found], dtype=np.float64).reshape(-1, 2)
    here = np.array([pair[1] for pair in found], dtype=np.float64).reshape(-1, 2)
    return there, here


def _by_text(words: Sequence[Word]) -> dict[str, list[tuple[float, float]]]:
    """The middles of words, by their letters."""
    places: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for word in words:
        text = plain(word.text).text
        if len(text) >= _SHORTEST:
            places[text].append(((word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2))
    return places


def _likes(
    printed: Mapping[str, Sequence[Any]], seen: Mapping[str, Sequence[Any]]
) -> Iterator[tuple[str, list[str]]]:
    """Each rarely printed text, and the texts on the page that are it or nearly it."""
    rare = [text for text, places in printed.items() if len(places) <= _OFTEN]
    texts = list(seen)
    if not rare or not texts:
        return
    alike = process.cdist(rare, texts, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    for text, scores in zip(rare, alike, strict=True):
        if len(text) < _BENDING:
            yield text, [text] if text in seen else []
        else:
            yield text, [texts[at] for at in np.flatnonzero(scores)]
