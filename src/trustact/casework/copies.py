"""The copies a watched folder keeps of what it handed over: they go with the case they belong to."""

from hashlib import file_digest
from pathlib import Path

from trustact.records.intake_settings import RECEIVED
from trustact.records.keys import destroy
from trustact.records.office import Office

Original = tuple[int, str]
"""The size in bytes and the sha256 of a document as it arrived."""


def erase_copies(office: Office, originals: set[Original]) -> tuple[int, int]:
    """Overwrite and unlink every kept copy of these documents, with its sidecar; returns how many went, how many stayed.

    A copy stays where this user may not write it. Mailboxes are not looked into.
    """
    went = stayed = 0
    for settings in office.settings.intake.folders:
        for file in sorted((office.folder / settings.path / RECEIVED).rglob("*")):
            if not _is_one_of(file, originals):
                continue
            try:
                destroy(file)
                went += 1
                _erase_sidecars(file, settings.sidecar)
            except OSError:
                stayed += 1
    return went, stayed


def _is_one_of(file: Path, originals: set[Original]) -> bool:
    try:
        size = file.stat().st_size
        if file.is_symlink() or not file.is_file() or size not in {size for size, _ in originals}:
            return False
        with file.open("rb") as data:
            return (size, file_digest(data, "sha256").hexdigest()) in originals
    except OSError:
        return False


def _erase_sidecars(file: Path, ending: str) -> None:
    if ending:
        for sidecar in {file.with_name(file.stem + ending), file.with_name(file.name + ending)}:
            if sidecar.is_file():
                destroy(sidecar)
