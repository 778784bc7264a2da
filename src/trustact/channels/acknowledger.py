"""Sends receipts to the senders of mail, by submission (RFC 6409). Off unless `office.yaml` has an `acknowledge` part.

A receipt is sent after the ledger has the message, never before, and its number is all it tells. Killed between the
sending and the note of it, a receipt is sent again under the same Message-ID.
"""

import smtplib
from email.message import EmailMessage
from threading import Event

from trustact.casework.acknowledge import Due, due, settle
from trustact.channels.attend import Look
from trustact.channels.credentials import secret, tls_context
from trustact.failures import OutsideFailed
from trustact.records.intake_settings import AcknowledgeSettings
from trustact.records.office import Office


class Acknowledger:
    """The sending of receipts, attended as a channel is."""

    name = "acknowledgements"
    every = 5.0

    def __init__(self, office: Office, settings: AcknowledgeSettings) -> None:
        self._office = office
        self._settings = settings

    def look(self) -> Look:
        """Send every receipt that is due. Raises OutsideFailed where the mail server does not take them now."""
        waiting = due(self._office)
        if not waiting:
            return Look()
        host = self._settings.host
        try:
            with self._connected() as server:
                for each in waiting:
                    self._send(server, each)
        except smtplib.SMTPAuthenticationError:
            raise OutsideFailed(f"{host} does not let '{self._settings.user}' sign in") from None
        except (smtplib.SMTPException, OSError) as wrong:
            raise OutsideFailed(
                f"{host} does not take receipts now ({type(wrong).__name__}); trying again"
            ) from None
        return Look()

    def wait(self, stop: Event) -> None:
        """A while, or until told to stop."""
        stop.wait(self.every)

    def close(self) -> None:
        """Nothing is held between two looks."""

    def _connected(self) -> smtplib.SMTP:
        own = self._settings
        if own.tls == "implicit":
            context = tls_context(self._office, own.ca_file)
            server: smtplib.SMTP = smtplib.SMTP_SSL(own.host, own.port, timeout=own.timeout, context=context)
        else:
            server = smtplib.SMTP(own.host, own.port, timeout=own.timeout)
        if own.tls == "starttls":
            server.starttls(context=tls_context(self._office, own.ca_file))
        if own.user:
            server.login(own.user, secret(self._office, own.password_file))
        return server

    def _send(self, server: smtplib.SMTP, receipt: Due) -> None:
        """One receipt; where the address is refused for good, that is recorded and no more is tried."""
        try:
            server.send_message(self._message(receipt), self._settings.sender, [receipt.to])
        except smtplib.SMTPRecipientsRefused as wrong:
            code = next(iter(wrong.recipients.values()))[0]
            if code < 500:
                raise
            settle(self._office, receipt.entry, refused=f"the mail server refuses the address ({code})")
            return
        settle(self._office, receipt.entry)

    def _message(self, receipt: Due) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._settings.sender
        message["To"] = receipt.to
        message["Subject"] = receipt.subject
        message["Message-ID"] = f"<receipt-{receipt.entry}@{self._settings.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-replied"
        if receipt.in_reply_to:
            message["In-Reply-To"] = message["References"] = receipt.in_reply_to
        message.set_content(receipt.text)
        return message
