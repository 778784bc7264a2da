"""Files that outlive a crash: a reader sees the old one or the new one, never a part."""

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file, and the folders it needs, so that it stands on the disk when this returns."""
    make_folder(path.parent)
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    settle(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder, and those it needs, so that it stands on the disk when this returns."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        settle(folder.parent)


def settle(path: Path) -> None:
    """A file is on the disk when this returns; a new name is in its folder for good only when the folder is written."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle_all(folder: Path) -> None:
    """Every name in a folder, and in the folders within it, is there for good."""
    for place, _, _ in os.walk(folder):
        settle(Path(place))
