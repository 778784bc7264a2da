"""A mailbox: each message is received whole, then moved; a server that hangs or refuses costs one clear line."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.channels.imap_server import PASSWORD, ImapServer
from tests.channels.messages import message
from trustact.casework.events import case_of, happenings
from trustact.casework.read import document_bytes
from trustact.channels.mailbox import Mailbox
from trustact.channels.plan import channels_of
from trustact.failures import BadInput, OutsideFailed
from trustact.records.append import size
from trustact.records.intake_settings import MailboxSettings
from trustact.records.models import Case
from trustact.records.office import Office


def secret(office: Office, name: str, text: str) -> str:
    path = office.folder / "keys" / name
    path.write_text(text)
    path.chmod(0o600)
    return str(path)


def mailbox(office: Office, imap: ImapServer, user: str, **more: object) -> Mailbox:
    given = {
        "name": "records",
        "host": "localhost",
        "port": imap.tls,
        "ca_file": str(imap.folder / "cert.pem"),
        "user": user,
        "password_file": secret(office, "mailbox.password", PASSWORD),
        "station": "HQ",
        "timeout": 20,
        "idle": 0,
        **more,
    }
    return Mailbox(office, msgspec.convert(given, MailboxSettings))


@pytest.mark.parametrize("tls", ["implicit", "starttls", "none"])
def test_a_message_is_received_whole_and_then_moved(office: Office, imap: ImapServer, tls: str) -> None:
    user = f"records-{tls}"
    sent = message("<one@gateway>", b"%PDF-1.4 a request")
    imap.deliver(user, sent)
    port = imap.tls if tls == "implicit" else imap.plain
    assert mailbox(office, imap, user, tls=tls, port=port).look().taken == 1
    assert document_bytes(office, case_of("2025-00001")) == sent
    told = happenings(office, case_of("2025-00001"))[0].particulars
    assert (told["station"], told["channel"], told["message_id"]) == ("HQ", "email", "<one@gateway>")
    assert told["gateway_said"].startswith("20"), "when the server says it came"
    assert (imap.holds(user), imap.holds(user, "trustact-received")) == (0, 1)
    assert mailbox(office, imap, user, tls=tls, port=port).look().taken == 0


def test_a_message_that_could_not_be_moved_is_received_once(office: Office, imap: ImapServer) -> None:
    imap.deliver("stuck", message("<one@gateway>"))
    imap.deliver("stuck", b"Subject: no id at all\r\n\r\n")
    first = mailbox(office, imap, "stuck", taken="no/../such folder")
    found = first.look()
    assert (found.taken, size()) == (2, 2)
    assert "in the ledger but cannot be moved" in found.left
    assert first.look().taken == 0
    mailbox(office, imap, "stuck").look()  # the program as it is after a crash: it remembers nothing
    assert (size(), imap.holds("stuck"), imap.holds("stuck", "trustact-received")) == (2, 0, 2)


def test_the_same_message_put_back_is_one_delivery_and_a_new_one_with_its_bytes_is_not(
    office: Office, imap: ImapServer
) -> None:
    box = mailbox(office, imap, "again")
    for _ in range(2):
        imap.deliver("again", message("<one@gateway>"))
        box.look()
    assert (size(), Case.objects.count()) == (1, 1)
    imap.deliver("again", message("<two@gateway>"))
    box.look()
    assert (size(), Case.objects.count()) == (2, 2)


def test_tokens_sign_in_and_a_new_refresh_token_is_kept(office: Office, imap: ImapServer) -> None:
    imap.deliver("tokens", message("<one@gateway>"))
    kept = secret(office, "refresh", imap.tokens.refresh)
    oauth = {"token_url": f"{imap.tokens.url}/token", "client_id": "tokens", "refresh_token_file": kept}
    box = mailbox(office, imap, "tokens", oauth=oauth, password_file="")
    assert box.look().taken == 1
    assert box.look().taken == 0
    assert Path(kept).read_text().strip() == imap.tokens.refresh
    assert Path(kept).stat().st_mode & 0o077 == 0
    imap.tokens.good.clear()
    with pytest.raises(OutsideFailed, match="does not let 'tokens' sign in") as refused:
        box.look()
    assert "access-" not in str(refused.value)
    assert box.look().taken == 0, "it asks for a new token"


def test_a_wrong_password_or_certificate_is_one_clear_line(office: Office, imap: ImapServer) -> None:
    wrong = secret(office, "wrong", "not it")
    with pytest.raises(OutsideFailed, match="does not let 'someone' sign in") as refused:
        mailbox(office, imap, "someone", password_file=wrong).look()
    assert "not it" not in str(refused.value)
    with pytest.raises(OutsideFailed, match="the certificate of localhost is not good"):
        mailbox(office, imap, "someone", ca_file="").look()
    Path(wrong).chmod(0o644)
    with pytest.raises(BadInput, match="chmod 600"):
        mailbox(office, imap, "someone", password_file=wrong).look()


@contextlib.contextmanager
def hanging(greeting: bytes) -> Iterator[int]:
    """A server that greets and then says nothing, or says it for ever, byte by byte."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                client, _ = server.accept()
                with client:
                    client.sendall(greeting)
                    while greeting and not stop.wait(0.05):
                        client.sendall(b".")
                    stop.wait()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        stop.set()
        thread.join()


@pytest.mark.parametrize(
    ("greeting", "limits", "says"),
    [
        (b"", {"timeout": 1}, "did not answer in 1 s"),
        (b"* OK and now", {"timeout": 20, "longest": 1}, "ended the conversation|refuses|cannot be reached"),
    ],
)
def test_a_mailbox_that_hangs_ends_within_its_limit(
    office: Office, greeting: bytes, limits: dict[str, int], says: str
) -> None:
    with hanging(greeting) as port:
        own = {"name": "slow", "host": "127.0.0.1", "port": port, "tls": "none", "user": "u", "station": "HQ"}
        box = Mailbox(office, msgspec.convert({**own, **limits, "password_file": "x"}, MailboxSettings))
        with pytest.raises(OutsideFailed, match=says):
            box.look()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"tls": "none", "host": "mail.example"}, "without TLS"),
        ({"password_file": ""}, "give either password_file or oauth"),
        ({"station": "D-44"}, "station 'D-44' is not among the office's; did you mean 'D-4'"),
        ({"channel": "mail"}, "channel 'mail' is not among the office's"),
    ],
)
def test_a_mistake_in_the_settings_is_told_before_anything_starts(
    office: Office, change: dict[str, str], says: str
) -> None:
    own = {
        "name": "records",
        "host": "localhost",
        "user": "u",
        "station": "HQ",
        "password_file": "x",
        **change,
    }
    intake = msgspec.structs.replace(
        office.settings.intake, mailboxes=(msgspec.convert(own, MailboxSettings),)
    )
    settings = msgspec.structs.replace(office.settings, intake=intake)
    with pytest.raises(BadInput, match=says):
        channels_of(Office(office.folder, settings, office.clock))
