"""A rotation rewraps every record while the desk works, goes on after a kill, and leaves nothing of the old key."""

import os
import signal
import subprocess
import sys

import pytest

from tests.casework.test_receive import take
from trustact.casework import Refused
from trustact.casework.check import check_office
from trustact.casework.clock import now
from trustact.casework.events import case_of
from trustact.casework.read import document_bytes
from trustact.casework.rotate_key import destroy_retired, rotate_key
from trustact.records.erasure import found_in_files
from trustact.records.models import Case, SealedRecord
from trustact.records.office import Office, open_office

ROTATE = """
import sys
from pathlib import Path
from trustact.casework.clock import now
from trustact.records.connection import connect
from trustact.records.office import open_office
office = open_office(Path(sys.argv[1]), clock=now)
connect(office)
from trustact.casework import rotate_key
rotate_key.BATCH = 1
rotate_key.rotate_key(office, "Lt. Nguyễn", lambda done, total: print(done, flush=True))
"""


def rotating(office: Office) -> subprocess.Popen[str]:
    """A process that rotates the key a record at a time and says so after each."""
    return subprocess.Popen(
        [sys.executable, "-c", ROTATE, str(office.folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "trustact.records.settings"},
    )


def test_every_record_moves_to_the_new_key_and_an_open_desk_follows(either_office: Office) -> None:
    desk = open_office(either_office.folder, clock=now)
    number = take(either_office, b"II*\0 before")
    assert document_bytes(desk, case_of(number)) == b"II*\0 before"
    old = [bytes(key) for key in SealedRecord.objects.values_list("wrapped_key", flat=True)]
    assert found_in_files(old) == sorted(old)

    done = rotate_key(either_office, "Lt. Nguyễn")

    assert (done.newest, done.rewrapped, done.retired) == ("vault-2", len(old), ("vault-1",))
    assert set(SealedRecord.objects.values_list("key_id", flat=True)) == {"vault-2"}
    assert found_in_files(old) == []
    assert document_bytes(desk, case_of(number)) == b"II*\0 before"
    assert take(desk, b"II*\0 before") == number
    assert document_bytes(desk, case_of(take(desk, b"II*\0 after"))) == b"II*\0 after"
    check_office(either_office)


def test_a_reader_that_looked_before_the_rotation_still_opens(office: Office) -> None:
    take(office)
    looked = SealedRecord.objects.get(field="document")
    rotate_key(office, "Lt. Nguyễn")
    from trustact.records.append import unseal

    assert unseal(office, looked).startswith(b"II*")


def test_a_killed_rotation_goes_on_where_it_stopped(either_office: Office) -> None:
    for number in range(12):
        take(either_office, f"II*\0 {number}".encode())
    for after in (3, 2):
        rotation = rotating(either_office)
        assert rotation.stdout
        for _ in range(after):
            rotation.stdout.readline()
        rotation.send_signal(signal.SIGKILL)
        rotation.communicate()
    assert 5 <= SealedRecord.objects.filter(key_id="vault-2").count() < 24
    take(either_office, b"II*\0 between")
    check_office(either_office)
    assert rotate_key(either_office, "Lt. Nguyễn").newest == "vault-2"
    assert sorted(file.name for file in either_office.keys.glob("vault-*")) == ["vault-2.key"]
    assert check_office(either_office).decisions == 0
    assert all(document_bytes(either_office, case) for case in Case.objects.all())


def test_writers_and_a_rotation_at_once_lose_nothing(either_office: Office) -> None:
    for number in range(5):
        take(either_office, f"II*\0 {number}".encode())
    rotation = rotating(either_office)
    assert rotation.stdout
    rotation.stdout.readline()
    for number in range(20):
        take(either_office, f"II*\0 meanwhile {number}".encode())
    rotation.communicate()
    assert rotation.returncode == 0
    assert set(SealedRecord.objects.values_list("key_id", flat=True)) == {"vault-2"}
    assert all(document_bytes(either_office, case) for case in Case.objects.all())


def test_retired_keys_are_kept_until_destroyed(office: Office) -> None:
    take(office)
    rotate_key(office, "Lt. Nguyễn")
    retired = office.keys / "retired" / "vault-1.key"
    secret = retired.read_bytes()
    assert office.every_key().retired == {"vault-1": secret.decode().strip()}
    assert destroy_retired(office, "Lt. Nguyễn") == ("vault-1",)
    assert not retired.exists()


def test_given_keys_rotate_to_the_newest_given(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    number = take(office)
    given = "; ".join(f"{name} {key.hex()}" for name, key in office.key_ring.keys().items())
    monkeypatch.setenv("TRUSTACT_VAULT_KEY", given)
    with pytest.raises(Refused, match="only vault key given"):
        rotate_key(office, "Lt. Nguyễn")
    monkeypatch.setenv("TRUSTACT_VAULT_KEY", f"{given}; vault-2 {'5a' * 32}")
    assert rotate_key(office, "Lt. Nguyễn").retired == ("vault-1",)
    assert document_bytes(office, case_of(number)).startswith(b"II*")
