"""The office's channels as its settings name them, with every mistake in the settings told before anything starts."""

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

from trustact.channels.acknowledger import Acknowledger
from trustact.channels.attend import Channel
from trustact.channels.folder import WatchedFolder
from trustact.channels.imap import LONGEST_IDLE
from trustact.channels.mailbox import Mailbox
from trustact.channels.smtp_receiver import SmtpReceiver
from trustact.failures import BadInput, nearest
from trustact.records.intake_settings import MailboxSettings, SmtpSettings
from trustact.records.office import Office

_THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")


def channels_of(office: Office) -> list[Channel]:
    """Every channel the settings name. Raises BadInput for the first mistake in them."""
    for mistake in _mistakes(office):
        raise BadInput(f"{office.folder}/office.yaml: intake: {mistake}")
    own = office.settings.intake
    return [
        *(WatchedFolder(office, folder) for folder in own.folders),
        *(Mailbox(office, mailbox) for mailbox in own.mailboxes),
        *(SmtpReceiver(office, receiver) for receiver in own.smtp),
        *([Acknowledger(office, own.acknowledge)] if own.acknowledge else []),
    ]


def _mistakes(office: Office) -> Iterator[str]:
    own = office.settings.intake
    channels = [*own.folders, *own.mailboxes, *own.smtp]
    names = [channel.name for channel in channels]
    yield from (f"two channels are called '{name}'" for name in names if names.count(name) > 1)
    stations = [folder.station for folder in own.folders] + [mailbox.station for mailbox in own.mailboxes]
    stations += [station for receiver in own.smtp for station in receiver.recipients.values()]
    yield from _unknown("station", stations, office.settings.stations)
    yield from _unknown("channel", [channel.channel for channel in channels], office.settings.channels)
    for mailbox in own.mailboxes:
        yield from _of_mailbox(mailbox)
    for receiver in own.smtp:
        yield from _of_receiver(receiver)
    if own.acknowledge and own.acknowledge.tls == "none" and own.acknowledge.host not in _THIS_COMPUTER:
        yield "acknowledge: without TLS mail is handed over on this computer alone; use implicit or starttls"
    if not 0 <= own.readers <= 64:
        yield f"{own.readers} readers; give a number from 0 to 64"


def _unknown(kind: str, given: list[str], known: dict[str, str]) -> Iterator[str]:
    """Codes are free where the office lists none; where it does, a report has a row for each of those alone."""
    for code in given:
        if known and code not in known:
            yield f"the {kind} '{code}' is not among the office's{nearest(code, known)}"


def _of_mailbox(mailbox: MailboxSettings) -> Iterator[str]:
    if mailbox.tls == "none" and mailbox.host not in _THIS_COMPUTER:
        yield f"{mailbox.name}: without TLS a mailbox is read on this computer alone; use implicit or starttls"
    if (mailbox.oauth is None) == (not mailbox.password_file):
        yield f"{mailbox.name}: give either password_file or oauth"
    if not 0 <= mailbox.idle <= LONGEST_IDLE:
        yield f"{mailbox.name}: idle of {mailbox.idle} s; give a number from 0 to {LONGEST_IDLE}"
    if mailbox.oauth is not None:
        address = urlsplit(mailbox.oauth.token_url)
        if address.scheme != "https" and address.hostname not in _THIS_COMPUTER:
            yield f"{mailbox.name}: token_url must begin with https://"


def _of_receiver(receiver: SmtpSettings) -> Iterator[str]:
    if not receiver.recipients:
        yield f"{receiver.name}: recipients names no address, so no mail could be taken"
    if bool(receiver.certificate) != bool(receiver.key) or (receiver.demand_tls and not receiver.certificate):
        yield f"{receiver.name}: TLS needs certificate and key"
    for network in receiver.networks:
        try:
            ipaddress.ip_network(network)
        except ValueError as wrong:
            yield f"{receiver.name}: networks: {wrong}"
