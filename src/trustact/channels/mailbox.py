"""A mailbox read by IMAP: each message is received whole, and moved away only once the ledger has it.

A look signs in and takes what is there. Where the server offers it (IDLE, RFC 2177), the connection then listens until
new mail is told, and ends; elsewhere the next look comes after a while. Each look has a connection of its own: nothing
of a server that hangs or restarts is carried over. Silence, and the whole look, are limited.
"""

import contextlib
import datetime as dt
import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from threading import Event, Timer
from time import monotonic
from typing import Any

from trustact.casework import Refused
from trustact.casework.arrivals import Arrival, arrive
from trustact.casework.receive import MOST_BYTES
from trustact.channels.attend import Look
from trustact.channels.credentials import AccessTokens, secret, tls_context
from trustact.channels.headers import delivery_mark, reply_address, told_by
from trustact.channels.imap import Plain, Tls
from trustact.failures import OutsideFailed
from trustact.records.intake_settings import MailboxSettings
from trustact.records.office import Office

MOST_AT_ONCE = 200
"""Messages taken in one look; the rest at the next."""

_BREATH = 1.0
"""Seconds between two looks at least, whatever the server tells."""

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class Mailbox:
    """One mailbox as a channel."""

    def __init__(self, office: Office, settings: MailboxSettings) -> None:
        self.name = settings.name
        self.every = float(settings.every)
        self._office = office
        self._settings = settings
        self._tokens = (
            AccessTokens(office, settings.oauth, settings.timeout) if settings.oauth is not None else None
        )
        self._connection: Plain | None = None
        self._listens = False
        self._closed = False
        self._received = set[str]()
        self._abilities: list[str] = []

    def look(self) -> Look:
        """Take in every message of the inbox. Raises OutsideFailed where the server cannot be used."""
        host = self._settings.host
        self._end()
        self._listens = False
        limit = Timer(self._settings.longest, self._break_off)
        limit.daemon = True
        limit.start()
        try:
            return self._taken(self._signed_in())
        except TimeoutError:
            raise OutsideFailed(
                f"{host} did not answer in {self._settings.timeout} s; trying again"
            ) from None
        except ssl.SSLCertVerificationError as wrong:
            raise OutsideFailed(f"the certificate of {host} is not good: {wrong.verify_message}") from None
        except imaplib.IMAP4.abort:
            raise OutsideFailed(f"{host} ended the conversation; trying again") from None
        except imaplib.IMAP4.error as wrong:
            raise OutsideFailed(f"{host} refuses: {_plain(wrong)}; trying again") from None
        except (socket.gaierror, ConnectionError, ssl.SSLError) as wrong:
            raise OutsideFailed(
                f"{host} cannot be reached ({wrong.strerror or wrong}); trying again"
            ) from None
        finally:
            limit.cancel()
            if not self._listens:
                self._end()

    def wait(self, stop: Event) -> None:
        """Until the server tells of new mail or a listening is over; for `every` seconds where it cannot listen."""
        begun = monotonic()
        if self._listened():
            stop.wait(max(0.0, _BREATH - (monotonic() - begun)))
        else:
            stop.wait(self.every)

    def _listened(self) -> bool:
        """Whether the server could be listened to; a look that follows finds out what is wrong where it could not."""
        connection, own = self._connection, self._settings
        if connection is None or not self._listens:
            return False
        try:
            connection.listen(own.idle, own.timeout)
            connection.logout()
        except (imaplib.IMAP4.error, OSError):
            return False
        finally:
            self._end()
        return True

    def close(self) -> None:
        """Break off whatever goes on, for good."""
        self._closed = True
        self._break_off()

    def _break_off(self) -> None:
        connection = self._connection
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    def _end(self) -> None:
        """Let go of the connection."""
        with contextlib.suppress(OSError, AttributeError):
            if self._connection is not None:
                self._connection.shutdown()
        self._connection = None

    def _signed_in(self) -> Plain:
        connection = self._connected()
        self._sign_in(connection)
        return connection

    def _connected(self) -> Plain:
        own = self._settings
        if own.tls == "implicit":
            context = tls_context(self._office, own.ca_file)
            return Tls(self._begun, own.host, own.port or 993, ssl_context=context, timeout=own.timeout)
        connection = Plain(self._begun, own.host, own.port or 143, timeout=own.timeout)
        if own.tls == "starttls":
            connection.starttls(tls_context(self._office, own.ca_file))
        return connection

    def _begun(self, connection: Plain) -> None:
        """The socket is there; the server has said nothing yet. From now on the look can be broken off."""
        self._connection = connection
        if self._closed:
            self._break_off()

    def _sign_in(self, connection: Plain) -> None:
        """By token (XOAUTH2) or by password."""
        own = self._settings
        try:
            if self._tokens is not None:
                bearer = f"user={own.user}\x01auth=Bearer {self._tokens.token()}\x01\x01".encode()
                # The server's challenge is empty; a second one tells an error and wants an empty answer.
                connection.authenticate("XOAUTH2", lambda challenge: b"" if challenge else bearer)
            else:
                connection.login(own.user, secret(self._office, own.password_file))
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            if self._tokens is not None:
                self._tokens.forget()
            raise OutsideFailed(
                f"{own.host} does not let '{own.user}' sign in: is the secret still good?"
            ) from None

    def _taken(self, connection: Plain) -> Look:
        own = self._settings
        _done(connection.select(_quoted(own.inbox)), f"there is no folder '{own.inbox}'")
        connection.create(_quoted(own.taken))  # says NO where it is there already
        _, answer = connection.response("UIDVALIDITY")
        validity = (answer[0] or b"").decode() if answer else ""
        _, able = connection.capability()  # a server may say more once signed in
        self._abilities = (able[0] or b"").decode("ascii", "replace").upper().split()
        taken, left = 0, set[str]()
        for uid in self._listed(connection):
            try:
                taken += self._receive(connection, uid, f"{validity}.{uid}")
                self._move(connection, uid)
            except Refused as refused:
                left.add(str(refused))
        if not self._listens:
            connection.logout()
        return Look(taken, "; ".join(f"a message stays in the mailbox: {reason}" for reason in sorted(left)))

    def _listed(self, connection: Plain) -> Iterator[str]:
        """The messages of the inbox, up to `MOST_AT_ONCE`, with those that come meanwhile; then it can be listened."""
        listed = set[str]()
        while True:
            connection.response("EXISTS")  # forgotten: the list that follows has them
            found = _done(connection.uid("SEARCH", "UNDELETED"), "the messages cannot be listed")
            uids = [uid.decode() for uid in sorted((found[0] or b"").split(), key=int)]
            fresh = [uid for uid in uids if uid not in listed][: MOST_AT_ONCE - len(listed)]
            yield from fresh
            listed.update(fresh)
            if len(listed) >= MOST_AT_ONCE:
                return
            _, told = connection.response("EXISTS")
            if not fresh and told == [None]:
                break
        self._listens = self._settings.idle > 0 and "IDLE" in self._abilities

    def _receive(self, connection: Plain, uid: str, known: str) -> bool:
        """Receive one message; false where there is nothing new. Seen again after a crash it is the same delivery."""
        if known in self._received:
            return False
        arrived, data = _fetched(connection, uid)
        if not data:
            return False  # somebody else has taken it out of the mailbox meanwhile
        own = self._settings
        arrival = Arrival(
            data=data,
            station=own.station,
            channel=own.channel,
            delivery=delivery_mark(own.name, own.station, data, otherwise=known),
            filename="message.eml",
            said_at=arrived,
            told=told_by(data),
            reply_to=reply_address(data, None, self._office.settings.intake.acknowledge),
        )
        arrive(self._office, arrival, by=f"channel {own.name}")
        self._received.add(known)
        return True

    def _move(self, connection: Plain, uid: str) -> None:
        """Into the folder of what was taken (RFC 6851; for an older server, a copy and the deleted mark)."""
        into = _quoted(self._settings.taken)
        if "MOVE" in self._abilities:
            steps: list[tuple[str, ...]] = [("MOVE", into)]
        else:
            steps = [("COPY", into), ("STORE", "+FLAGS.SILENT", r"(\Deleted)")]
        for verb, *words in steps:
            status, _ = connection.uid(verb, uid, *words)
            if status != "OK":
                raise Refused(f"it is in the ledger but cannot be moved to '{self._settings.taken}'")
        if "MOVE" not in self._abilities and "UIDPLUS" in self._abilities:
            connection.uid("EXPUNGE", uid)


def _fetched(connection: Plain, uid: str) -> tuple[dt.datetime | None, bytes]:
    """When the server got a message, and its bytes; none where it is gone. Raises Refused for one that is too large."""
    told = _done(connection.uid("FETCH", uid, "(RFC822.SIZE)"), "a message cannot be fetched")
    size = _SIZE.search(_words(told))
    if size and int(size[1]) > MOST_BYTES:
        raise Refused(f"it has {int(size[1]):,} bytes, over the {MOST_BYTES:,} taken in one piece")
    fetched = _done(connection.uid("FETCH", uid, "(INTERNALDATE BODY.PEEK[])"), "a message cannot be fetched")
    data = next((part[1] for part in fetched if isinstance(part, tuple)), b"")
    return _internal_date(_words(fetched)), data


def _words(answer: list[Any]) -> bytes:
    """What a server says around the messages it sends."""
    return b" ".join(part[0] if isinstance(part, tuple) else part for part in answer if part)


def _internal_date(answer: bytes) -> dt.datetime | None:
    """When the mailbox's server says the message came, with its offset from UTC."""
    found = re.search(rb'INTERNALDATE "([^"]{20,30})"', answer)
    if not found:
        return None
    try:
        return dt.datetime.strptime(found[1].decode().strip(), "%d-%b-%Y %H:%M:%S %z")
    except ValueError:
        return None


def _done(answer: tuple[str, list[Any]], wrong: str) -> list[Any]:
    """The data of an answer that says OK. Raises OutsideFailed for any other."""
    status, data = answer
    if status != "OK":
        raise OutsideFailed(f"{wrong}; trying again")
    return data


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _plain(wrong: Exception) -> str:
    """A server's words without anything unprintable, and short."""
    return "".join(filter(str.isprintable, str(wrong)))[:120]
