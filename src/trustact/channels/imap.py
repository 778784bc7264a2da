"""An IMAP connection that can be broken off at any moment, and can listen for new mail (IDLE, RFC 2177).

imaplib reads through a buffered file, which is of no use after its first time-out; here what has come is kept, so
that waiting may end without anything lost. A server that is gone is noticed by TCP itself, one that hangs by the
end of each listening.
"""

import imaplib
import re
import socket
import ssl
from collections.abc import Callable
from time import monotonic
from typing import Any

LONGEST_IDLE = 29 * 60
"""Seconds after which RFC 2177 asks for IDLE to be ended and begun anew."""

_LONGEST_LINE = 1_000_000
_PIECE = 1 << 16
_TAG = b"LISTEN"
_NEWS = re.compile(rb"\* \d+ (EXISTS|RECENT)\s*", re.IGNORECASE)

# Together a peer that is gone is noticed in two minutes.
_KEEPALIVE = (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4))


class Plain(imaplib.IMAP4):
    """A connection that tells of itself before the server's first word, so that waiting for it can be broken off."""

    def __init__(self, begun: "Callable[[Plain], None]", *where: Any, **how: Any) -> None:
        self._begun = begun
        self._come = bytearray()
        self._from: socket.socket | None = None
        super().__init__(*where, **how)

    def open(self, *where: Any, **how: Any) -> None:
        """The socket is made."""
        super().open(*where, **how)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in _KEEPALIVE:
            if hasattr(socket, name):
                self.sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
        self._begun(self)

    def read(self, size: int) -> bytes:
        """So many bytes. Raises TimeoutError, and abort at the end of the connection."""
        self._forget_another()
        while len(self._come) < size:
            self._receive()
        return self._taken(size)

    def readline(self) -> bytes:
        """A line with its end. Raises TimeoutError, abort at the end of the connection, error for an endless line."""
        self._forget_another()
        looked = 0
        while (end := self._come.find(b"\n", looked)) < 0:
            looked = len(self._come)
            if looked > _LONGEST_LINE:
                raise self.error(f"a line of more than {_LONGEST_LINE:,} bytes")
            self._receive()
        return self._taken(end + 1)

    def _forget_another(self) -> None:
        """What came before TLS began may be another's words."""
        if self._from is not self.sock:
            self._from = self.sock
            self._come.clear()

    def _receive(self) -> None:
        piece = self.sock.recv(_PIECE)
        if not piece:
            raise self.abort("the connection ended")
        self._come += piece

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._come[:size])
        del self._come[:size]
        return taken

    def listen(self, longest: float, silence: float) -> bool:
        """Wait in IDLE until the server tells of mail; false where it told of none in `longest` seconds.

        Raises error where it refuses, TimeoutError where it then does not answer within `silence` seconds, abort where
        the connection ends or is broken off.
        """
        until = monotonic() + longest
        self.sock.settimeout(silence)
        self.send(_TAG + b" IDLE\r\n")
        told = False
        while not (line := self.readline()).startswith(b"+"):
            if line.startswith(_TAG):
                raise self.error(f"IDLE: {line[len(_TAG) :].decode('ascii', 'replace').strip()}")
            told |= bool(_NEWS.fullmatch(line))
        try:
            while not told and (left := until - monotonic()) > 0:
                self.sock.settimeout(left)
                told = bool(_NEWS.fullmatch(self.readline()))
        except TimeoutError:
            pass
        self.sock.settimeout(silence)
        self.send(b"DONE\r\n")
        while not (line := self.readline()).startswith(_TAG):
            told |= bool(_NEWS.fullmatch(line))
        return told


class Tls(Plain, imaplib.IMAP4_SSL):
    """The same over TLS from the start."""

    def _create_socket(self, timeout: float | None) -> socket.socket:
        """A socket that is wrapped before it is connected: ssl leaves one unclosed whose peer goes before it is wrapped."""
        wrong = OSError(f"{self.host} has no address")
        for family, kind, protocol, _, address in socket.getaddrinfo(
            self.host, self.port, type=socket.SOCK_STREAM
        ):
            own: ssl.SSLSocket = self.ssl_context.wrap_socket(
                socket.socket(family, kind, protocol), server_hostname=self.host
            )
            own.settimeout(timeout)
            try:
                own.connect(address)
            except OSError as failed:
                own.close()
                if isinstance(failed, ssl.SSLError):
                    raise
                wrong = failed
            else:
                return own
        raise wrong
