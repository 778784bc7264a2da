"""The style sheets, pictures and scripts of the desk, and one fingerprint over all of them.

The fingerprint stands in their addresses, so that browsers keep them for ever and a new version is a new address:
nothing needs to be collected or renamed before the desk starts.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

BUNDLED = Path(__file__).parent / "static"


def own_dress(office: Path) -> list[Path]:
    """The office's own folder of static files, if it has one; a file in it stands in for the bundled one.

    `static/desk/tokens.css` is the one to write for other colours and type.
    """
    folder = office / "static"
    return [folder] if folder.is_dir() else []


def fingerprint(folders: Iterable[Path]) -> str:
    """Twelve hexadecimal digits that change with any file in these folders."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(f"{file.relative_to(folder).as_posix()}\0{file.stat().st_size}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
