"""The `intake` part of `office.yaml`: through which channels documents come in, and how they are read.

Times are whole seconds. Paths that do not begin with `/` lie in the office's folder. Secrets are never here: each is
a file of its own, readable by its owner alone.
"""

from typing import Literal

import msgspec

RECEIVED = "received"
"""The folder inside a watched folder into which a file is moved once the ledger has it."""


class _Channel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every channel has: its own name, and the channel code its receipts bear."""

    name: str
    channel: str


class FolderSettings(_Channel, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A folder into which a gateway drops files.

    `settle`: how long a file must lie unchanged. `sidecar`: the ending of a JSON file beside each document that gives
    its `station` and `received_at`; it is waited for up to `sidecar_wait`.
    """

    path: str
    station: str
    channel: str = "fax"
    every: int = 2
    settle: int = 5
    sidecar: str = ""
    sidecar_wait: int = 60


class OAuthSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where access tokens come from (RFC 6749): by a refresh token where there is one, else by the client's own secret."""

    token_url: str
    client_id: str
    client_secret_file: str = ""
    refresh_token_file: str = ""
    scope: str = ""


class MailboxSettings(_Channel, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A mailbox read by IMAP (RFC 9051). With `oauth` tokens sign in, otherwise the password in `password_file`.

    `tls`: `implicit` (port 993), `starttls` (port 143), or `none`, which is allowed to this computer alone. `taken`:
    the folder into which a message is moved once the ledger has it. `every`: how long to wait between two looks
    where the server does not tell of new mail by itself. `idle`: how long it is listened to before it is looked again
    (IDLE, RFC 2177); 0 never. `timeout`: the longest silence; `longest`: of a whole look.
    """

    host: str
    user: str
    station: str
    channel: str = "email"
    port: int = 0
    tls: Literal["implicit", "starttls", "none"] = "implicit"
    ca_file: str = ""
    password_file: str = ""
    oauth: OAuthSettings | None = None
    inbox: str = "INBOX"
    taken: str = "trustact-received"
    every: int = 20
    idle: int = 300
    timeout: int = 30
    longest: int = 600


class SmtpSettings(_Channel, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A small mail receiver for fax-to-mail gateways: which networks may send, and which address is which station.

    `recipients`: mail address to station; mail to any other is refused. With `certificate` and `key` (PEM files)
    STARTTLS is offered, and demanded where `demand_tls`.
    """

    recipients: dict[str, str]
    channel: str = "fax"
    host: str = "127.0.0.1"
    port: int = 2525
    networks: tuple[str, ...] = ("127.0.0.0/8", "::1/128")
    certificate: str = ""
    key: str = ""
    demand_tls: bool = False


class AcknowledgeSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Receipts sent by mail (RFC 6409 submission) to senders of these `domains`; none are sent without this part."""

    host: str
    sender: str
    domains: tuple[str, ...]
    port: int = 587
    tls: Literal["implicit", "starttls", "none"] = "starttls"
    ca_file: str = ""
    user: str = ""
    password_file: str = ""
    timeout: int = 30


class IntakeSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Every channel of the office, how many processes read, and whether senders get a receipt by mail."""

    readers: int = 1
    folders: tuple[FolderSettings, ...] = ()
    mailboxes: tuple[MailboxSettings, ...] = ()
    smtp: tuple[SmtpSettings, ...] = ()
    acknowledge: AcknowledgeSettings | None = None
