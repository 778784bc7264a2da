"""A server that answers every request with the same bytes and closes: what no well-behaved one would say, or how."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic


@contextmanager
def answering(answer: bytes, dripping: float = 0) -> Iterator[str]:
    """Its address. It closes once it has said them: at once, or byte by byte with so many seconds before each."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_serve, args=(server, answer, dripping), daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def _serve(server: socket.socket, answer: bytes, dripping: float) -> None:
    while True:
        try:
            client, _ = server.accept()
        except OSError:  # closed
            return
        with client, suppress(ConnectionError):
            client.recv(1 << 16)
            for piece in (answer[at : at + 1] for at in range(len(answer))) if dripping else (answer,):
                if _gone(client, dripping):
                    break
                client.sendall(piece)
            client.shutdown(socket.SHUT_WR)
            while client.recv(1 << 16):  # closed with a request half read it would take its answer back
                pass


def _gone(client: socket.socket, within: float) -> bool:
    """Whether who asked hangs up within so many seconds; what is still sent until then is taken."""
    end = monotonic() + within
    while (left := end - monotonic()) > 0:
        if select.select([client], [], [], left)[0] and not client.recv(1 << 16):
            return True
    return False
