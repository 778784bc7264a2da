"""Random laws of one to three layers over the small book of facts, and random facts and moments for them."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from tests.law.small import FACTS, TERMS, pack, provision, rule

AT = dt.datetime(2005, 6, 1, 12, tzinfo=dt.UTC)

NAMES = ("a", "b", "c", "d")
ACTIONS = ("hold", "transfer")


def comparison(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """A fact compared with some of its values; a position is asked for only where its premise holds."""
    values = st.sampled_from(FACTS[name].get("values", [True, False]))
    compared = st.lists(values, min_size=1, max_size=2, unique=True).map(
        lambda some: {"fact": name, "in": some}
    )
    premise = FACTS[name].get("premise")
    return compared.map(lambda part: {"all": [premise, part]}) if premise else compared


comparisons = st.one_of(*(comparison(name) for name in FACTS))
conditions = st.recursive(
    comparisons | st.just("always") | st.sampled_from([{"term": name} for name in TERMS]),
    lambda inner: st.one_of(
        inner.map(lambda part: {"not": part}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
    ),
    max_leaves=5,
)


@st.composite
def rule_lists(draw: st.DrawFn) -> list[dict[str, Any]]:
    """One to four rules; each may defeat rules that stand after it, so that defeats never come back."""
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    rules = [
        rule(
            name,
            draw(st.sampled_from(["prohibited", "permitted", "required"])),
            draw(conditions),
            actions=draw(st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=2, unique=True)),
            defeats=draw(st.lists(st.sampled_from(names[place + 1 :]), unique=True))
            if names[place + 1 :]
            else [],
        )
        for place, name in enumerate(names)
    ]
    return draw(st.permutations(rules))


@st.composite
def packs(draw: st.DrawFn, law_id: str) -> dict[str, Any]:
    """A pack with an old text up to 2009, which may be a gap, and a new one."""
    old = {"rules": draw(rule_lists())} if draw(st.booleans()) else {"gap": "the old text is silent"}
    versions = [
        {"from": "2000-01-01", "to": "2009-12-31", **old},
        {"from": "2010-01-01", "rules": draw(rule_lists())},
    ]
    return pack(law_id, provisions=[provision("one", *versions)])


layers = st.integers(1, 3).flatmap(lambda n: st.tuples(*(packs(f"law-{i}") for i in range(n))))
facts = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(fact.get("values", [True, False])) for name, fact in FACTS.items()}
)
moments = st.sampled_from([AT, AT.replace(year=2015), AT.replace(year=1999)])
