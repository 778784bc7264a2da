"""A gallery of packs and case files with one mistake each, and the line each must be refused with."""

import shutil
from pathlib import Path

import msgspec
import pytest

from tests.law.small import FACTS, TERMS
from trustact.law.cases import read_cases, run_cases
from trustact.law.loading import load_law
from trustact.shelves import ShelfError

BAD = Path(__file__).parent / "bad"
GOOD = Path(__file__).parent / "good"


def shelf_with(folder: Path, law: Path, cases: Path) -> Path:
    """A law shelf with the small book of facts and one law, `small`."""
    (folder / "small").mkdir()
    (folder / "facts.yaml").write_bytes(msgspec.json.encode({"facts": FACTS, "terms": TERMS}))
    shutil.copy(law, folder / "small" / "law.yaml")
    shutil.copy(cases, folder / "small" / "cases.yaml")
    return folder


def says(path: Path) -> str:
    """The refusal a file expects, in its first line."""
    return path.read_text().splitlines()[0].removeprefix("# says: ")


def test_the_pack_without_a_mistake_is_taken(tmp_path: Path) -> None:
    laws = shelf_with(tmp_path, GOOD / "law.yaml", GOOD / "cases.yaml")
    (result,) = run_cases(load_law("small", laws), read_cases("small", laws), laws)
    assert result.ok


@pytest.mark.parametrize("path", sorted(BAD.glob("law-*.yaml")), ids=lambda path: path.stem)
def test_a_pack_with_one_mistake_is_refused_in_one_line(path: Path, tmp_path: Path) -> None:
    laws = shelf_with(tmp_path, path, GOOD / "cases.yaml")
    with pytest.raises(ShelfError) as refusal:
        load_law("small", laws)
    assert str(refusal.value) == says(path)


@pytest.mark.parametrize("path", sorted(BAD.glob("cases-*.yaml")), ids=lambda path: path.stem)
def test_a_case_file_with_one_mistake_is_refused_in_one_line(path: Path, tmp_path: Path) -> None:
    laws = shelf_with(tmp_path, GOOD / "law.yaml", path)
    with pytest.raises(ShelfError) as refusal:
        run_cases(load_law("small", laws), read_cases("small", laws), laws)
    assert str(refusal.value) == says(path)
