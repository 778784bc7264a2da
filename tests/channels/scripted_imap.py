"""An IMAP server of few words that does in IDLE what a test tells it to."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from io import BufferedRWPair

Idling = Callable[[BufferedRWPair, bytes], None]
"""What is said to IDLE, whose tag is given."""


def silent(stream: BufferedRWPair, _tag: bytes) -> None:
    """Idles, and never says a word again."""
    stream.write(b"+ idling\r\n")
    stream.flush()
    while stream.readline():
        pass


def refusing(stream: BufferedRWPair, tag: bytes) -> None:
    stream.write(tag + b" NO not today\r\n")


def leaving(stream: BufferedRWPair, _tag: bytes) -> None:
    stream.write(b"+ idling\r\n* BYE going down\r\n")
    stream.flush()
    raise OSError("gone")


class ScriptedServer:
    """An empty inbox; `searched` is what the answer to each search brings with it, until it is empty."""

    def __init__(self, idling: Idling, searched: list[bytes]) -> None:
        self.heard: list[str] = []
        self.connections = 0
        self._idling, self._searched = idling, searched
        self._server = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port: int = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._server.accept()
                self._open.append(client)
                self.connections += 1
                with contextlib.suppress(OSError), client, client.makefile("rwb") as stream:
                    stream.write(b"* OK ready\r\n")
                    stream.flush()
                    for line in stream:
                        self._answer(stream, line)
                        stream.flush()

    def _answer(self, stream: BufferedRWPair, line: bytes) -> None:
        tag, verb = line.split()[:2]
        if b"SEARCH" in line:
            verb = b"SEARCH"
        self.heard.append(verb.decode())
        if verb == b"IDLE":
            self._idling(stream, tag)
            return
        told = {b"CAPABILITY": b"* CAPABILITY IMAP4rev1 IDLE\r\n", b"SELECT": b"* 0 EXISTS\r\n"}.get(
            verb, b""
        )
        if verb == b"SEARCH":
            told = b"* SEARCH\r\n" + (self._searched.pop(0) if self._searched else b"")
        stream.write(told + tag + b" OK done\r\n")

    def close(self) -> None:
        for each in (self._server, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._thread.join()


@contextlib.contextmanager
def scripted(idling: Idling, *searched: bytes) -> Iterator[ScriptedServer]:
    server = ScriptedServer(idling, list(searched))
    try:
        yield server
    finally:
        server.close()
