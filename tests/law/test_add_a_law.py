"""The page on adding a law, followed to its end: its own files, on a shelf of one agency alone."""

import re
from pathlib import Path

import pytest

from trustact.cli import main
from trustact.law.cases import read_cases, run_cases
from trustact.law.check import check
from trustact.law.decide import decide
from trustact.law.loading import law_from_archive, load_law
from trustact.law.period import moment

PAGE = (Path(__file__).parents[2] / "docs" / "add-a-law.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"```yaml\n# (\w+\.yaml)\n(.*?)```", PAGE, re.DOTALL))
NEW = re.search(r"^    trustact (law new .*)$", PAGE, re.MULTILINE)


def ran(*arguments: str) -> object:
    """The exit code of a command."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return ended.value.code


@pytest.fixture
def laws(tmp_path: Path) -> Path:
    """An agency's own shelf with the law of the page, made as the page says."""
    assert NEW
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', NEW[1])]
    shelf = tmp_path / "office" / "laws"
    assert ran(*words, "--laws", str(shelf)) == 0
    assert ran("law", "test", "us-ma-example", "--laws", str(shelf)) == 0
    for name, body in FILES.items():
        (shelf / "us-ma-example" / name).write_text(body, encoding="utf-8")
    return shelf


def test_the_law_of_the_page_passes_every_command_it_names(laws: Path, tmp_path: Path) -> None:
    law = load_law("us-ma-example", laws)
    results = run_cases(law, read_cases("us-ma-example", laws), laws)
    assert [result.line for result in results if not result.ok] == []
    assert {remark.severity for remark in check(law, results)} <= {"warning"}
    (tmp_path / "facts.json").write_text('{"request.form": "i-247a", "example.city_clerk_agrees": true}')
    for command in ("check us-ma-example", "show us-ma-example", "list"):
        assert ran("law", *command.split(), "--laws", str(laws)) == 0
    assert ran("decide", "us-ma-example", "--facts", str(tmp_path / "facts.json"), "--laws", str(laws)) == 0


def test_a_fact_of_the_law_itself_is_asked_and_goes_into_its_archive(laws: Path) -> None:
    law = load_law("us-ma-example", laws)
    again = law_from_archive(law.archive)
    assert again.digest == law.digest
    facts = {"request.agency": "ice-ero", "example.city_clerk_agrees": True}
    at = moment("2025-09-01", "America/New_York")
    for one in (law, again):
        (found,) = decide(one, facts, at, ["notify_release"])
        assert found.finding == "permitted"
