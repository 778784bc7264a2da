"""Back up and restore: an office in one file without its keys, and put back elsewhere, verified."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import partial
from importlib.metadata import version
from pathlib import Path

import msgspec

from trustact.audit.public import audit_public
from trustact.audit.source import source_of
from trustact.casework import Refused
from trustact.casework.check import check
from trustact.casework.filings import write_index
from trustact.files import make_folder, settle, settle_all
from trustact.records.append import append, size
from trustact.records.backup import RECORD, Manifest, unpack_backup, write_backup
from trustact.records.connection import connect, prepare
from trustact.records.copying import check_release, copy_in
from trustact.records.database_url import database_settings
from trustact.records.key_export import Keys
from trustact.records.keys import key_file, write_secret
from trustact.records.office import Clock, Office, OfficeError, open_office
from trustact.records.publication import publish_ledger


class Restored(msgspec.Struct, frozen=True):
    """What a restore ended with: the ledger's name and size, the reports that verified, the decisions replayed."""

    ledger: str
    entries: int
    reports: tuple[str, ...]
    replayed: int
    notes: tuple[str, ...]


def backup(office: Office, path: Path, by: str) -> Manifest:
    """Back the office up into one file, while it is worked in; the ledger says so afterwards.

    Raises BadInput where the file is there already, OfficeError where it cannot be written.
    """
    made = write_backup(office, path, version("trustact"), size())
    append(office, "backup-made", {"entries": made.entries, "file": path.name}, actor=by)
    return made


def restore(path: Path, folder: Path, keys: Keys, clock: Clock) -> Office:
    """Put a backup into a missing or empty folder, and its record into the database at hand; returns the office.

    All of it is on the disk then. Raises Refused or OfficeError where an office would be overwritten, BadInput for a
    file that is no whole backup, KeyUnusable for keys that are not this office's.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} is not empty: a restore overwrites nothing, so name another folder")
    make_folder(folder.parent)
    with tempfile.TemporaryDirectory(prefix=f"{folder.name}.", dir=folder.parent) as near:
        work = Path(near) / "office"
        work.mkdir()
        unpack_backup(path, work)
        _put_keys(keys, work / "keys")
        _put_record(open_office(work, clock=clock), folder)
        if folder.exists():
            folder.rmdir()
        settle_all(work)
        work.rename(folder)
        settle(folder.parent)
    office = open_office(folder, clock=clock)
    connect(office)
    return office


def verify(office: Office, older: Mapping[str, bytes]) -> Restored:
    """Publish a restored office's ledger anew and audit it, with checkpoints kept or had from elsewhere.

    Raises VerificationError: what is wrong, such as a checkpoint that counts more entries than the backup has.
    """
    publish_ledger(office, beside=partial(write_index, office), anew=True)
    fetch = source_of(str(office.public))
    audited = audit_public(fetch, office.ledger_key, older)
    checked = check(office, fetch, audited)
    return Restored(audited.origin, audited.size, audited.reports, checked.decisions, checked.notes)


def _put_keys(keys: Keys, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    write_secret(key_file(folder, "ledger"), keys.ledger)
    for name, secret in {**keys.retired, **keys.vault}.items():
        write_secret(key_file(folder, name), secret)


def _put_record(office: Office, folder: Path) -> None:
    """The record into the database named by TRUSTACT_DATABASE_URL; without one it stays in the office's folder."""
    _ = office.signing_key, office.key_ring
    record = office.folder / RECORD
    wanted = database_settings(os.environ.get("TRUSTACT_DATABASE_URL", ""), folder)
    prepare(office)
    check_release(record)
    if wanted["ENGINE"].endswith("postgresql"):
        connect(office)
        copy_in(record)
        record.unlink()
    elif (file := Path(wanted["NAME"])) != folder / RECORD:
        if file.exists():
            raise OfficeError(
                f"{file} is there already: a restore overwrites nothing, so name another database"
            )
        shutil.move(record, file)
        settle(file)
        settle(file.parent)
