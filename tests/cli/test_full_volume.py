"""A volume that really is full: one clear line, nothing acknowledged is lost, and with space again it all goes on."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run
from tests.conftest import _disconnect
from tests.needs import missing
from trustact.audit.public import audit_public
from trustact.audit.source import source_of

VOLUME = 6_000_000
FAX = b"II*\0" + os.urandom(200_000)


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[Path]:
    """A volume of its own, of six million bytes in memory."""
    folder = tmp_path / "volume"
    folder.mkdir()
    if os.geteuid() != 0:
        missing("only root may mount a small volume to be filled")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={VOLUME}", "tmpfs", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if mounted.returncode:
        missing(f"no small volume can be mounted here: {mounted.stderr.strip()}")
    yield folder
    _disconnect()
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(volume: Path, leave: int = 0) -> Path:
    """Fill a volume but for so many bytes; returns the file that takes the space."""
    filler = volume / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(65_536)):
                pass
        except OSError:
            pass
        file.truncate(max(0, file.tell() - leave))
    return filler


def clear(ran: Ran) -> bool:
    """Exit code 3 and one line that says why, of a command that acknowledged nothing."""
    return (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)


def receive(run: Run, office: Path, document: Path) -> Ran:
    given = ("--office", office, "--station", "D-4", "--channel", "fax", "--no-read", "--json")
    return run("receive", document, *given)


def new_office(run: Run, folder: Path) -> Path:
    assert run("office", "new", folder, "--agency", "Police", "--law", "us-ma-boston").code == 0
    return folder


def verified(run: Run, office: Path) -> int:
    """How many entries the office has in public, once its whole record was audited against them."""
    assert run("publish", "--office", office).code == 0
    audit = run("audit", office / "public", "--office", office, "--kept", office / "kept", "--json")
    assert audit.code == 0, audit.out
    return int(json.loads(audit.out)["size"])


def test_what_a_full_volume_refuses_was_not_acknowledged_and_the_rest_is_there(
    run: Run, volume: Path, tmp_path: Path
) -> None:
    office = new_office(run, volume / "office")
    acknowledged = set()
    for number, leave in enumerate((None, 0, 4_096, 150_000, 500_000, None)):
        document = tmp_path / f"{number}.tif"
        document.write_bytes(FAX + bytes([number]))
        filler = None if leave is None else fill(volume, leave)
        ran = receive(run, office, document)
        if ran.code == 0:
            acknowledged.add(json.loads(ran.out)["sha256"])
        else:
            assert clear(ran), ran.err
            assert leave is not None
        if filler:
            filler.unlink()
    assert len(acknowledged) >= 2
    assert verified(run, office) == len(acknowledged)


def test_a_publication_on_a_full_volume_leaves_the_one_before(run: Run, volume: Path, tmp_path: Path) -> None:
    office = new_office(run, volume / "office")
    document = tmp_path / "a.tif"
    document.write_bytes(FAX)
    receive(run, office, document)
    assert verified(run, office) == 1
    document.write_bytes(FAX + b"2")
    receive(run, office, document)
    for leave in (0, 4_096, 12_288):
        filler = fill(volume, leave)
        ran = run("publish", "--office", office)
        assert ran.code == 0 or clear(ran), ran.err
        assert audit_public(source_of(str(office / "public"))).size == (2 if ran.code == 0 else 1)
        filler.unlink()
    assert verified(run, office) == 2


def test_a_backup_that_a_full_volume_cut_short_leaves_nothing_and_is_made_again(
    run: Run, volume: Path, tmp_path: Path
) -> None:
    office, backup = new_office(run, tmp_path / "office"), volume / "office.tar"
    document = tmp_path / "a.tif"
    document.write_bytes(FAX)
    receive(run, office, document)
    for leave in (0, 30_000, 300_000, 700_000):
        filler = fill(volume, leave)
        ran = run("office", "backup", "--office", office, "--out", backup, "--by", "Sgt. Okafor")
        assert clear(ran), ran.err
        assert [path.name for path in volume.iterdir()] == ["filler"]
        filler.unlink()
    assert run("office", "backup", "--office", office, "--out", backup, "--by", "Sgt. Okafor").code == 0
    assert verified(run, office) == 2
