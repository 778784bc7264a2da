"""`python -m bench.day [--documents 300] [--seed 1]`: a day of five channels, with everything killed at random.

A watched folder, a mailbox on a real IMAP server, the mail receiver, uploads and requests without paper; some documents
are hostile, some come again. The intake, its readers and the mail server are killed with SIGKILL while they come. At the
end the ledger must hold every delivery once: nothing lost, nothing twice. Needs Dovecot.
"""

import argparse
import collections
import contextlib
import hashlib
import os
import random
import signal
import smtplib
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import msgspec
from tests.channels.imap_server import PASSWORD, ImapServer, free_port

from bench.day_documents import Sending, day_of
from bench.sheet import Sheet

PATIENCE = 3600.0
OFFICE = """
intake:
  readers: 2
  folders: [{{name: folder, path: {folder}/faxes, station: D-4, every: 1, settle: 0}}]
  mailboxes: [{{name: mailbox, host: localhost, port: {imap}, ca_file: {ca}, user: records, password_file: {secret},
    station: HQ, every: 1, timeout: 5}}]
  smtp: [{{name: smtp, port: {smtp}, channel: central-fax, recipients: {{d4@police.example: A-1}}}}]
"""


class Day:
    """The office, its servers and senders, and what was sent."""

    def __init__(self, folder: Path, sendings: list[Sending], rng: random.Random) -> None:
        from trustact.casework.clock import now
        from trustact.records.connection import connect
        from trustact.records.office import agency_of, make_office, open_office

        self.folder, self.sendings, self.rng = folder, sendings, rng
        self.imap, self.smtp = ImapServer(), free_port()
        (folder / "faxes").mkdir()
        made = make_office(folder / "office", agency_of("us-ma-boston"), clock=now)
        secret = made.folder / "keys" / "mailbox.password"
        secret.write_text(PASSWORD)
        secret.chmod(0o600)
        with (made.folder / "office.yaml").open("a") as file:
            ca = self.imap.folder / "cert.pem"
            file.write(OFFICE.format(folder=folder, imap=self.imap.tls, ca=ca, secret=secret, smtp=self.smtp))
        self.office = open_office(made.folder, clock=now)
        connect(self.office)
        self.kills: collections.Counter[str] = collections.Counter()
        self.refused: collections.Counter[str] = collections.Counter()
        self._intake: subprocess.Popen[bytes] | None = None

    def start_intake(self) -> None:
        with (self.folder / "intake.log").open("ab") as log:
            command = [
                sys.executable,
                "-m",
                "trustact.cli",
                "intake",
                "run",
                "--office",
                str(self.office.folder),
            ]
            self._intake = subprocess.Popen(command, stdout=log, stderr=log)

    def kill_something(self) -> None:
        """One SIGKILL, and what was killed started again as its supervisor would."""
        what = self.rng.choice(["intake", "reader", "mail server"])
        if what == "intake" and self._intake:
            self._intake.kill()
            self._intake.wait()
            self.start_intake()
        elif what == "mail server":
            self.imap.stop(signal.SIGKILL)
            time.sleep(self.rng.uniform(0, 2))
            self.imap.start()
        else:
            try:
                reader = f"reader-{self.rng.randint(1, 2)}.lock"
                os.kill(int((self.office.folder / reader).read_text() or 0) or -1, signal.SIGKILL)
            except (OSError, ValueError):
                return
        self.kills[what] += 1

    def send(self, channel: str, seconds: float) -> None:
        """Everything of one channel, spread over the day."""
        own = [sending for sending in self.sendings if sending.channel == channel]
        way = {"folder": self._drop, "mailbox": self._mail, "smtp": self._smtp, "upload": self._upload}
        rng = random.Random(channel)
        for number, sending in enumerate(own):
            way.get(channel, self._note)(number, sending, rng)
            time.sleep(rng.uniform(0, 2 * seconds / len(own)))
        from django.db import connections

        connections.close_all()

    def _drop(self, number: int, sending: Sending, _rng: random.Random) -> None:
        written = self.folder / "faxes" / f"{number}.part"
        written.write_bytes(sending.data)
        written.rename(written.with_suffix(".tif"))

    def _mail(self, _number: int, sending: Sending, _rng: random.Random) -> None:
        self._until_taken("mailbox", lambda: self.imap.deliver("records", sending.data))

    def _smtp(self, _number: int, sending: Sending, rng: random.Random) -> None:
        """As a gateway: until 250 is heard. Now and then the answer is lost on the way."""

        def once() -> None:
            with smtplib.SMTP("127.0.0.1", self.smtp, timeout=30) as client:
                client.ehlo()
                client.mail("gateway@fax.example")
                client.rcpt("d4@police.example")
                code, _ = client.data(sending.data)
                if code != 250 or rng.random() < 0.1:
                    raise smtplib.SMTPServerDisconnected

        self._until_taken("smtp", once)

    def _upload(self, number: int, sending: Sending, rng: random.Random) -> None:
        from trustact.casework.receive import receive

        def once() -> None:
            receive(
                self.office, sending.data, station="HQ", channel="hand", by="Sgt. Okafor", delivery=f"upload {number}"
            )  # fmt: skip
            if rng.random() < 0.1:
                raise ConnectionError

        self._until_taken("upload", once)

    def _note(self, number: int, sending: Sending, _rng: random.Random) -> None:
        from trustact.casework.paperless import Note, note_down

        note = Note(kind="call", asked=sending.data.decode(), taken_by="Sgt. Okafor")
        note_down(
            self.office, note, station="HQ", channel="phone", by="Sgt. Okafor", delivery=f"call {number}"
        )

    def _until_taken(self, channel: str, once: object) -> None:
        assert callable(once)
        while True:
            try:
                return once()
            except (OSError, smtplib.SMTPException, AssertionError, EOFError):
                self.refused[channel] += 1
                time.sleep(0.3)
            except Exception as wrong:
                if "IMAP4" not in type(wrong).__qualname__ and type(wrong).__name__ not in ("abort", "error"):
                    raise
                self.refused[channel] += 1
                time.sleep(0.3)

    def run(self, seconds: float) -> None:
        """Send it all while killing; then wait until the last document is read."""
        self.start_intake()
        channels = sorted({sending.channel for sending in self.sendings})
        senders = [threading.Thread(target=self.send, args=(channel, seconds)) for channel in channels]
        for sender in senders:
            sender.start()
        while any(sender.is_alive() for sender in senders):
            time.sleep(self.rng.uniform(2, 6))
            self.kill_something()
        for _ in range(5):
            time.sleep(self.rng.uniform(1, 4))
            self.kill_something()
        deadline = time.monotonic() + PATIENCE
        while not self._quiet():
            if time.monotonic() > deadline:
                raise SystemExit("the queue is not empty after an hour")
            time.sleep(1)

    def _quiet(self) -> bool:
        from trustact.casework.reading_queue import waiting

        dropped = [path for path in (self.folder / "faxes").iterdir() if path.is_file()]
        return not dropped and not waiting() and self.imap.holds("records") == 0

    def close(self) -> None:
        if self._intake:
            self._intake.terminate()
            self._intake.wait()
        self.imap.close()


def checked(day: Day) -> tuple[Sheet, bool]:
    """Every delivery against the ledger: by channel, and by the very bytes."""
    from trustact.audit.public import audit_public
    from trustact.audit.source import source_of
    from trustact.casework.events import opened
    from trustact.records.models import Case, Event
    from trustact.records.publication import publish_ledger

    events = [opened(day.office, event) for event in Event.objects.filter(kind="document-received")]
    got = collections.Counter(
        event.particulars["sha256"] for event in events if event.particulars["channel"] != "phone"
    )
    sent = collections.Counter(
        hashlib.sha256(s.data).hexdigest() for s in day.sendings if s.channel != "paperless"
    )
    names = {
        "folder": "fax",
        "mailbox": "email",
        "smtp": "central-fax",
        "upload": "hand",
        "paperless": "phone",
    }
    rows = []
    for channel, code in names.items():
        own = [s for s in day.sendings if s.channel == channel]
        arrived = [event for event in events if event.particulars["channel"] == code]
        hostile = sum(s.hostile for s in own)
        rows.append((channel, str(len(own)), str(hostile), str(day.refused[channel]), str(len(arrived))))
    phone = len([event for event in events if event.particulars["channel"] == "phone"])
    lost, twice = sent - got, got - sent
    calls = sum(s.channel == "paperless" for s in day.sendings)
    good = not lost and not twice and phone == calls
    publish_ledger(day.office)
    audited = audit_public(source_of(str(day.office.public)))
    stages = collections.Counter(Case.objects.values_list("stage", flat=True))
    kills = ", ".join(f"{count} {what}" for what, count in sorted(day.kills.items()))
    rows += [
        ("all", str(len(day.sendings)), str(sum(s.hostile for s in day.sendings)), str(sum(day.refused.values())), str(len(events))),
        ("lost", str(sum(lost.values())), "", "", ""),
        ("twice", str(sum(twice.values()) + abs(phone - calls)), "", "", ""),
        (f"killed: {kills}", str(sum(day.kills.values())), "", "", ""),
        (f"cases: {', '.join(f'{n} {stage}' for stage, n in sorted(stages.items()))}", str(Case.objects.count()), "", "", ""),
        ("ledger verified from its public files, entries", str(audited.size), "", "", ""),
    ]  # fmt: skip
    columns = ("channel", "deliveries sent", "hostile", "answers lost or refused", "receipts")
    return Sheet("A day of five channels, everything killed at random", columns, rows), good


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.day", description=__doc__)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=120, help="how long the documents keep coming")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "trustact.records.settings"
    rng = random.Random(asked.seed)
    with tempfile.TemporaryDirectory(prefix="trustact-day-") as folder, contextlib.ExitStack() as stack:
        day = Day(Path(folder), day_of(asked.documents, rng), rng)
        stack.callback(day.close)
        begun = time.monotonic()
        day.run(asked.seconds)
        sheet, good = checked(day)
        print(sheet.markdown())
        print(f"{time.monotonic() - begun:.0f} s, load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
        print("nothing lost, nothing twice" if good else "WRONG: see lost and twice")
        if not good:
            log = (Path(folder) / "intake.log").read_text(errors="replace")
            print(msgspec.json.encode(log.splitlines()[-30:]).decode())
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
