"""The two-key rule: a value is accepted only where two readers that err differently say the same."""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from trustact.intake import accents, tesseract
from trustact.intake.form import ValueKind
from trustact.intake.gazetteer import OFFICE_WORDS
from trustact.intake.grammar import Value
from trustact.intake.values import value_of
from trustact.intake.weaving import Strand, woven

_WORD = re.compile(r"[^\W_]+(?:@[^\W_]*)*|@[^\W_]+")
Status = Literal["accepted", "ask"]

TEXT_LAYER = "text layer"
"""The reader's name for words the file itself carries."""
ALONE = 0.95
"""How sure every look of a single reader must be, where there is no second one."""
_DOUBT = 0.9
"""How sure a look must be for its different value to put an agreed one in doubt."""
_CLEAR = 0.6
"""How sure a reader must be of its least sure letter to be echoed by a blind one."""
_NOUGHT = "[0oqg@]"
"""What a blind reader makes of a nought: never another figure, which may be the right one."""
_HEARD = 0.5
"""How sure a look must be for more letters in it to count."""
_FAINT = 0.35
"""Below this a reader has guessed."""
_FIGURES: tuple[ValueKind, ...] = ("date", "digits", "number", "event-number", "file-number")
_SURE = (0.6, 0.9)
"""How sure an engine must be of figures: one that counts its least sure letter, and one that counts its least sure word."""
NAMES: tuple[ValueKind, ...] = ("name", "signer-name")
"""People's names, of which a word wrong is a person wronged: they are looked at more often, and nothing may speak against them."""
_PROSE: tuple[ValueKind, ...] = ("address", "text", "court", "signer-title")
"""Values put together word by word more often than seen whole."""
_SEEN_WHOLE = dict.fromkeys(NAMES, 0.6) | dict.fromkeys(_PROSE, 0.3)
"""The share of looks that must have the whole value: of what both engines misread alike, few looks have all."""
_BLIND = (tesseract.READER,)
"""Readers that tell neither accents reliably, nor a nought with a stroke from an 8, nor the tail of a y on a rule."""


class Look(NamedTuple):
    """What one reader (the file's own text, or an OCR engine by name) saw in a place, line by line.

    `suspect` are the figures in it of which one may be another that a fax makes into it (see `ppocr.Line`).
    """

    reader: str
    lines: tuple[str, ...]
    confidence: float
    suspect: str = ""


class Settled(NamedTuple):
    """The value the looks give, how sure it is (0 to 1), and whether a person must look."""

    value: str | None
    confidence: float
    status: Status


def settle(kind: ValueKind, looks: Sequence[Look]) -> Settled:
    """One value from several looks at the same place.

    One with a figure in it that may be another is asked, and so are figures no engine is sure of in any look, and names
    and words that too few looks have whole.
    """
    settled = _agreed(kind, looks)
    suspect = set(settled.value or "") & {figure for look in looks for figure in look.suspect}
    unsure = kind in _FIGURES and not any(look.confidence >= _SURE[look.reader in _BLIND] for look in looks)
    if suspect or unsure or _share(kind, settled.value, looks) < _SEEN_WHOLE.get(kind, 0.0):
        return settled._replace(status="ask")
    return settled


def _share(kind: ValueKind, text: str | None, looks: Sequence[Look]) -> float:
    """The share of looks, 0 to 1, that have that very value."""
    best = value_of(kind, (text,)) if text else None
    seen = [value_of(kind, look.lines) for look in looks]
    same = sum(value is not None and best is not None and value.key == best.key for value in seen)
    return same / max(1, len(looks))


def _agreed(kind: ValueKind, looks: Sequence[Look]) -> Settled:
    """One value from several looks at the same place.

    Accepted where readers of two names agree and nothing speaks against it (see `_doubted`); with one reader only, where all its looks (two at least) agree, are sure, and the value meets its
    grammar in full.
    """
    seen = [(look, value) for look in looks if (value := value_of(kind, look.lines)) is not None]
    if not seen:
        return Settled(None, 0.0, "ask")
    heard = seen
    seen = _echoed(looks, seen)
    readers = {
        key: {look.reader for look, value in seen if value.key == key} for key in {v.key for _, v in seen}
    }
    votes = Counter(value.key for _, value in seen)
    best = max(readers, key=lambda key: (len(readers[key]), votes[key], _surest(key, seen), key))
    agreed = [(look, value) for look, value in seen if value.key == best]
    text = _written([(look, value) for look, value in heard if value.key == best])
    confidence = 1.0
    for reader in readers[best]:
        confidence *= 1 - max(look.confidence for look, _ in agreed if look.reader == reader)
    confidence = min(0.99, 1 - confidence) * votes[best] / len(looks)
    accepted = len(readers[best]) > 1 and not _doubted(kind, best, readers, seen)
    if {look.reader for look in looks} == readers[best]:
        accepted = accepted or _sure_alone(agreed, looks)
    accepted = accepted and _accents(agreed) is not None and _well_formed(kind, text, best)
    accepted = accepted and not (kind in _FIGURES and any(value.doubtful for _, value in agreed))
    if not accepted and (put := _put_together(kind, looks)) is not None:
        return put
    return Settled(text, round(confidence, 3), "accepted" if accepted else "ask")


def _put_together(kind: ValueKind, looks: Sequence[Look]) -> Settled | None:
    """A value whose lines are woven word by word from looks of two engines; None where there is none."""
    tellers = {look.reader for look in looks if look.reader not in _BLIND}
    if len(tellers) != 1 or len({look.reader for look in looks}) < 2:
        return None
    (teller,) = tellers
    most = max(len(look.lines) for look in looks)
    lines = []
    for at in range(most):
        strands = [
            Strand(look.reader, look.lines[at], look.confidence) for look in looks if len(look.lines) == most
        ]
        lines.append(woven(strands, teller, undisputed=kind in NAMES))
    whole = [line for line in _needed(kind, lines) if line is not None]
    value = (
        value_of(kind, tuple(text for text, _ in whole)) if len(whole) == len(_needed(kind, lines)) else None
    )
    if value is None or value.doubtful:
        return None
    return Settled(value.text, min(sure for _, sure in whole), "accepted")


def _needed(kind: ValueKind, lines: Sequence[tuple[str, float] | None]) -> Sequence[tuple[str, float] | None]:
    """The lines a value needs: of a signature block of two lines, the name its first and the office its second."""
    if len(lines) == 2 and kind in ("signer-name", "signer-title"):
        return lines[:1] if kind == "signer-name" else lines[1:]
    return lines


def _well_formed(kind: ValueKind, text: str, key: str) -> bool:
    """Whether a value, as put together from the looks, is itself a value of its kind and says the same."""
    again = value_of(kind, (text,))
    return again is not None and again.key == key and not again.doubtful


def _echoed(looks: Sequence[Look], seen: Sequence[tuple[Look, Value]]) -> list[tuple[Look, Value]]:
    """The values seen, those of a blind reader that say the same but for what it cannot see taken for that.

    Only another reader of the same ink can tell what the blind one missed: the file's own text is no witness of it.
    """
    told = [(look, value) for look, value in seen if look.reader not in _BLIND]
    tellers = [(look, value) for look, value in told if look.reader != TEXT_LAYER]
    keys = {value.key for _, value in told}
    heard = list(told)
    own = {id(look): value for look, value in seen}
    for look in looks:
        if look.reader in _BLIND:
            value = own.get(id(look))
            if value is None or value.key not in keys:
                value = next((known for teller, known in tellers if _echoes(look, teller)), value)
            if value is not None:
                heard.append((look, value))
    return heard


def _echoes(blind: Look, teller: Look) -> bool:
    """Whether a blind reader's look is the teller's but for accents and what it makes of noughts."""
    if teller.confidence < _CLEAR:
        return False
    said = [word for line in blind.lines for word in _WORD.findall(line.casefold())]
    told = [
        word for line in teller.lines for word in _WORD.findall(unicodedata.normalize("NFC", line).casefold())
    ]
    if re.fullmatch("".join(map(_heard, told)), "".join(said)):
        return True
    return len(said) == len(told) and all(
        re.fullmatch(_heard(word), other) or _same_word(word, other)
        for word, other in zip(told, said, strict=True)
    )


def _heard(word: str) -> str:
    """A pattern of what a blind reader may make of a word."""
    last = len(word) - 1
    return "".join(
        _NOUGHT
        if c == "0"
        else "[yv]"
        if c == "y"
        else re.escape(c)
        if c.isascii()
        else r"\w"
        if at == last
        else r"\w{1,2}"
        for at, c in enumerate(word)
    )


def _same_word(word: str, other: str) -> bool:
    """Whether a long word of offices and addresses was misread by a letter."""
    return len(word) >= 6 and word in OFFICE_WORDS and Levenshtein.distance(word, other, score_cutoff=1) <= 1


def _doubted(
    kind: ValueKind, best: str, readers: dict[str, set[str]], seen: Sequence[tuple[Look, Value]]
) -> bool:
    """Whether something speaks against a value two readers agree on.

    Another value that two readers have or one is sure of, a look that has more of the same word, or a reader of
    which most looks say otherwise. Of a person's name no look may say otherwise at all, unless it is a guess.
    """
    others = [(look, value) for look, value in seen if value.key != best]
    if any(len(readers[value.key]) > 1 or look.confidence >= _DOUBT for look, value in others):
        return True
    if any(_longer(value.key, best) and look.confidence >= _HEARD for look, value in others):
        return True
    telling = [look for look, _ in seen if look.reader not in _BLIND]
    agreeing = [look for look, value in seen if value.key == best and look.reader not in _BLIND]
    if not telling:
        return False
    if kind in NAMES and any(look.confidence >= _HEARD for look in telling if look not in agreeing):
        return True
    sure = [look.confidence for look in agreeing]
    return 2 * len(agreeing) <= len(telling) or max(sure) < _FAINT


def _longer(key: str, best: str) -> bool:
    """Whether a value is the other one with a letter or more at an end."""
    more = len(key) - len(best)
    return 0 < more <= 3 and best in key


def _accents(agreed: Sequence[tuple[Look, Value]]) -> str | None:
    """The letters of an agreed value with the accents of the looks that can tell them; None where those differ."""
    telling = [value.text for look, value in agreed if look.reader not in _BLIND or not value.text.isascii()]
    return accents.agreed(telling or [value.text for _, value in agreed])


def _surest(key: str, seen: Sequence[tuple[Look, Value]]) -> float:
    return max(look.confidence for look, value in seen if value.key == key)


def _sure_alone(agreed: Sequence[tuple[Look, Value]], looks: Sequence[Look]) -> bool:
    """Whether a single reader may stand alone: every look agrees, is sure, and the grammar is met."""
    return (
        len(agreed) == len(looks) >= 2
        and all(look.confidence >= ALONE for look in looks)
        and all(value.sure for _, value in agreed)
    )


def _written(agreed: Sequence[tuple[Look, Value]]) -> str:
    """How the agreed value is written: as the file's own text has it, else by vote, character for character."""
    for look, value in agreed:
        if look.reader == TEXT_LAYER:
            return value.text
    texts = [unicodedata.normalize("NFC", value.text) for _, value in agreed]
    letters = [[character for character in text if character.isalnum()] for text in texts]
    if len({len(line) for line in letters}) > 1:
        counted = Counter(texts)
        return max(
            texts, key=lambda text: (counted[text] > 1, sum(map(str.isalnum, text)), counted[text], text)
        )
    between = [re.split(r"[^\W_]", text) for text in texts]
    voted = [_letter(column) for column in zip(*letters, strict=True)]
    inside = [False, *(a.islower() and b.islower() for a, b in itertools.pairwise(voted)), False]
    parts = [
        _between(column, within) for column, within in zip(zip(*between, strict=True), inside, strict=True)
    ]
    written = "".join(part + letter for part, letter in zip(parts, [*voted, ""], strict=True))
    return accents.put_on(written, _accents(agreed) or accents.bare(written))


def _letter(column: Sequence[str]) -> str:
    """One letter of an agreed value, in the case of most."""
    letter = Counter(letter.casefold() for letter in column).most_common(1)[0][0]
    return letter.upper() if 2 * sum(map(str.isupper, column)) >= len(column) else letter


def _between(column: Sequence[str], within: bool) -> str:
    """What stands between two letters, by vote; a tie goes to a space, but `within` a word to nothing."""
    counted = Counter(column)
    order = (",", "-", " ", "") if within else (",", "-", "", " ")

    def rank(part: str) -> int:
        mark = part.strip() or part[:1]
        return order.index(mark) if mark in order else -1

    return max(counted, key=lambda part: (counted[part], rank(part), part))
