"""A watched folder: a fax gateway drops TIFF or PDF there; each complete file is taken in, then moved to `received/`.

Nothing is ever deleted. A file that cannot be taken stays where it is, and the folder's state says so.
"""

import datetime as dt
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic
from typing import NamedTuple

import msgspec

from trustact.casework import Refused
from trustact.casework.arrivals import Arrival, arrive
from trustact.casework.receive import MOST_BYTES, Receipt
from trustact.channels.attend import Look
from trustact.records.intake_settings import RECEIVED, FolderSettings
from trustact.records.office import Office

_UNFINISHED = (".tmp", ".part", ".partial", ".filepart", ".crdownload", ".swp", "~")


class Seen(NamedTuple):
    """A file as it stood at a look. Equal twice in a row, and the file is complete."""

    inode: int
    size: int
    changed: int


class Sidecar(msgspec.Struct, frozen=True):
    """What a gateway says of a document in the file beside it; other keys are the gateway's own affair."""

    station: str = ""
    received_at: dt.datetime | None = None


class WatchedFolder:
    """One folder under watch; it remembers what it saw, since when, and what it has already taken."""

    def __init__(self, office: Office, settings: FolderSettings) -> None:
        self.name = settings.name
        self.every = float(settings.every)
        self._office = office
        self._settings = settings
        self._path = office.folder / settings.path
        self._since: dict[str, tuple[Seen, float]] = {}

    def look(self) -> Look:
        """Take in every complete file. Raises OSError when the folder or the disk is not there to be used."""
        seen = dict(self._files())
        now = monotonic()
        self._since = {
            name: (what, self._since[name][1] if self._since.get(name, (None,))[0] == what else now)
            for name, what in seen.items()
        }
        taken, kept = 0, set[str]()
        for name, (_, since) in sorted(self._since.items(), key=lambda item: item[1][0].changed):
            if not self._complete(name, now - since):
                continue
            try:
                receipt = self._receive(name)
                taken += not receipt.same_delivery
                self._put_away(name, receipt)
            except FileNotFoundError:
                continue  # somebody else has taken it out of the folder meanwhile
            except Refused as refused:
                kept.add(str(refused))
        return Look(taken, "; ".join(f"a file stays in the folder: {reason}" for reason in sorted(kept)))

    def wait(self, stop: Event) -> None:
        """A while, or until told to stop."""
        stop.wait(self.every)

    def close(self) -> None:
        """Nothing is held between two looks."""

    def _files(self) -> Iterator[tuple[str, Seen]]:
        """Every plain file a gateway may have finished, with how it stands now. Links are not followed."""
        sidecar = self._settings.sidecar
        with os.scandir(self._path) as entries:
            for entry in entries:
                ignored = entry.name.startswith(".") or entry.name.lower().endswith(_UNFINISHED)
                if ignored or (sidecar and entry.name.endswith(sidecar)):
                    continue
                try:
                    found = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                if stat.S_ISREG(found.st_mode):
                    yield entry.name, Seen(found.st_ino, found.st_size, found.st_mtime_ns)

    def _complete(self, name: str, unchanged: float) -> bool:
        settings = self._settings
        if unchanged < settings.settle or unchanged == 0:  # never at the first look
            return False
        waited = unchanged >= settings.settle + settings.sidecar_wait
        return not settings.sidecar or waited or self._beside(name).exists()

    def _beside(self, name: str) -> Path:
        """The sidecar of a document: its name with the sidecar's ending instead of its own, or added to it."""
        instead = self._path / (Path(name).stem + self._settings.sidecar)
        return instead if instead.exists() else self._path / (name + self._settings.sidecar)

    def _receive(self, name: str) -> Receipt:
        """Receive one file. Seen again after a crash, or where it could not be moved, it is the same delivery."""
        try:
            data, seen = _contents(self._path / name)
        except FileNotFoundError:
            raise
        except OSError as wrong:
            raise Refused(f"it cannot be read ({wrong.strerror})") from None
        said, remark = self._sidecar(name)
        digest = hashlib.sha256(data).hexdigest()
        return arrive(
            self._office,
            Arrival(
                data=data,
                station=said.station or self._settings.station,
                channel=self._settings.channel,
                delivery=f"{self.name}|{name}|{seen.changed}|{seen.size}|{digest}",
                filename=name,
                said_at=said.received_at,
                told={"sidecar": remark} if remark else {},
            ),
            by=f"channel {self.name}",
        )

    def _put_away(self, name: str, receipt: Receipt) -> None:
        """Move what the ledger has, with its sidecar. Raises Refused where that is not possible, for others go on."""
        try:
            self._moved(name, receipt)
        except OSError as wrong:
            raise Refused(
                f"it is in the ledger but cannot be moved to {RECEIVED}/ ({wrong.strerror})"
            ) from None

    def _moved(self, name: str, receipt: Receipt) -> None:
        day = receipt.logged_at.astimezone(self._office.zone).date().isoformat()
        into = self._path / RECEIVED / day
        into.mkdir(parents=True, exist_ok=True)
        _move(self._path / name, into)
        if self._settings.sidecar and self._beside(name).exists():
            _move(self._beside(name), into)

    def _sidecar(self, name: str) -> tuple[Sidecar, str]:
        """What the sidecar says, and what is wrong with it; a wrong one never keeps its document out."""
        if not self._settings.sidecar or not self._beside(name).exists():
            return Sidecar(), ""
        data, _ = _contents(self._beside(name))
        try:
            said = msgspec.json.decode(data, type=Sidecar)
        except (msgspec.DecodeError, msgspec.ValidationError) as wrong:
            return Sidecar(), f"the gateway's file beside it is not understood: {wrong}"
        stations = self._office.settings.stations
        if stations and said.station and said.station not in stations:
            return Sidecar(
                "", said.received_at
            ), f"the gateway names an unknown station, {said.station[:40]!r}"
        return said, ""


def _contents(path: Path) -> tuple[bytes, Seen]:
    """The bytes of a plain file, and how it stands. Raises Refused for one that is too large or is still written."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(handle)
        if before.st_size > MOST_BYTES:
            raise Refused(f"it has {before.st_size:,} bytes, over the {MOST_BYTES:,} taken in one piece")
        data = file.read(MOST_BYTES + 1)
        after = os.fstat(handle)
    seen = Seen(after.st_ino, after.st_size, after.st_mtime_ns)
    if len(data) != after.st_size or seen != Seen(before.st_ino, before.st_size, before.st_mtime_ns):
        raise Refused("it is still being written")
    return data, seen


def _move(path: Path, into: Path) -> None:
    """Move a file into a folder of the same disk, under a name that is not taken there."""
    target, number = into / path.name, 1
    while target.exists():
        number += 1
        target = into / f"{path.stem}-{number}{path.suffix}"
    path.rename(target)
