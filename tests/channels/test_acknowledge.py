"""Receipts by mail: only where the settings say so, only after the ledger has the message, and with no name in them."""

import contextlib
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

import msgspec
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.channels.imap_server import free_port
from tests.channels.messages import message
from trustact.casework.arrivals import Arrival, arrive
from trustact.casework.events import case_of, happenings
from trustact.channels.acknowledger import Acknowledger
from trustact.channels.headers import reply_address
from trustact.failures import OutsideFailed
from trustact.records.intake_settings import AcknowledgeSettings
from trustact.records.models import Acknowledgement
from trustact.records.office import Office

SENDER = "gateway@fax.example"


def settings(port: int = 25) -> AcknowledgeSettings:
    return AcknowledgeSettings(
        host="127.0.0.1", port=port, tls="none", sender="receipts@police.example", domains=("fax.example",)
    )


class Sink:
    """A mail server that keeps what it is given, and refuses one address for good."""

    def __init__(self) -> None:
        self.got: list[tuple[list[str], Message]] = []

    async def handle_RCPT(  # noqa: N802 (aiosmtpd calls it)
        self, _s: SMTP, _t: Session, envelope: Envelope, address: str, _o: list[str]
    ) -> str:
        if address.startswith("gone"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.got.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 OK"


@contextlib.contextmanager
def mail_server(port: int) -> Iterator[Sink]:
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    yield sink
    controller.stop()


def received(office: Office, identity: str, reply_to: str = SENDER) -> str:
    data = message(identity, subject="Detainer for OKWUOSA-BRANDT, Ngozi")
    told = {"message_id": identity}
    arrival = Arrival(
        data=data, station="D-4", channel="email", delivery=identity, told=told, reply_to=reply_to
    )
    return arrive(office, arrival, "channel records").number


def test_a_receipt_is_sent_once_with_its_number_and_no_name(either_office: Office) -> None:
    office, port = either_office, free_port()
    number = received(office, "<one@gateway>")
    received(office, "<one@gateway>")  # seen again after a crash: the same delivery
    acknowledger = Acknowledger(office, settings(port))
    with mail_server(port) as sink:
        acknowledger.look()
        acknowledger.look()
    ((to, sent),) = sink.got
    assert to == [SENDER]
    assert (sent["Subject"], sent["Auto-Submitted"]) == (f"Receipt {number}", "auto-replied")
    assert sent["In-Reply-To"] == "<one@gateway>"
    text = str(sent.get_payload())
    assert f"Receipt number: {number}" in text
    assert "OKWUOSA" not in sent.as_string()
    assert happenings(office, case_of(number))[-1].kind == "receipt-sent"


def test_a_server_that_is_down_costs_no_receipt(office: Office) -> None:
    number, port = received(office, "<one@gateway>"), free_port()
    acknowledger = Acknowledger(office, settings(port))
    with pytest.raises(OutsideFailed, match="does not take receipts now"):
        acknowledger.look()
    assert Acknowledgement.objects.count() == 1
    with mail_server(port) as sink:
        acknowledger.look()
    assert [sent["Subject"] for _, sent in sink.got] == [f"Receipt {number}"]


def test_an_address_refused_for_good_is_on_the_record_and_stops_nothing(office: Office) -> None:
    gone, port = received(office, "<one@gateway>", "gone@fax.example"), free_port()
    received(office, "<two@gateway>")
    with mail_server(port) as sink:
        Acknowledger(office, settings(port)).look()
    assert len(sink.got) == 1
    last = happenings(office, case_of(gone))[-1]
    assert (last.kind, last.particulars["reason"]) == (
        "receipt-not-sent",
        "the mail server refuses the address (550)",
    )


@pytest.mark.parametrize(
    ("line", "envelope", "answered"),
    [
        ("", SENDER, SENDER),
        ("Reply-To: Clerk <clerk@FAX.example>", None, "clerk@FAX.example"),
        ("Reply-To: clerk@elsewhere.example", SENDER, ""),
        ("Auto-Submitted: auto-replied", SENDER, ""),
        ("Precedence: bulk", SENDER, ""),
        ("List-Id: <all.fax.example>", SENDER, ""),
        ("Return-Path: <>", None, ""),
        ("Reply-To: MAILER-DAEMON@fax.example", SENDER, ""),
        ("", "", ""),
    ],
)
def test_nothing_is_sent_to_programs_lists_or_other_domains(
    line: str, envelope: str | None, answered: str
) -> None:
    data = (line.encode() + b"\r\n" if line else b"") + message("<one@gateway>")
    assert reply_address(data, envelope, settings()) == answered
    assert reply_address(data, envelope, None) == "", "off by default"


def test_the_settings_are_read_as_data() -> None:
    given = {"host": "h", "sender": "a@b", "domains": ["ice.dhs.gov"]}
    assert msgspec.convert(given, AcknowledgeSettings).tls == "starttls"
