"""A watched folder: a complete file is received once, then moved; whatever cannot be taken stays and is told."""

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from django.db import DatabaseError, connection

from tests.needs import missing
from trustact.casework.channel_states import channel_states, forget_all_but, record_state
from trustact.casework.events import case_of, happenings
from trustact.casework.read import document_bytes
from trustact.channels.attend import Look
from trustact.channels.folder import WatchedFolder
from trustact.records.append import size
from trustact.records.intake_settings import FolderSettings
from trustact.records.models import Case
from trustact.records.office import Office

FAX = b"II*\0 a fax of the night"


@pytest.fixture
def dropped(tmp_path: Path) -> Path:
    folder = tmp_path / "faxes"
    folder.mkdir()
    return folder


def watched(office: Office, folder: Path, **more: object) -> WatchedFolder:
    given = {"name": "faxes", "path": str(folder), "station": "D-4", "settle": 0, "sidecar_wait": 0, **more}
    return WatchedFolder(office, msgspec.convert(given, FolderSettings))


def received(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "received").rglob("*") if path.is_file())


def test_a_complete_file_is_received_and_moved_never_deleted(office: Office, dropped: Path) -> None:
    (dropped / "fax001.tif").write_bytes(FAX)
    watching = watched(office, dropped)
    assert watching.look().taken == 0
    assert watching.look().taken == 1
    assert document_bytes(office, case_of("2025-00001")) == FAX
    receipt = happenings(office, case_of("2025-00001"))[0]
    assert (receipt.particulars["station"], receipt.particulars["channel"], receipt.actor) == (
        "D-4", "fax", "channel faxes",
    )  # fmt: skip
    assert received(dropped) == ["fax001.tif"]
    assert next((dropped / "received" / "2025-06-01").iterdir()).read_bytes() == FAX
    assert watching.look().taken == 0


def test_a_file_that_still_grows_waits_and_a_gateways_own_files_are_left(
    office: Office, dropped: Path
) -> None:
    growing = dropped / "fax.tif"
    watching = watched(office, dropped)
    for half in (b"II*\0 first half", b" and the second"):
        with growing.open("ab") as file:
            file.write(half)
        assert watching.look().taken == 0
    (dropped / "next.tif.part").write_bytes(FAX)
    (dropped / ".hidden.tif").write_bytes(FAX)
    (dropped / "link.tif").symlink_to(dropped / "next.tif.part")
    os.mkfifo(dropped / "pipe.tif")
    assert watching.look().taken == 1
    assert watching.look().taken == 0
    assert document_bytes(office, case_of("2025-00001")) == b"II*\0 first half and the second"
    assert Case.objects.count() == 1


def test_the_same_file_seen_again_after_a_crash_is_one_delivery(office: Office, dropped: Path) -> None:
    fax = dropped / "fax.tif"
    fax.write_bytes(FAX)
    kept = dropped.parent / "before the move"
    shutil.copy2(fax, kept)
    watching = watched(office, dropped)
    watching.look()
    watching.look()
    shutil.copy2(kept, fax)  # as it lies there where the program died before the move
    restarted = watched(office, dropped)
    restarted.look()
    restarted.look()
    assert size() == 1
    assert received(dropped) == ["fax-2.tif", "fax.tif"]
    fax.write_bytes(FAX)  # a new file of the same name and bytes: the document came once more
    restarted.look()
    restarted.look()
    assert (size(), Case.objects.count()) == (2, 1)


def _oversized(path: Path) -> None:
    path.touch()
    os.truncate(path, 60_000_000)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.write_bytes(b""), "the document is empty"),
        (_oversized, "60,000,000 bytes, over the"),
    ],
)
def test_what_cannot_be_taken_stays_and_is_told(
    office: Office, dropped: Path, make: object, says: str
) -> None:
    assert callable(make)
    make(dropped / "a.tif")
    (dropped / "b.tif").write_bytes(FAX)
    watching = watched(office, dropped)
    watching.look()
    found = watching.look()
    assert found.taken == 1
    assert says in found.left
    assert (dropped / "a.tif").exists()
    assert "a.tif" not in found.left, "a file's name may hold a person's"


def test_the_gateways_sidecar_says_station_and_time(office: Office, dropped: Path) -> None:
    (dropped / "fax.tif").write_bytes(FAX)
    watching = watched(office, dropped, sidecar=".json", sidecar_wait=600)
    watching.look()
    assert watching.look().taken == 0, "it waits for the sidecar"
    (dropped / "fax.json").write_text('{"station": "E-13", "received_at": "2025-05-31T23:50:00", "lines": 2}')
    assert watching.look().taken == 1
    told = happenings(office, case_of("2025-00001"))[0].particulars
    assert (told["station"], told["received_at"]) == ("E-13", "2025-05-31T23:50:00-04:00")
    assert (told["gateway_said"], told["seen_at"]) == (
        "2025-05-31T23:50:00-04:00",
        "2025-06-01T02:14:00-04:00",
    )
    assert received(dropped) == ["fax.json", "fax.tif"]


@pytest.mark.parametrize(
    ("sidecar", "station", "remark"),
    [
        ("not JSON", "D-4", "is not understood"),
        ('{"station": "Z-9"}', "D-4", "unknown station, 'Z-9'"),
        ('{"station": "A-1", "received_at": "2031-01-01T00:00:00-05:00"}', "A-1", ""),
    ],
)
def test_a_wrong_sidecar_or_clock_never_keeps_a_document_out(
    office: Office, dropped: Path, sidecar: str, station: str, remark: str
) -> None:
    (dropped / "fax.tif").write_bytes(FAX)
    (dropped / "fax.tif.json").write_text(sidecar)
    watching = watched(office, dropped, sidecar=".json")
    watching.look()
    watching.look()
    told = happenings(office, case_of("2025-00001"))[0].particulars
    assert (told["station"], told["received_at"]) == (station, "2025-06-01T02:14:00-04:00")
    assert remark in told.get("sidecar", "")


def test_a_vanished_folder_is_an_error_that_passes(office: Office, dropped: Path) -> None:
    watching = watched(office, dropped)
    dropped.rmdir()
    with pytest.raises(FileNotFoundError):
        watching.look()
    dropped.mkdir()
    assert watching.look().taken == 0


def test_a_full_disk_loses_nothing(office: Office, dropped: Path) -> None:
    (dropped / "fax.tif").write_bytes(FAX + bytes(400_000))
    watching = watched(office, dropped)
    watching.look()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1")  # SQLite's own word for a disk that is full
    with pytest.raises(DatabaseError, match="full"):
        watching.look()
    assert (size(), (dropped / "fax.tif").exists()) == (0, True)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 4294967294")
    assert watching.look().taken == 1


@pytest.fixture
def volume(dropped: Path) -> Iterator[Path]:
    """A file system of its own in the watched folder, with room for three files and no folder more."""
    mounted = os.getuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "nr_inodes=4", "tmpfs", str(dropped)], check=False
    )
    if not mounted or mounted.returncode:
        missing("a volume of its own for the folder needs root")
    yield dropped
    subprocess.run(["umount", "-l", str(dropped)], check=True)


def test_on_a_volume_without_room_each_file_is_received_once_and_moved_when_there_is(
    office: Office, volume: Path
) -> None:
    for number in range(3):
        (volume / f"fax{number}.tif").write_bytes(b"%s %d" % (FAX, number))
    watching = watched(office, volume)
    watching.look()
    found = watching.look()
    assert (found.taken, size()) == (3, 3)
    assert "in the ledger but cannot be moved to received/ (No space left on device)" in found.left
    subprocess.run(["mount", "-o", "remount,nr_inodes=100", str(volume)], check=True)
    assert (watching.look(), size()) == (Look(), 3)
    assert received(volume) == ["fax0.tif", "fax1.tif", "fax2.tif"]


def test_a_file_that_cannot_be_read_keeps_no_other_out(
    office: Office, dropped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (dropped / "a.tif").write_bytes(FAX)
    (dropped / "b.tif").write_bytes(FAX + b" b")
    opened = os.open

    def failing(path: str | Path, *how: int) -> int:
        if str(path).endswith("a.tif"):
            raise OSError(errno.EIO, os.strerror(errno.EIO), path)
        return opened(path, *how)

    monkeypatch.setattr(os, "open", failing)
    watching = watched(office, dropped)
    watching.look()
    found = watching.look()
    assert (found.taken, received(dropped)) == (1, ["b.tif"])
    assert "it cannot be read (Input/output error)" in found.left


def test_a_channels_state_changes_only_with_news(office: Office) -> None:
    assert record_state(office, "faxes", well=True)
    assert not record_state(office, "faxes", well=True)
    assert record_state(office, "faxes", well=False, says="the folder is gone")
    record_state(office, "a channel of last year", well=False, says="gone")
    forget_all_but(["faxes"])
    assert [(state.name, state.well, state.says) for state in channel_states()] == [
        ("faxes", False, "the folder is gone")
    ]
