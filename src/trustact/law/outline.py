"""An outline: a region of cases said in few words, exactly, with the phrases the law itself uses.

A region is what all its cases have in common, narrowed by a few alternatives or by a few exceptions. Each is put
together from literals: a phrase of the law, the contrary of a term, or some values of one fact.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import msgspec

from trustact.facts import Value
from trustact.law.condition import AllOf, AnyOf, Condition, Is, Named, Not, facts_of
from trustact.law.diagram import asks
from trustact.law.region import Region, Regions


class Outline(msgspec.Struct, frozen=True):
    """Cases in which everything of `when` holds, and one of `one_of` if there are any, and none of `unless`."""

    when: tuple[Condition, ...]
    one_of: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()

    @property
    def condition(self) -> Condition:
        """The outline as one condition."""
        alternatives = (AnyOf(self.one_of),) if self.one_of else ()
        return AllOf((*self.when, *alternatives, *map(Not, self.unless)))

    @property
    def length(self) -> int:
        """How many literals there are to read."""
        return sum(len(literals(part)) for part in (*self.when, *self.one_of, *self.unless))


def outline(
    regions: Regions, region: Region, phrases: Sequence[Condition], *, given: Region = True
) -> Outline:
    """A region in few words, to be read by somebody who knows that only the cases of `given` are meant.

    `phrases` are the law's own; they stand where they say as much as facts would.
    """
    return _straight(_Search(regions, region, phrases, given).found())


def _straight(way: Outline) -> Outline:
    """The outline without double negatives and without alternatives inside alternatives."""
    negative = [part for part in way.unless if all(isinstance(word, Not) for word in literals(part))]
    return Outline(
        when=(*way.when, *map(_contrary, negative)),
        one_of=tuple(
            one for part in way.one_of for one in (part.parts if isinstance(part, AnyOf) else (part,))
        ),
        unless=tuple(part for part in way.unless if part not in negative),
    )


def _contrary(negative: Condition) -> Condition:
    """What holds where not all of some negative literals do."""
    words = tuple(word.part for word in literals(negative) if isinstance(word, Not))
    return words[0] if len(words) == 1 else AnyOf(words)


def literals(part: Condition) -> tuple[Condition, ...]:
    """The literals of a part of an outline."""
    return part.parts if isinstance(part, AllOf) else (part,)


def phrases(conditions: Iterable[Condition]) -> list[Condition]:
    """The terms that conditions use, those inside other terms too, and their alternatives without a name."""
    found: dict[Condition, None] = {}
    waiting = list(conditions)
    while waiting:
        condition = waiting.pop(0)
        match condition:
            case Named(_, part):
                found[condition] = None
                waiting += part.parts if isinstance(part, AnyOf) else [part]
            case AnyOf(parts):
                found[condition] = None
                waiting += parts
            case AllOf(parts):
                waiting += parts
            case Not(part):
                waiting.append(part)
    return list(found)


class _Search:
    """The search for the words of one region: greedy, and exact at every step."""

    def __init__(self, regions: Regions, region: Region, phrases: Sequence[Condition], given: Region) -> None:
        self.regions, self.given = regions, given
        self.region = regions.meet(region, given)
        self.ranks = {fact: rank for rank, fact in enumerate(regions.domains)}
        depends = {*asks(region), *asks(given)}
        self.facts = sorted(depends, key=self.ranks.__getitem__)
        about = [phrase for phrase in phrases if depends.issuperset(facts_of(phrase))]
        self.phrases = [*about, *(Not(phrase) for phrase in about if isinstance(phrase, Named))]

    def found(self) -> Outline:
        """What the cases have in common, then alternatives, exceptions or both, whichever is shortest."""
        common = self._common()
        frame = self._narrowed(common)
        if frame is self.region:
            return Outline(common)
        unless = self._cover(self.regions.less(frame, self.region), frame)
        ways = [Outline(common, (), unless), self._with_alternatives(common, ())]
        while ways[-1] not in ways[:-1]:
            beside = ways[-1].unless
            more = [self._with_alternatives(common, (*beside, e)) for e in unless if e not in beside]
            ways.append(min((ways[-1], *more), key=lambda way: way.length))
        return min(ways, key=lambda way: (way.length, len(way.one_of)))

    def _with_alternatives(self, common: tuple[Condition, ...], unless: tuple[Condition, ...]) -> Outline:
        """Alternatives beside some exceptions, without the words they say again; one alone is no alternative."""
        frame = self._narrowed((*common, *map(Not, unless)))
        cover = self._cover(self.region, frame)
        when = common if len(cover) > 1 else (*common, *literals(cover[0]))
        way = Outline(when, cover if len(cover) > 1 else (), unless)
        for word in when:
            shorter = msgspec.structs.replace(
                way, when=tuple(other for other in way.when if other is not word)
            )
            way = shorter if self._narrowed([shorter.condition]) is self.region else way
        return way

    def _common(self) -> tuple[Condition, ...]:
        """The literals true of the whole region, weaker ones that follow from the others left out."""
        seen = [self._are(fact, self._values(fact, self.region)) for fact in self.facts]
        words = [word for word in (*seen, *self.phrases) if self._says_something(word)]
        for word in sorted(words, key=self._share, reverse=True):
            others = [other for other in words if other is not word]
            words = others if self._narrowed(others) is self._narrowed(words) else words
        possible = (self._possible(w, self._narrowed([o for o in words if o is not w])) for w in words)
        return tuple(sorted(possible, key=self._place))

    def _says_something(self, word: Condition) -> bool:
        meant = self.regions.of(word)
        return self.regions.lies_in(self.region, meant) and not self.regions.lies_in(self.given, meant)

    def _cover(self, target: Region, frame: Region) -> tuple[Condition, ...]:
        """A few combinations of literals that, inside the frame, take in the target and nothing else."""
        found: list[Condition] = []
        left = target
        while left is not False:
            found.append(self._wide(self.regions.example(left), target, frame))
            left = self.regions.less(left, self.regions.of(found[-1]))
        for part in list(found):
            others = [other for other in found if other is not part]
            found = others if self.regions.lies_in(target, self.regions.of(AnyOf(tuple(others)))) else found
        return tuple(sorted(found, key=self._place))

    def _wide(self, case: Mapping[str, Value], target: Region, frame: Region) -> Condition:
        """The widest combination found that is true of a case and, inside the frame, of the target alone."""
        facts, about = self._true_in(case)
        found = [self._needed(words, target, frame) for words in (facts + about, about + facts)]
        words = min(found, key=lambda some: (len(some), -self._share(AllOf(some))))
        return words[0] if len(words) == 1 else AllOf(words)

    def _true_in(self, case: Mapping[str, Value]) -> tuple[list[Condition], list[Condition]]:
        """The literals true in a case, those of facts and those of phrases, the narrowest first."""
        plain = {fact: min(self.regions.domains[fact], key=lambda v: v is True) for fact in self.facts}
        facts: list[Condition] = [Is(fact, (value,)) for fact, value in {**plain, **case}.items()]
        here = self.regions.of(AllOf(tuple(facts)))
        about = [word for word in self.phrases if self.regions.lies_in(here, self.regions.of(word))]
        return sorted(facts, key=self._share), sorted(about, key=self._share)

    def _needed(self, words: Sequence[Condition], target: Region, frame: Region) -> tuple[Condition, ...]:
        """The words that cannot be left out, each as wide as serves."""
        after = [frame]
        for word in reversed(words[1:]):
            after.append(self.regions.meet(after[-1], self.regions.of(word)))
        kept: list[Condition] = []
        held: Region = True
        for word, rest in zip(words, reversed(after), strict=True):
            beside = self.regions.meet(rest, held)
            if not self.regions.lies_in(beside, target):
                kept.append(self._fitted(word, beside, target))
                held = self.regions.meet(held, self.regions.of(kept[-1]))
        return tuple(sorted(kept, key=self._place))

    def _fitted(self, word: Condition, beside: Region, target: Region) -> Condition:
        """The word with every value that leads to the target, and none that cannot be where the others hold."""
        if not isinstance(word, Is):
            return self._possible(word, beside)
        values = [Is(word.fact, (value,)) for value in self._values(word.fact, beside)]
        leading = [
            v for v in values if self.regions.lies_in(self.regions.meet(beside, self.regions.of(v)), target)
        ]
        return self._are(word.fact, [value.values[0] for value in leading])

    def _possible(self, word: Condition, beside: Region) -> Condition:
        """The word without those of its alternatives that cannot be where the others hold."""
        if not isinstance(word, AnyOf):
            return word
        parts = tuple(part for part in word.parts if self.regions.meet(beside, self.regions.of(part)))
        return parts[0] if len(parts) == 1 else AnyOf(parts)

    def _values(self, fact: str, region: Region) -> list[Value]:
        """The values a fact has somewhere in a region."""
        domain = self.regions.domains[fact]
        return [value for value in domain if self.regions.meet(region, self.regions.of(Is(fact, (value,))))]

    def _are(self, fact: str, values: Sequence[Value]) -> Condition:
        """That a fact has one of these values, told by those it does not have where that is shorter."""
        rest = [value for value in self.regions.domains[fact] if value not in values]
        if len(values) > 1 and 0 < len(rest) < len(values):
            return Not(Is(fact, tuple(rest)))
        return Is(fact, tuple(values))

    def _narrowed(self, words: Sequence[Condition]) -> Region:
        return self.regions.meet(self.given, *map(self.regions.of, words))

    def _share(self, word: Condition) -> Fraction:
        return self.regions.share(self.regions.of(word))

    def _place(self, word: Condition) -> int:
        return min((self.ranks[fact] for fact in facts_of(word)), default=0)
