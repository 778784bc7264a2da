"""The marks inside a specimen's words: `{value}`, `[tick box]`, `*bold*`, `_italic_`, `~` for a signature.

`{request.date}` is filled in from the matter, `{request.date; width 96}` in a place 96 points wide; `{Return to}`, which
begins with a capital, is a place left empty; `{Expense = this | that}` is filled in with one of the texts, and every `#`
in them becomes a digit. `[basis.final_order]` is ticked as the matter has it, `[Served by mail]` never, `[By phone x]`
always, `[Priority: 2 of 6]` in one matter of six. `~1` to `~3` are three persons' signatures.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from trustact.specimens.filling import Filling, ticks, values
from trustact.specimens.ink import scrawl
from trustact.specimens.matter import Matter
from trustact.specimens.page import Hand, PrintId, Say, Scrawl, Span, Tick, Value

MARK = re.compile(r"\{(?P<value>[^{}]+)\}|\[(?P<tick>[^\[\]]+)\]|\*(?P<bold>[^*]+)\*|_(?P<italic>[^_]+)_|~(?P<ink>[1-3])")  # fmt: skip
STAMPED = ("request.date", "request.to", "request.from", "court.date", "court.signer", "officer", "supervisor", "supervisor.name", "supervisor.title")  # fmt: skip
"""What offices have rubber stamps for."""
HANDS: tuple[Hand, ...] = ("typed", "typed", "typed", "typed", "typed", "stamped", "written")
"""How often a place is filled in by each hand, where any of it is done by hand."""
_GROUP = re.compile(r"(?P<name>.+): (?P<number>\d+) of (?P<all>\d+)")


class Filler:
    """Fills one sheet in: remembers which names it has used, since every field of a sheet has a name of its own."""

    def __init__(
        self, case: Matter, print_id: PrintId, words: Mapping[str, str], *, reads: bool, by_hand: bool
    ) -> None:
        self._pen = case.pen
        self._reads = reads
        self._by_hand = by_hand
        self._words = words
        self._values = values(case, print_id)
        self._ticks = ticks(case)
        self._used: Counter[str] = Counter()

    def plain(self, text: str) -> str:
        """The text with its `<words>` put in. Raises `KeyError` for a word that is not given."""
        return re.sub(r"<(\w+)>", lambda word: self._words[word[1]], text)

    def spans(self, text: str, *, captioned: bool = False, size: float = 1.0) -> tuple[Span, ...]:
        """The spans of a text. `captioned` puts a value in the middle over a caption that has its own rule."""
        found = self._spans(self.plain(text), captioned)
        return tuple(
            msgspec.structs.replace(span, size=size) if isinstance(span, Say) else span for span in found
        )

    def _spans(self, text: str, captioned: bool) -> Iterator[Span]:
        at = 0
        for mark in MARK.finditer(text):
            if mark.start() > at:
                yield Say(text[at : mark.start()])
            yield self._span(mark, captioned)
            at = mark.end()
        if at < len(text):
            yield Say(text[at:])

    def _span(self, mark: re.Match[str], captioned: bool) -> Span:
        if mark["value"]:
            return self._value(mark["value"], captioned)
        if mark["tick"]:
            return self._tick(mark["tick"])
        if mark["ink"]:
            return self._scrawl(int(mark["ink"]))
        return Say(mark["bold"] or mark["italic"], bold=bool(mark["bold"]), italic=bool(mark["italic"]))

    def _value(self, written: str, captioned: bool) -> Value:
        named, *options = (part.strip() for part in written.split(";"))
        name, _, choices = (part.strip() for part in named.partition("="))
        text, reads = self._filling(name, choices)
        width = next((float(option.split()[1]) for option in options if option.startswith("width ")), 0.0)
        return Value(
            self._name(name), text, reads if self._reads else (), width,
            lines=text.count("\n") + 1,
            ruled=not (captioned or "bare" in options),
            centred=captioned or "centred" in options,
            hand=self._hand(name) if self._by_hand and text else "typed",
        )  # fmt: skip

    def _hand(self, name: str) -> Hand:
        """In whose hand a place is filled in: of seven some five by machine, one by stamp if it has words, one by pen."""
        chosen = random.Random(f"{self._pen} {name} hand").choice(HANDS)
        return "typed" if chosen == "stamped" and name not in STAMPED else chosen

    def _filling(self, name: str, choices: str) -> Filling:
        if choices:
            rng = random.Random(f"{self._pen} {name}")
            chosen = rng.choice(choices.split(" | "))
            return Filling(re.sub("#", lambda _: str(rng.randint(0, 9)), chosen))
        return Filling("") if name[0].isupper() else self._values[name]

    def _tick(self, name: str) -> Tick:
        if name in self._ticks:
            ticked, field = self._ticks[name]
            return Tick(self._name(name), ticked, field if self._reads else "")
        group = _GROUP.fullmatch(name)
        if group:
            return Tick(self._name(f"{group['name']} {group['number']}"), self._chosen(group))
        return Tick(self._name(name.removesuffix(" x")), name.endswith(" x"))

    def _chosen(self, group: re.Match[str]) -> bool:
        """Whether this one of a group of boxes is the one that is ticked."""
        return random.Random(f"{self._pen} {group['name']}").randrange(int(group["all"])) == int(group["number"]) - 1  # fmt: skip

    def _scrawl(self, number: int) -> Scrawl:
        return scrawl(self._pen + number)

    def _name(self, name: str) -> str:
        """A field's own name: no full stop, which would part it in two (PDF 32000-1, 12.7.3.2), and none twice."""
        name = name.replace(".", " ").replace("_", " ")
        self._used[name] += 1
        return name if self._used[name] == 1 else f"{name} {self._used[name]}"
