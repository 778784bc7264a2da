"""A small mail receiver (RFC 5321) for fax-to-mail gateways inside the department's network.

It answers 250 only once the ledger has the message. Where the office cannot take it now it answers 451, and the
gateway, as every mail sender must, keeps the message and sends it again.
"""

import asyncio
import ipaddress
import ssl
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import Error, connection, connections

from trustact.casework import Refused
from trustact.casework.arrivals import Arrival, arrive
from trustact.casework.receive import MOST_BYTES
from trustact.channels.attend import Look
from trustact.channels.headers import dated, delivery_mark, reply_address, told_by
from trustact.failures import OutsideFailed
from trustact.records.intake_settings import SmtpSettings
from trustact.records.office import Office

IDLE = 60.0
_MOST_AT_ONCE = 10
_MOST_RECIPIENTS = 20
_LONGEST_LINE = 1 << 20  # longer than RFC 5321 asks: a gateway's long line is no reason to lose its fax
_LATER = "451 4.3.0 cannot be taken now; keep it and send it again"


class SmtpReceiver:
    """The receiver as a channel: a look sees that it listens, and says what it has taken since the last one."""

    every = 5.0

    def __init__(self, office: Office, settings: SmtpSettings) -> None:
        self.name = settings.name
        self._office = office
        self._settings = settings
        self._taking = _Taking(office, settings)
        self._controller: Controller | None = None

    def look(self) -> Look:
        """Listen, if it does not yet. Raises OutsideFailed where the address or the certificate cannot be used."""
        if self._controller is None:
            self._controller = self._started()
        return self._taking.looked()

    def _started(self) -> Controller:
        own = self._settings
        try:
            tls = _tls(self._office, own)
        except OSError as wrong:
            raise OutsideFailed(f"{own.certificate} or {own.key}: {wrong.strerror or wrong}") from None
        controller = _Listening(self._taking, own, tls)
        try:
            controller.start()
        except OSError as wrong:
            controller.loop.close()
            reason = wrong.strerror or wrong
            raise OutsideFailed(f"cannot listen on {own.host}:{own.port}: {reason}; trying again") from None
        return controller

    def wait(self, stop: Event) -> None:
        """A while, or until told to stop."""
        stop.wait(self.every)

    def close(self) -> None:
        """Stop listening; a message whose 250 has not been sent comes again."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None
        self._taking.close()


class _Listening(Controller):
    """The listening socket, with the limits of a session."""

    def __init__(self, taking: "_Taking", settings: SmtpSettings, tls: ssl.SSLContext | None) -> None:
        self._networks = [ipaddress.ip_network(network) for network in settings.networks]
        self._limits: dict[str, Any] = {
            "data_size_limit": MOST_BYTES,
            "timeout": IDLE,
            "ident": "trustact",
            "tls_context": tls,
            "require_starttls": settings.demand_tls,
            "enable_SMTPUTF8": True,
        }
        super().__init__(taking, hostname=settings.host, port=settings.port)

    def factory(self) -> SMTP:
        """A new session."""
        return _Session(self.handler, networks=self._networks, **self._limits)


class _Session(SMTP):
    """One connection; one from outside the networks that may send is closed at once."""

    line_length_limit = _LONGEST_LINE
    _open = 0

    def __init__(self, handler: "_Taking", *, networks: list[Any], **limits: Any) -> None:
        super().__init__(handler, **limits)
        self._networks = networks
        self._counted = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A connection is there, or has become a TLS one."""
        super().connection_made(transport)
        peer = transport.get_extra_info("peername")
        allowed = any(ipaddress.ip_address(peer[0]) in network for network in self._networks)
        if not self._counted:
            self._counted = True
            _Session._open += 1
        if (not allowed or _Session._open > _MOST_AT_ONCE) and isinstance(transport, asyncio.Transport):
            transport.abort()

    def connection_lost(self, error: Exception | None) -> None:
        """The connection has ended."""
        if self._counted:
            self._counted = False
            _Session._open -= 1
        super().connection_lost(error)


class _Taking:
    """What is said to the gateway: which addresses are stations, and whether the ledger has the message."""

    def __init__(self, office: Office, settings: SmtpSettings) -> None:
        self._office = office
        self._settings = settings
        self._stations = {address.lower(): station for address, station in settings.recipients.items()}
        self._writer = ThreadPoolExecutor(1, thread_name_prefix=settings.name)  # one database connection
        self._taken = 0
        self._wrong = ""

    async def handle_RCPT(  # noqa: N802 (aiosmtpd calls it)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """A recipient is one of the addresses that stand for a station, or refused."""
        if address.lower() not in self._stations:
            return "550 5.1.1 no station has this address"
        if len(envelope.rcpt_tos) >= _MOST_RECIPIENTS:
            return "452 4.5.3 too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The answer to a whole message: 250 with its receipt once the ledger has it."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._answer, envelope)

    async def handle_exception(self, error: Exception) -> str:
        """Whatever else goes wrong is no reason for the gateway to give the message up."""
        self._wrong = f"a session failed ({type(error).__name__})"
        return _LATER

    def _answer(self, envelope: Envelope) -> str:
        """Received once for each station it is addressed to."""
        data = envelope.content if isinstance(envelope.content, bytes) else b""
        stations = dict.fromkeys(self._stations[address.lower()] for address in envelope.rcpt_tos)
        try:
            receipts = [self._receive(data, station, envelope.mail_from or "") for station in stations]
        except Refused as refused:
            return f"554 5.6.0 {refused}"
        except (Error, OSError, OutsideFailed) as wrong:
            connection.close()
            first = str(wrong).strip().partition("\n")[0]
            self._wrong = f"the record cannot be written ({first}): gateways are told to send again"
            return _LATER
        self._taken += len(receipts)
        self._wrong = ""
        return f"250 2.0.0 received as {', '.join(receipts)}"

    def _receive(self, data: bytes, station: str, sender: str) -> str:
        settings = self._settings
        arrival = Arrival(
            data=data,
            station=station,
            channel=settings.channel,
            delivery=delivery_mark(settings.name, station, data),
            filename="message.eml",
            said_at=dated(data),
            told={**told_by(data), "envelope_sender": sender[:250]},
            reply_to=reply_address(data, sender, self._office.settings.intake.acknowledge),
        )
        return arrive(self._office, arrival, by=f"channel {settings.name}").number

    def looked(self) -> Look:
        """What was taken since the last look, and what is wrong."""
        taken, self._taken = self._taken, 0
        return Look(taken, self._wrong)

    def close(self) -> None:
        """Finish what is being written, and give back the database connection."""
        self._writer.submit(connections.close_all)  # those of its own thread
        self._writer.shutdown()


def _tls(office: Office, settings: SmtpSettings) -> ssl.SSLContext | None:
    if not settings.certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(office.folder / settings.certificate, office.folder / settings.key)
    return context
