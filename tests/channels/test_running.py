"""The intake as it runs: killed at any moment, nothing is lost and nothing is counted twice."""

import signal
from pathlib import Path

from tests.channels.conftest import Intake, configured
from tests.channels.imap_server import PASSWORD, ImapServer
from tests.channels.messages import message
from tests.needs import until
from trustact.casework.channel_states import channel_states
from trustact.casework.reading_queue import quarantined, waiting
from trustact.records.models import Case, Event
from trustact.records.office import Office


def test_killed_again_and_again_nothing_is_lost_and_nothing_twice(
    live_office: Office, intake: Intake, tmp_path: Path
) -> None:
    faxes = tmp_path / "faxes"
    faxes.mkdir()
    configured(
        live_office,
        folders=[{"name": "faxes", "path": str(faxes), "station": "D-4", "every": 1, "settle": 0}],
    )
    moved = faxes / "received"
    for start in range(0, 9, 3):
        for number in range(start, start + 3):
            (faxes / f"{number}.tif").write_bytes(b"II*\0 fax %d" % number)
        intake.start()
        until(lambda least=start: Case.objects.count() > least, "something received")  # type: ignore[misc]
        intake.end(signal.SIGKILL)
    intake.start()
    until(lambda: len([path for path in moved.rglob("*") if path.is_file()]) == 9, "all nine moved")
    until(lambda: waiting() == 0, "all read or in quarantine")
    said = intake.end()
    assert "reader-1" not in said, "the readers were not disturbed in the last run"
    assert (Case.objects.count(), quarantined()) == (9, 9)
    assert Event.objects.filter(kind="document-received").count() == 9
    assert Event.objects.filter(kind="reading-failed").count() == 9
    assert [(state.name, state.well) for state in channel_states()] == [("faxes", True)]


def test_a_mailbox_and_its_reader_killed_again_and_again_count_nothing_twice(
    live_office: Office, intake: Intake, imap: ImapServer
) -> None:
    secret = live_office.folder / "keys" / "mailbox.password"
    secret.write_text(PASSWORD)
    secret.chmod(0o600)
    box = {"name": "records", "host": "localhost", "port": imap.tls, "ca_file": str(imap.folder / "cert.pem")}
    own = {"user": "killed", "password_file": str(secret), "station": "HQ", "every": 1}
    configured(live_office, readers=0, mailboxes=[{**box, **own}])
    for start in (0, 4):
        for number in range(start, start + 4):
            imap.deliver("killed", message(f"<{number}@gateway>"))
        intake.start()
        until(lambda least=start: Case.objects.count() > least, "something received")  # type: ignore[misc]
        intake.end(signal.SIGKILL)
        imap.stop(signal.SIGKILL)
        imap.start()
    intake.start()
    # One that was copied when the server was killed is copied again: the inbox tells when all are moved.
    until(lambda: imap.holds("killed") == 0, "every message moved")
    intake.end()
    assert imap.holds("killed", "trustact-received") >= 8
    assert Case.objects.count() == 8
    assert Event.objects.filter(kind="document-received").count() == 8


def test_a_second_intake_of_one_office_is_refused(live_office: Office, intake: Intake) -> None:
    intake.start()
    until((live_office.folder / "intake.lock").exists, "the first runs")
    second = Intake(live_office)
    second.start()
    assert "an intake already runs for" in second.end(signal.SIGCONT)
    assert "no channel is configured" in intake.end()
