"""A backup made while the office is worked in is restored elsewhere and audited; keys are not in it."""

import datetime as dt
import io
import os
import signal
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from tests.casework.test_receive import take
from tests.casework.test_report import a_year
from tests.casework.test_whatever_dies import WRITER
from tests.conftest import BOSTON, Clock, _database, _disconnect
from trustact.casework import Refused
from trustact.casework.backup import backup, restore, verify
from trustact.casework.dossier_of import dossier
from trustact.casework.events import case_of
from trustact.casework.filings import reports
from trustact.casework.read import document_bytes
from trustact.casework.receive import receive
from trustact.casework.report import report
from trustact.failures import BadInput
from trustact.ledger.errors import VerificationError
from trustact.records.append import size
from trustact.records.backup import Manifest, unpack_backup
from trustact.records.keys import KeyUnusable
from trustact.records.models import Case
from trustact.records.office import Office, OfficeError, make_office
from trustact.records.publication import publish_ledger

BY = "Lt. Nguyễn"


@contextmanager
def elsewhere(kind: str, server: str, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where a backup is restored: the folder's own SQLite, or an empty PostgreSQL database."""
    _disconnect()
    patch.delenv("TRUSTACT_DATABASE_URL", raising=False)
    if kind == "sqlite":
        yield
        return
    with _database(server, f"trustact_restored_{os.getpid()}") as url:
        patch.setenv("TRUSTACT_DATABASE_URL", url)
        yield
        _disconnect()


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_an_office_is_restored_elsewhere_and_goes_on(
    either_office: Office,
    target: str,
    postgresql_server: str,
    tmp_path: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = either_office
    a_year(office)
    report(office, "us-ma-boston", "2025", BY)
    kept = publish_ledger(office)
    backup(office, tmp_path / "office.tar", BY)
    keys = office.every_key()

    with elsewhere(target, postgresql_server, monkeypatch):
        restored = restore(tmp_path / "office.tar", tmp_path / "elsewhere", keys, clock)
        done = verify(restored, {"kept": kept.note})
        assert (done.entries, done.reports, done.replayed) == (kept.size, ("us-ma-boston 2025",), 3)
        assert len(reports(restored)) == 1
        assert dossier(restored, "2025-00001").facts
        assert document_bytes(restored, case_of("2025-00001")) == b"II*\0 one"
        assert receive(restored, b"II*\0 one", station="D-4", channel="fax", by=BY).again
        assert take(restored, b"II*\0 next") == "2025-00005"
        assert verify(restored, {"kept": kept.note}).entries == kept.size + 2


def test_a_backup_while_writers_write_is_of_one_moment(
    either_office: Office,
    postgresql_server: str,
    tmp_path: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = either_office
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(office.folder), "document"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "trustact.records.settings"},
    )
    assert writer.stdout
    before = [writer.stdout.readline() for _ in range(5)]
    made = backup(office, tmp_path / "office.tar", BY)
    writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    keys = office.every_key()
    with elsewhere("sqlite", postgresql_server, monkeypatch):
        restored = restore(tmp_path / "office.tar", tmp_path / "elsewhere", keys, clock)
        assert len(before) <= made.entries <= verify(restored, {}).entries == size()
        assert all(document_bytes(restored, case) for case in Case.objects.all())


def test_no_key_is_in_a_backup_and_its_owner_alone_may_read_it(office: Office, tmp_path: Path) -> None:
    take(office)
    path = tmp_path / "office.tar"
    backup(office, path, BY)
    data = path.read_bytes()
    keys = office.every_key()
    for secret in (*keys.vault.values(), keys.ledger):
        assert secret.encode() not in data
    for secret in keys.vault.values():
        assert bytes.fromhex(secret) not in data
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(BadInput, match="is there already"):
        backup(office, path, BY)


def test_a_backup_cut_short_or_changed_is_refused_in_words(
    office: Office, tmp_path: Path, clock: Clock
) -> None:
    take(office)
    whole = tmp_path / "office.tar"
    backup(office, whole, BY)
    data, keys = whole.read_bytes(), office.every_key()
    part, target = tmp_path / "part.tar", tmp_path / "elsewhere"
    for end in (0, 100, 600, len(data) // 3, len(data) // 2, len(data) - 11_000):
        part.write_bytes(data[:end])
        with pytest.raises(BadInput, match=r"part\.tar: .*take another"):
            restore(part, target, keys, clock)
    at = data.index(b"Boston Police")
    part.write_bytes(data[:at] + b"X" + data[at + 1 :])
    with pytest.raises(BadInput, match=r"its member office\.yaml is not what was backed up"):
        restore(part, target, keys, clock)
    with pytest.raises(BadInput, match="there is no such file"):
        restore(tmp_path / "none.tar", target, keys, clock)
    assert not target.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["office", "office.tar", "part.tar"]


def tar_of(path: Path, manifest: bytes, *names: str) -> Path:
    """A tar of empty members by those names, with that manifest."""
    with tarfile.open(path, "w") as archive:
        for name in names:
            archive.addfile(tarfile.TarInfo(name))
        header = tarfile.TarInfo("backup.json")
        header.size = len(manifest)
        archive.addfile(header, io.BytesIO(manifest))
    return path


@pytest.mark.parametrize(
    "names",
    [["../outside"], ["/outside"], ["public/../../outside"], ["laws/.."], ["."], ["laws", "laws/x"], ["laws/x", "laws"],
     ["laws//x"], ["./office.yaml"]],
)  # fmt: skip
def test_a_backup_that_names_no_file_within_the_office_is_refused_in_words(
    tmp_path: Path, names: list[str]
) -> None:
    (target := tmp_path / "deep" / "office").mkdir(parents=True)
    told = Manifest(
        1, "1", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "a", 0, dict.fromkeys(names, sha256().hexdigest())
    )
    strange = tar_of(tmp_path / "strange.tar", msgspec.json.encode(told), *names)
    with pytest.raises(BadInput, match=r"strange\.tar: its member '.*' is no file within an office"):
        unpack_backup(strange, target)
    assert not list(tmp_path.rglob("outside"))


@pytest.mark.parametrize(
    "manifest", [b'{"ledger": "\xff"}', b'{"x": ' + b"[" * 100_000, b'{"ledger": "\\ud800"}']
)
def test_a_manifest_that_cannot_be_read_is_refused_in_words(tmp_path: Path, manifest: bytes) -> None:
    with pytest.raises(BadInput, match=r"strange\.tar: this backup was not written to its end, or is none"):
        unpack_backup(tar_of(tmp_path / "strange.tar", manifest), tmp_path)


def test_what_is_restored_is_on_the_disk(
    office: Office, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(office)
    publish_ledger(office)
    (office.folder / "laws" / "own").mkdir(parents=True)
    (office.folder / "laws" / "own" / "law.yaml").write_text("id: own")
    backup(office, tmp_path / "office.tar", BY)
    keys, fsync, synced = office.every_key(), os.fsync, set()

    def seen(handle: int) -> None:
        fsync(handle)
        synced.add(os.fstat(handle).st_ino)

    _disconnect()
    monkeypatch.setattr(os, "fsync", seen)
    for number, url in enumerate(("", f"sqlite:///{tmp_path}/other.sqlite3")):
        monkeypatch.setenv("TRUSTACT_DATABASE_URL", url)
        home = tmp_path / f"new-{number}"
        restore(tmp_path / "office.tar", home / "office", keys, clock)
        _disconnect()
        there = [tmp_path, home, *home.rglob("*"), *tmp_path.glob("other.sqlite3")]
        assert [path for path in there if path.suffix != ".lock" and path.stat().st_ino not in synced] == []
        assert (home / "office/laws/own/law.yaml").is_file()


def test_a_restore_overwrites_no_office_and_takes_no_strange_keys(
    either_office: Office, tmp_path: Path, clock: Clock
) -> None:
    office = either_office
    take(office)
    backup(office, tmp_path / "office.tar", BY)
    keys = office.every_key()
    with pytest.raises(Refused, match="a restore overwrites nothing"):
        restore(tmp_path / "office.tar", office.folder, keys, clock)
    stranger = make_office(tmp_path / "stranger", BOSTON, clock=clock)
    with pytest.raises(KeyUnusable, match=r"ledger\.key is not the key office\.yaml names"):
        restore(tmp_path / "office.tar", tmp_path / "elsewhere", stranger.every_key(), clock)
    if os.environ.get("TRUSTACT_DATABASE_URL"):
        with pytest.raises(OfficeError, match="holds an office already"):
            restore(tmp_path / "office.tar", tmp_path / "elsewhere", keys, clock)
    assert not (tmp_path / "elsewhere").exists()


def test_an_older_backup_is_told_by_a_newer_checkpoint(office: Office, tmp_path: Path, clock: Clock) -> None:
    take(office)
    backup(office, tmp_path / "office.tar", BY)
    take(office, b"II*\0 after the backup")
    newer = publish_ledger(office)
    keys = office.every_key()
    _disconnect()
    restored = restore(tmp_path / "office.tar", tmp_path / "elsewhere", keys, clock)
    with pytest.raises(VerificationError, match="it counts 3 entries, the published one only 1"):
        verify(restored, {"the clerk's checkpoint": newer.note})
