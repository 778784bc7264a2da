"""Files that outlive a crash: a reader sees the old one or the new one, never a part."""

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file, and the folders it needs, so that it stands on the disk when this returns."""
    _make_folder(path.parent)
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    settle(path.parent)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        settle(folder.parent)


def settle(folder: Path) -> None:
    """A new name is in its folder for good only when the folder itself is written."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
