"""Full disks, damaged files, clocks that step back: a clear line, and nothing acknowledged is lost."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.casework.test_receive import take
from tests.conftest import Clock
from trustact.audit.public import audit_public
from trustact.audit.source import source_of
from trustact.ledger.errors import VerificationError
from trustact.records.append import entry_bytes
from trustact.records.copying import copy_out
from trustact.records.office import Office, OfficeError
from trustact.records.publication import publish_ledger, receipt_of


def size_in_public(office: Office) -> int:
    return audit_public(source_of(str(office.public))).size


def within(most_bytes: int, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A command that can write no file beyond so many bytes, as on a disk that is full."""
    return subprocess.run(
        [sys.executable, "-m", "trustact.cli", *map(str, arguments)],
        capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes)),
    )  # fmt: skip


def test_a_full_disk_leaves_what_was_published_and_says_so(office: Office) -> None:
    take(office, b"one")
    publish_ledger(office)
    take(office, b"two")
    full = within(0, "publish", "--office", office.folder)
    assert full.returncode == 3
    assert len(full.stderr.splitlines()) == 1
    assert "Traceback" not in full.stderr
    assert size_in_public(office) == 1
    assert publish_ledger(office).size == size_in_public(office) == 2


def test_a_full_disk_acknowledges_nothing(office: Office, tmp_path: Path) -> None:
    take(office, b"one")
    fax = tmp_path / "fax.txt"
    fax.write_bytes(b"x" * 400_000)
    given = ("--no-read", "--office", office.folder, "--station", "D-4", "--channel", "fax")
    full = within(200_000, "receive", fax, *given)
    assert (full.returncode, full.stdout) == (3, "")
    assert "Traceback" not in full.stderr
    assert len(full.stderr.splitlines()) == 1
    publish_ledger(office)
    assert size_in_public(office) == 1


def test_a_public_folder_in_the_way_is_one_clear_line(office: Office) -> None:
    take(office, b"one")
    office.public.rmdir()
    office.public.write_text("not a folder")
    with pytest.raises(OfficeError, match=r"the public folder .* cannot be written"):
        publish_ledger(office)


def test_a_clock_that_steps_back_does_not_turn_the_ledger_back(office: Office, clock: Clock) -> None:
    take(office, b"one")
    clock.forward(hours=-5)
    take(office, b"two")
    publish_ledger(office)
    found = audit_public(source_of(str(office.public)))
    assert (found.size, found.first, found.notes) == (2, found.last, ())


@pytest.mark.parametrize("path", ["tile/0/000.p/2", "tile/entries/000.p/2"])
def test_a_torn_tile_is_told_and_written_anew(office: Office, path: str) -> None:
    take(office, b"one")
    take(office, b"two")
    publish_ledger(office)
    torn = office.public / path
    torn.write_bytes(torn.read_bytes()[:40])
    with pytest.raises(VerificationError, match=path):
        size_in_public(office)
    publish_ledger(office, anew=True)
    assert size_in_public(office) == 2


@pytest.mark.parametrize(
    "left", [b"", b"half a check", b"another/ledger\n1\nAAAA\n\n\xe2\x80\x94 another AAAA\n"]
)
def test_a_damaged_checkpoint_is_told_and_written_again_when_asked_to(office: Office, left: bytes) -> None:
    take(office, b"one")
    publish_ledger(office)
    (office.public / "checkpoint").write_bytes(left)
    (office.public / "checkpoint.part").write_bytes(b"rubbish of a crash")
    take(office, b"two")
    told = within(1 << 30, "publish", "--office", office.folder)
    assert (told.returncode, len(told.stderr.splitlines())) == (3, 1)
    assert "checkpoint is damaged" in told.stderr
    assert "trustact publish --anew" in told.stderr
    assert (office.public / "checkpoint").read_bytes() == left
    assert receipt_of(office, 1).verify(entry_bytes(1), [office.ledger_key]).size == 2
    assert publish_ledger(office, anew=True).size == size_in_public(office) == 2


@pytest.mark.parametrize("taken", [0, 1, 2])
@pytest.mark.parametrize("anew", [False, True])
def test_a_record_behind_its_own_signed_checkpoint_is_not_published(
    office: Office, taken: int, anew: bool
) -> None:
    take(office, b"one")
    take(office, b"two")
    publish_ledger(office)
    (office.public / "checkpoint").unlink()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_row_no_delete")
        for table in ("receipt_index", "event", "document", "case_file", "ledger_row"):
            cursor.execute(f"DELETE FROM {table} WHERE rowid = (SELECT MAX(rowid) FROM {table})")
    for number in range(taken):
        take(office, b"another %d" % number)
    with pytest.raises(
        OfficeError, match=r"signed checkpoint counts 2 entries that the record, of .* does not"
    ):
        publish_ledger(office, anew=anew)
    assert not (office.public / "checkpoint").exists()


def test_no_file_is_written_anew_behind_what_is_in_public(office: Office) -> None:
    take(office, b"one")
    publish_ledger(office)
    older = office.folder / "older.sqlite3"
    copy_out(older)
    take(office, b"two")
    publish_ledger(office)
    connection.close()
    older.replace(office.folder / "office.sqlite3")
    with pytest.raises(OfficeError, match="counts 2 entries that the record, of 1, does not continue"):
        publish_ledger(office, anew=True)
    assert size_in_public(office) == 2
