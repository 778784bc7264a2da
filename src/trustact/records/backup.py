"""The backup of an office in one file: a tar with the record as SQLite, settings, shelves and public files; no key.

What it holds stands in its last member, `backup.json`, with the sha256 of each; a file that was not written to the end
has no such member. Tiles are left out, for the record makes them anew.
"""

import datetime as dt
import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path, PurePosixPath

import msgspec

from trustact.failures import BadInput
from trustact.files import settle
from trustact.records.copying import copy_out
from trustact.records.office import Office, OfficeError

MANIFEST = "backup.json"
RECORD = "office.sqlite3"
CHECKPOINT = "public/checkpoint"
_FILES = ("office.yaml", "witnesses.policy")
_FOLDERS = ("laws", "forms", "measures", "public")
_MADE_ANEW = ("public/tile/", CHECKPOINT)


class Manifest(msgspec.Struct, frozen=True):
    """What a backup says of itself: by which release and when it was made, of which ledger, and its members' sha256."""

    trustact_backup: int
    release: str
    made_at: dt.datetime
    ledger: str
    entries: int
    files: dict[str, str]


def write_backup(office: Office, path: Path, release: str, entries: int) -> Manifest:
    """Write the backup of an office, which others go on using; it has its name only when it is whole and on the disk.

    Raises BadInput where there is such a file already, OfficeError where it cannot be written.
    """
    if path.exists():
        raise BadInput(f"{path} is there already: name another file")
    part = path.with_name(path.name + ".part")
    digests: dict[str, str] = {}
    made_at = office.clock()
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder, part.open("wb") as file:
            part.chmod(0o600)
            with tarfile.open(fileobj=file, mode="w") as archive:
                for name, source in _members(office, Path(folder)):
                    digests[name] = _add(archive, name, source)
                manifest = Manifest(1, release, made_at, office.ledger_key.name, entries, digests)
                _add_bytes(archive, MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
        settle(path.parent)
    except OSError as wrong:
        raise OfficeError(f"the backup {path} cannot be written: {wrong.strerror or wrong}") from None
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _members(office: Office, folder: Path) -> Iterator[tuple[str, Path]]:
    """Each member and its file: the published checkpoint first, so that the record continues it, then the record."""
    checkpoint = folder / "checkpoint"
    if (office.folder / CHECKPOINT).is_file():
        checkpoint.write_bytes((office.folder / CHECKPOINT).read_bytes())
        yield CHECKPOINT, checkpoint
    copy_out(folder / RECORD)
    yield RECORD, folder / RECORD
    for name in _FILES:
        if (office.folder / name).is_file():
            yield name, office.folder / name
    for file in sorted(file for name in _FOLDERS for file in (office.folder / name).rglob("*")):
        name = file.relative_to(office.folder).as_posix()
        if file.is_file() and not name.endswith(".part") and not name.startswith(_MADE_ANEW):
            yield name, file


def _add(archive: tarfile.TarFile, name: str, source: Path) -> str:
    with source.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
        file.seek(0)
        archive.addfile(_header(name, source.stat().st_size), file)
    return digest


def _add_bytes(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    archive.addfile(_header(name, len(data)), io.BytesIO(data))


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    return header


def unpack_backup(path: Path, folder: Path) -> Manifest:
    """Unpack a backup into a new folder, every member checked, and its bytes on the disk.

    Raises BadInput where it is damaged, cut short or none.
    """
    try:
        with tarfile.open(path, "r:") as archive:
            members = archive.getmembers()
            manifest = _manifest(archive, path)
            names = [member.name for member in members if member.isfile() and member.name != MANIFEST]
            if sorted(names) != sorted(manifest.files) or len(names) != len(members) - 1:
                raise BadInput(f"{path}: its members are not those it was made of; take another backup")
            for name in names:
                _unpack(archive, name, folder, manifest.files[name], path)
    except FileNotFoundError:
        raise BadInput(f"{path}: there is no such file") from None
    except (tarfile.TarError, EOFError, ValueError) as wrong:  # ValueError: a header that is none
        says = str(wrong) or "its end is missing"
        raise BadInput(f"{path}: no backup, or cut short ({says}); take another one") from None
    return manifest


def _manifest(archive: tarfile.TarFile, path: Path) -> Manifest:
    try:
        member = archive.extractfile(MANIFEST)
        return msgspec.json.decode(member.read() if member else b"", type=Manifest)
    except (KeyError, ValueError, RecursionError):  # not there, no manifest or no text, nested without end
        raise BadInput(
            f"{path}: this backup was not written to its end, or is none (no {MANIFEST}); take another one"
        ) from None


def _unpack(archive: tarfile.TarFile, name: str, folder: Path, digest: str, path: Path) -> None:
    place = PurePosixPath(name)
    is_plain = name == str(place) != "." and "\0" not in name
    if not is_plain or place.is_absolute() or ".." in place.parts:
        raise _no_file_within(name, path)
    target = folder / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        opened = target.open("w+b")
    except (FileExistsError, NotADirectoryError, IsADirectoryError):  # another member's folder, or file
        raise _no_file_within(name, path) from None
    with opened as file:
        shutil.copyfileobj(archive.extractfile(name) or io.BytesIO(), file)
        file.seek(0)
        if file_digest(file, "sha256").hexdigest() != digest:
            raise BadInput(f"{path}: its member {name} is not what was backed up; take another one")
        os.fsync(file.fileno())


def _no_file_within(name: str, path: Path) -> BadInput:
    return BadInput(f"{path}: its member {name!r} is no file within an office; do not use it")
