"""A PostgreSQL server of one's own, to be killed: made in a folder, run by an unprivileged user, started again."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


class Cluster:
    """A running server of its own on a free port. Its data are as durable as PostgreSQL's defaults make them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        folder.mkdir(parents=True)
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        if wrong := self._run(
            _program("initdb"), "-D", folder / "data", "-A", "trust", "-U", USER, "-E", "UTF8"
        ):
            raise RuntimeError(wrong)
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers. It refuses until the last process of a killed one is gone."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        until = time.monotonic() + 120
        while not self.runs:
            refused = self._run(
                _program("pg_ctl"), "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-o", options, "start"
            )  # fmt: skip
            if refused and time.monotonic() > until:
                raise RuntimeError(f"{refused}\n{(self.folder / 'log').read_text()[-2000:]}")

    def stop(self) -> None:
        self._run(_program("pg_ctl"), "-D", self.folder / "data", "-m", "immediate", "stop")

    def url(self, database: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def make(self, database: str) -> str:
        if wrong := self._run(_program("createdb"), "-h", "127.0.0.1", "-p", self.port, "-U", USER, database):
            raise RuntimeError(wrong)
        return self.url(database)

    def kill(self) -> None:
        """SIGKILL to the server and to every process of it, then a start as after a power cut."""
        everyone = [*self.backends(), *self._chief()]
        for process in reversed(everyone):
            _kill(process)
        until = time.monotonic() + 60
        while any(map(_alive, everyone)) and time.monotonic() < until:
            time.sleep(0.01)
        self.start()

    def backends(self) -> list[int]:
        """The processes of the server besides its chief."""
        return [
            int(line)
            for chief in self._chief()
            for line in subprocess.run(
                ["ps", "-o", "pid=", "--ppid", str(chief)], capture_output=True, text=True, check=False
            ).stdout.split()
        ]

    @property
    def runs(self) -> bool:
        """Whether it runs; killed in the middle of its recovery, a server gives up."""
        return any(map(_alive, self._chief()))

    def _chief(self) -> list[int]:
        try:
            return [int((self.folder / "data" / "postmaster.pid").read_text().split()[0])]
        except (FileNotFoundError, IndexError):
            return []

    def _run(self, *command: object) -> str:
        """Run a program of the server's as its user; what it said where it failed, else nothing."""
        user = USER if os.geteuid() == 0 else None
        done = subprocess.run(
            list(map(str, command)), user=user, cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        return f"{command[0]}: {done.stderr}" if done.returncode else ""


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A server in a folder, stopped at the end."""
    made = Cluster(folder)
    try:
        yield made
    finally:
        made.stop()


def available() -> bool:
    """Whether this computer has the programs."""
    return all(
        shutil.which(name) or list(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        for name in ("initdb", "pg_ctl")
    )


def _program(name: str) -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return found[-1] if found else Path(shutil.which(name) or name)


def _kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
