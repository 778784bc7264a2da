"""A mailbox that is listened to (IDLE): mail is told at once, and a server that hangs, refuses or leaves costs a look."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest

from tests.channels.imap_server import ImapServer
from tests.channels.messages import message
from tests.channels.scripted_imap import Idling, ScriptedServer, leaving, refusing, scripted, silent
from tests.channels.test_mailbox import mailbox, secret
from tests.needs import PATIENCE, until
from trustact.channels.attend import attend
from trustact.channels.mailbox import Mailbox
from trustact.failures import BadInput
from trustact.records.intake_settings import MailboxSettings
from trustact.records.models import Case
from trustact.records.office import Office

NEVER = 3600
"""Seconds between two looks, by which no message of these tests can come in."""


@contextmanager
def attended(office: Office, box: Mailbox) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=attend, args=(office, box, stop, lambda _: None), daemon=True)
    thread.start()
    yield
    stop.set()
    box.close()
    thread.join(PATIENCE)
    assert not thread.is_alive(), "told to stop, it stops while it listens"


@pytest.mark.parametrize("tls", ["implicit", "starttls", "none"])
def test_a_new_message_is_taken_in_when_the_server_tells_of_it(
    live_office: Office, imap: ImapServer, tls: str
) -> None:
    user = f"idle-{tls}"
    imap.deliver(user, message("<0@gateway>"))
    port = imap.tls if tls == "implicit" else imap.plain
    box = mailbox(live_office, imap, user, every=NEVER, idle=1740, tls=tls, port=port)
    with attended(live_office, box):
        for number in range(1, 4):
            until(lambda least=number: Case.objects.count() == least, "the message is received")  # type: ignore[misc]
            imap.deliver(user, message(f"<{number}@gateway>"))
        until(lambda: imap.holds(user, "trustact-received") == 4, "all four are received and moved")


def test_a_server_that_dies_while_it_is_listened_to_is_found_again(
    live_office: Office, imap: ImapServer
) -> None:
    imap.deliver("dies", message("<0@gateway>"))
    with attended(live_office, mailbox(live_office, imap, "dies", every=1, idle=1740)):
        until(lambda: Case.objects.count() == 1, "the first message is received")
        imap.stop()
        imap.start()
        imap.deliver("dies", message("<1@gateway>"))
        until(lambda: Case.objects.count() == 2, "the second message is received")


def box_at(office: Office, server: ScriptedServer, **more: int) -> Mailbox:
    own = {
        "name": "records",
        "host": "127.0.0.1",
        "port": server.port,
        "tls": "none",
        "user": "u",
        "station": "HQ",
    }
    password = secret(office, "mailbox.password", "x")
    limits = {"every": 0, "timeout": 1, "idle": 1, **more}
    return Mailbox(office, msgspec.convert({**own, **limits, "password_file": password}, MailboxSettings))


@pytest.mark.parametrize("idling", [silent, refusing, leaving])
def test_a_server_that_hangs_refuses_or_leaves_is_looked_at_anew(office: Office, idling: Idling) -> None:
    with scripted(idling) as server:
        box = box_at(office, server)
        for _ in range(2):
            assert box.look().taken == 0
            box.wait(threading.Event())
        assert (server.heard.count("IDLE"), server.connections) == (2, 2)


def test_told_to_stop_it_stops_listening_to_a_server_that_hangs(office: Office) -> None:
    with scripted(silent) as server:
        box = box_at(office, server, idle=1740, timeout=600)
        with attended(office, box):
            until(lambda: "IDLE" in server.heard, "it is listened to")


def test_mail_told_of_beside_the_last_list_is_looked_for_before_listening(office: Office) -> None:
    with scripted(leaving, b"* 1 EXISTS\r\n") as server:
        box = box_at(office, server)
        box.look()
        box.wait(threading.Event())
        assert server.heard[-3:] == ["SEARCH", "SEARCH", "IDLE"]


def test_without_idle_it_is_not_listened_to(office: Office) -> None:
    with scripted(silent) as server:
        box = box_at(office, server, idle=0)
        box.look()
        box.wait(threading.Event())
        assert server.heard[-1] == "LOGOUT"


def test_an_idle_longer_than_servers_bear_is_a_mistake(office: Office) -> None:
    from trustact.channels.plan import channels_of

    own = MailboxSettings(
        name="m", channel="email", host="h", user="u", station="HQ", password_file="x", idle=1741
    )
    intake = msgspec.structs.replace(office.settings.intake, mailboxes=(own,))
    settings = msgspec.structs.replace(office.settings, intake=intake)
    with pytest.raises(BadInput, match="idle of 1741 s; give a number from 0 to 1740"):
        channels_of(Office(office.folder, settings, office.clock))
