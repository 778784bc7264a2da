"""The mail receiver: 250 only once the ledger has the message, 4xx when it cannot be taken now."""

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from django.db import connection

from tests.channels.imap_server import certificate, free_port
from tests.channels.messages import message
from trustact.casework.events import case_of, happenings
from trustact.casework.read import document_bytes
from trustact.channels.smtp_receiver import SmtpReceiver
from trustact.failures import OutsideFailed
from trustact.records.append import size
from trustact.records.intake_settings import SmtpSettings
from trustact.records.models import Case
from trustact.records.office import Office

STATIONS = {"d4@police.example": "D-4", "E13@police.example": "E-13"}
GATEWAY = "gateway@fax.example"


@contextlib.contextmanager
def receiving(office: Office, **more: object) -> Iterator[tuple[SmtpReceiver, int]]:
    port = free_port()
    given = {"name": "gateway", "recipients": STATIONS, "port": port, **more}
    receiver = SmtpReceiver(office, msgspec.convert(given, SmtpSettings))
    receiver.look()
    yield receiver, port
    receiver.close()


def send(port: int, data: bytes, *to: str) -> tuple[int, str]:
    """What the receiver answers to the whole message."""
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        client.ehlo()
        client.mail(GATEWAY)
        for address in to:
            client.rcpt(address)
        code, said = client.data(data)
        return code, said.decode()


def test_a_message_is_in_the_ledger_when_250_is_said(either_office: Office) -> None:
    sent = message("<one@gateway>", b"II*\0 fax")
    with receiving(either_office) as (receiver, port):
        assert send(port, sent, "D4@Police.example") == (250, "2.0.0 received as 2025-00001")
        assert receiver.look().taken == 1
    assert document_bytes(either_office, case_of("2025-00001")) == sent
    told = happenings(either_office, case_of("2025-00001"))[0].particulars
    assert (told["station"], told["channel"], told["received_at"]) == (
        "D-4",
        "fax",
        "2025-05-31T23:50:00-04:00",
    )
    assert (told["envelope_sender"], told["message_id"]) == (GATEWAY, "<one@gateway>")


def test_sent_again_because_the_answer_was_lost_it_is_the_same_delivery(office: Office) -> None:
    with receiving(office) as (_, port):
        for _ in range(2):
            assert (
                send(port, message("<one@gateway>"), "d4@police.example")[1] == "2.0.0 received as 2025-00001"
            )
        assert size() == 1
        send(port, message("<two@gateway>"), "d4@police.example")
    assert (size(), Case.objects.count()) == (2, 2)


def test_one_message_to_two_stations_is_one_document_received_at_both(office: Office) -> None:
    with receiving(office) as (_, port):
        code, _said = send(port, message("<one@gateway>"), "d4@police.example", "e13@police.example")
    assert (code, size(), Case.objects.count()) == (250, 2, 1)
    arrivals = happenings(office, case_of("2025-00001"))
    assert [arrival.particulars["station"] for arrival in arrivals] == ["D-4", "E-13"]


def test_what_is_not_for_a_station_or_too_large_is_refused(office: Office) -> None:
    with receiving(office) as (_, port), smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        client.ehlo()
        assert client.mail(GATEWAY, ["SIZE=60000000"])[0] == 552
        client.mail(GATEWAY)
        assert client.rcpt("chief@police.example")[0] == 550
        with pytest.raises(smtplib.SMTPDataError):
            client.data(message("<one@gateway>"))
    assert size() == 0


def test_where_the_record_cannot_be_written_the_gateway_is_told_to_send_again(office: Office) -> None:
    with receiving(office) as (receiver, port):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE sealed_record RENAME TO away")
        code, said = send(port, message("<one@gateway>"), "d4@police.example")
        assert (code, said) == (451, "4.3.0 cannot be taken now; keep it and send it again")
        assert "told to send again" in receiver.look().left
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO sealed_record")
        assert send(port, message("<one@gateway>"), "d4@police.example")[0] == 250
        assert receiver.look().left == ""
    assert size() == 1


def test_only_the_gateways_network_may_send(office: Office) -> None:
    with receiving(office, networks=["10.1.0.0/16"]) as (_, port), pytest.raises(OSError):  # noqa: PT011
        smtplib.SMTP("127.0.0.1", port, timeout=20).ehlo()


def test_tls_is_demanded_where_the_settings_say_so(office: Office, tmp_path: Path) -> None:
    authority = certificate(tmp_path)
    tls = {"certificate": str(authority), "key": str(tmp_path / "key.pem"), "demand_tls": True}
    with receiving(office, **tls) as (_, port), smtplib.SMTP("localhost", port, timeout=20) as client:
        client.ehlo()
        assert client.mail(GATEWAY)[0] == 530
        client.starttls(context=ssl.create_default_context(cafile=str(authority)))
        client.sendmail(GATEWAY, ["d4@police.example"], message("<one@gateway>"))
    assert size() == 1


def test_an_address_in_use_is_one_clear_line_and_tried_again(office: Office) -> None:
    with receiving(office) as (_, port):
        second = SmtpReceiver(office, SmtpSettings(name="b", recipients=STATIONS, port=port))
        with pytest.raises(OutsideFailed, match=f"cannot listen on 127.0.0.1:{port}"):
            second.look()
    assert second.look().taken == 0
    second.close()
