"""Whatever is wrong in a shelf file, it is taken or refused in one line: nothing else ever comes of it."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.small import FACTS, TERMS, pack, rule
from trustact.law.cases import read_cases, run_cases
from trustact.law.loading import load_law
from trustact.shelves import ShelfError

Place = tuple[str | int, ...]

LEFT_OUT = "(left out)"
WRONG: list[Any] = [
    *(LEFT_OUT, None, "x", 5, True, [], {}, ["x"], {"x": 1}, [[1]], [{}], "2010-01-01", "always"),
    *({"fact": {}, "is": "x"}, {"term": []}, {"all": []}),
]
DETAINER = {"fact": "request.form", "is": "detainer"}
LAW = pack(
    "small",
    rule("bar", when={"all": [DETAINER, {"term": "own"}]}, also=[{"actions": ["arrest"], "when": DETAINER}]),
    rule("order", "permitted", {"not": DETAINER}, defeats=["bar"], sources=["S-1"]),
    facts={"small.own": {"question": "Is it?", "attest": "officer", "premise": DETAINER}},
    terms={"own": {"fact": "small.own", "is": True}},
    duties=[
        {
            "duty": "log",
            "says": "Log.",
            "cite": "s. 2",
            "evidence": "text",
            "from": "2010-01-01",
            "due": {"hours": 4, "excluding": ["saturday"]},
        }
    ],
    sources={"S-1": {"title": "Code", "at": "https://example.org"}},
)
CASE = {"case": "one", "title": "One", "at": ["2015-06-01"], "base": "here", "facts": {"small.own": True}}
FILES: dict[str, Any] = {
    "facts.yaml": {"facts": FACTS, "terms": TERMS},
    "small/law.yaml": LAW,
    "small/cases.yaml": {
        "bases": {"here": {"facts": {"custody.here": True}}},
        "cases": [{**CASE, "expect": {"hold": {"finding": "undetermined", "missing": ["request.form"]}}}],
    },
}


def places(data: Any, above: Place = ()) -> Iterator[Place]:
    """Where values stand."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*above, key)
        if isinstance(value, dict | list):
            yield from places(value, (*above, key))


def mutilated(data: Any, place: Place, wrong: Any) -> Any:
    """A copy with one value left out or another in its place."""
    whole = copy.deepcopy(data)
    around = whole
    for part in place[:-1]:
        around = around[part]
    if wrong == LEFT_OUT:
        del around[place[-1]]
    else:
        around[place[-1]] = wrong
    return whole


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laws")
    (folder / "small").mkdir()
    return folder


@settings(max_examples=250, deadline=None)
@given(st.sampled_from([(n, p) for n, data in FILES.items() for p in places(data)]), st.sampled_from(WRONG))
def test_a_mutilated_file_is_taken_or_refused_in_one_line(
    laws: Path, place: tuple[str, Place], wrong: Any
) -> None:
    for name, data in FILES.items():
        written = mutilated(data, place[1], wrong) if name == place[0] else data
        (laws / name).write_text(json.dumps(written), encoding="utf-8")
    refusal = refused(laws)
    assert "\n" not in refusal
    assert not refusal or refusal.startswith(("small/", f"{laws.name}/"))


def refused(laws: Path) -> str:
    """The refusal of the law `small` or its cases; empty where they are taken."""
    try:
        law = load_law("small", laws)
        run_cases(law, read_cases("small", laws), laws)
    except ShelfError as wrong:
        return str(wrong)
    return "" if law.archive else "an empty archive"
