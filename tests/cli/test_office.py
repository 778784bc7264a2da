"""The office's own commands as people run them: keys apart, backup and restore, holds, retention."""

import json
from pathlib import Path

import pytest

from tests.casework.test_receive import take
from tests.casework.test_report import a_year
from tests.cli.conftest import Run
from tests.conftest import _disconnect
from trustact.casework.report import report
from trustact.records.office import Office

BY = ("--by", "Sgt. Okafor")


def test_keys_and_record_apart_make_the_office_whole_again(
    office: Office, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_year(office)
    report(office, "us-ma-boston", "2025", "Commissioner's office")
    kept = (office.public / "checkpoint").read_bytes()
    monkeypatch.setenv("TRUSTACT_KEYS_PASSPHRASE", "four invented words here")
    keys, tar, folder = tmp_path / "office.keys", tmp_path / "office.tar", tmp_path / "again"
    assert run("office", "keys", "export", "--office", office.folder, "--out", keys).code == 0
    assert run("office", "keys", "export", "--office", office.folder, "--out", keys).code == 2
    assert run("office", "backup", "--office", office.folder, "--out", tar, *BY).code == 0
    _disconnect()
    (tmp_path / "kept").write_bytes(kept)
    ran = run(
        "office", "restore", tar, "--to", folder, "--keys", keys, "--older", tmp_path / "kept", "--json"
    )
    assert ran.code == 0
    done = json.loads(ran.out)
    assert (done["verified"], done["replayed"], done["reports"]) == (True, 3, ["us-ma-boston 2025"])
    again = run("office", "restore", tar, "--to", folder, "--keys", keys)
    assert (again.code, again.out) == (2, "")
    assert "a restore overwrites nothing" in again.err
    assert again.err.count("\n") == 1
    monkeypatch.setenv("TRUSTACT_KEYS_PASSPHRASE", "four other words here")
    assert run("office", "restore", tar, "--to", tmp_path / "third", "--keys", keys).code == 2


def test_a_newer_checkpoint_than_the_backup_is_bad_news(
    office: Office, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUSTACT_KEYS_PASSPHRASE", "four invented words here")
    keys, tar = tmp_path / "office.keys", tmp_path / "office.tar"
    run("office", "keys", "export", "--office", office.folder, "--out", keys)
    take(office)
    run("office", "backup", "--office", office.folder, "--out", tar, *BY)
    report(office, "us-ma-boston", "2025", "Commissioner's office")
    newer = office.public / "checkpoint"
    ran = run("office", "restore", tar, "--to", tmp_path / "again", "--keys", keys, "--older", newer)
    assert ran.code == 1
    assert "NOT VERIFIED" in ran.out
    assert "counts 3 entries, the published one only 1" in ran.out


def test_rotation_holds_and_a_dry_run(office: Office, run: Run) -> None:
    number = take(office)
    where = ("--office", office.folder)
    assert "vault-2 seals now" in run("office", "rotate-key", *where, *BY, "--destroy-retired").out
    placed = run("office", "hold", "place", *where, *BY, "--case", number, "--reason", "Subpoena")
    assert (placed.code, "placed by Sgt. Okafor" in placed.out) == (0, True)
    (hold,) = json.loads(run("office", "hold", "list", *where, "--json").out)
    assert hold["number"] == number
    assert run("office", "hold", "lift", hold["entry"], *where, *BY, "--reason", "Settled").code == 0
    assert run("office", "hold", "list", *where).out == "no legal hold stands\n"
    assert run("office", "hold", "place", *where, *BY, "--reason", "Subpoena").code == 2
    assert "no case has been kept as long" in run("office", "retention", "due", *where).out
    for step in ("propose", "confirm"):  # a name typed is nobody signed in: both are done at the desk
        assert run("office", "retention", step, *where, *BY).code == 2


def test_a_key_others_may_read_stops_every_command_in_one_line(office: Office, run: Run) -> None:
    (office.keys / "vault-1.key").chmod(0o644)
    ran = run("office", "keys", "export", "--office", office.folder, "--out", office.folder / "x")
    assert ran.code == 3
    assert "chmod 600" in ran.err
    assert ran.err.count("\n") == 1
