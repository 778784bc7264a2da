"""The house itself: sizes, names, the shelves complete, the README true."""

import re
import statistics
import subprocess
from pathlib import Path

import pytest

from trustact.cli import COMMANDS
from trustact.law.loading import law_ids

ROOT = Path(__file__).parents[1]
SOURCES = [path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts]
EXPLAINS_NOTHING = {
    "utils", "helpers", "common", "misc", "manager", "base", "core", "service", "handler", "engine", "processor",
}  # fmt: skip


def lines(path: Path) -> int:
    return sum(bool(line.strip()) for line in path.read_text(encoding="utf-8").splitlines())


PROMISED = {
    *("us", "us-ma", "us-ma-boston", "us-ma-somerville", "us-ca", "us-ca-san-francisco"),
    *("us-il", "us-il-chicago", "us-ny-new-york"),
}


def test_files_fit_a_sitting() -> None:
    sizes = {path: lines(path) for path in SOURCES}
    assert max(sizes.values()) <= 400, max(sizes, key=lambda path: sizes[path])
    assert statistics.median(sizes.values()) <= 120


def test_names_explain_something() -> None:
    ours = [path for path in SOURCES if not path.match("records/sqlite/base.py")]  # Django asks for this name
    assert [path for path in ours if set(path.stem.split("_")) & EXPLAINS_NOTHING] == []


def test_every_law_of_the_shelf_has_its_worked_examples() -> None:
    assert set(law_ids()) >= PROMISED
    for law_id in law_ids():
        assert (ROOT / "laws" / law_id / "cases.yaml").is_file()


def test_every_form_has_its_description() -> None:
    for folder in (ROOT / "forms").iterdir():
        assert (folder / "form.yaml").is_file(), folder


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=lambda p: p.name
)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [
        command for command in COMMANDS if command != "demo" and f"`trustact {command}" not in readme
    ] == []
    assert "bin/demo" in readme
    assert "bin/test" in readme


def test_the_invariants_of_the_readme_are_all_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(
        r"^(\d+)\. ", readme.partition("## What it promises")[2].partition("## ")[0], re.MULTILINE
    ) == [str(number) for number in range(1, 12)]


def test_no_file_names_a_place_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    for name in listed.splitlines():
        path = ROOT / name
        if path.suffix in (".py", ".md", ".toml", ".yaml", ".css", ".html") and path.is_file():
            assert str(ROOT) not in path.read_text(encoding="utf-8"), name
