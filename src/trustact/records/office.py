"""The office: one agency's folder with its settings, keys and (by default) its database.

- `office.yaml`: who the agency is, its law, the ledger's name and public key
- `keys/`: vault key and ledger signing key, readable by their owner alone
- `office.sqlite3`: the record, unless TRUSTACT_DATABASE_URL names another database
- `public/`: what anyone may read: checkpoint, tiles, entries, laws, reports
"""

import datetime as dt
import os
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from trustact.failures import OutsideFailed
from trustact.files import write_whole
from trustact.ledger.note import SigningKey, VerifierKey, parse_skey, parse_vkey
from trustact.records.intake_settings import IntakeSettings
from trustact.records.key_export import Keys
from trustact.records.keys import (
    RETIRED,
    KeyUnusable,
    first_keys,
    in_files,
    key_file,
    read_ring,
    read_secret,
    state_of,
    write_secret,
)
from trustact.records.vault import KeyRing
from trustact.shelves import ShelfError, read_document, shelf

Clock = Callable[[], dt.datetime]
"""Gives the moment, in UTC."""


class OfficeError(OutsideFailed):
    """The office cannot be opened, made or written: which folder, why, and what to do."""


class Agency(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An agency as its letters and reports name it, its law, and what its station and channel codes stand for."""

    agency: str
    law: str
    time_zone: str = "America/New_York"
    signing_office: str = ""
    address: tuple[str, ...] = ()
    stations: dict[str, str] = {}
    channels: dict[str, str] = {}


class OfficeSettings(Agency, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`office.yaml`. `ledger`: its name and public key. `training`: people are invented, and every page says so.

    `public_address`: where the public folder is served, as receipts and reports print it; empty where it is not yet.
    `intake`: the channels through which documents come in. `expected_days`: within how many days something is expected
    from a station, channel or gateway, by its code; 30 without.
    """

    ledger: str
    training: bool = False
    public_address: str = ""
    intake: IntakeSettings = IntakeSettings()
    expected_days: dict[str, int] = {}


@dataclass(frozen=True)
class Office:
    """An opened office. Only a training office has another clock than the real one."""

    folder: Path
    settings: OfficeSettings
    clock: Clock

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the agency's days begin and end."""
        return ZoneInfo(self.settings.time_zone)

    @cached_property
    def keys(self) -> Path:
        """The folder of keys, where they are files."""
        return self.folder / "keys"

    @property
    def public(self) -> Path:
        """The folder of public files."""
        return self.folder / "public"

    @cached_property
    def ledger_key(self) -> VerifierKey:
        """The ledger's public key, by which anyone verifies its checkpoints."""
        return parse_vkey(self.settings.ledger)

    @cached_property
    def signing_key(self) -> SigningKey:
        """The ledger's private key. Raises KeyUnusable when its file is missing or not the office's own."""
        key = parse_skey(read_secret(key_file(self.keys, "ledger")))
        if key.verifier != self.ledger_key:
            raise KeyUnusable(f"{self.folder}/keys/ledger.key is not the key office.yaml names")
        return key

    @property
    def key_ring(self) -> KeyRing:
        """The vault's keys, read again when a key file came or went, so that a rotation stops no desk.

        Raises KeyUnusable when there is none, or others may read one.
        """
        state = state_of(self.keys, os.environ)
        if self.__dict__.get("_ring_state") != state:
            self.__dict__["_ring"] = read_ring(self.keys, os.environ)
            self.__dict__["_ring_state"] = state
        ring: KeyRing = self.__dict__["_ring"]
        return ring

    def every_key(self) -> Keys:
        """Every key of the office, to be exported. Raises KeyUnusable."""
        vault = {name: key.hex() for name, key in self.key_ring.keys().items()}
        retired = {file.stem: read_secret(file) for file in sorted((self.keys / RETIRED).glob("*.key"))}
        return Keys(self.signing_key.text, vault, retired)

    def forget_keys(self) -> None:
        """Read the vault's keys again when they are wanted next."""
        self.__dict__.pop("_ring_state", None)


def agency_of(law: str) -> Agency:
    """The agency a law binds, as the bundled shelf describes it; raises ShelfError where it describes none."""
    return read_document(shelf("laws") / law / "agency.yaml").typed(Agency)


def make_office(folder: Path, agency: Agency, *, clock: Clock, training: bool = False) -> Office:
    """A new office with fresh keys in a missing or empty folder. Raises OfficeError when it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise OfficeError(f"{folder} is not empty and holds no office.yaml: name another folder")
        (folder / "keys").mkdir(mode=0o700)
        (folder / "public").mkdir()
        key = SigningKey(f"{_slug(agency.agency)}.trustact/{secrets.token_hex(4)}", secrets.token_bytes(32))
        write_secret(key_file(folder / "keys", "ledger"), key.text)
        if in_files(os.environ):
            for name, secret in first_keys().items():
                write_secret(key_file(folder / "keys", name), secret.hex())
        settings = OfficeSettings(
            **msgspec.structs.asdict(agency), ledger=key.verifier.text, training=training
        )
        write_whole(folder / "office.yaml", "\n".join(_written(settings)).encode())
    except OSError as wrong:
        raise OfficeError(
            f"the office folder {folder} cannot be written: {wrong.strerror or wrong}"
        ) from None
    return open_office(folder, clock=clock)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "agency"


def open_office(folder: Path, *, clock: Clock) -> Office:
    """The office in a folder. Raises OfficeError when there is none or its settings are wrong."""
    if not (folder / "office.yaml").is_file():
        raise OfficeError(f"{folder} is not an office: it has no office.yaml")
    try:
        settings = read_document(folder / "office.yaml").typed(OfficeSettings)
        ZoneInfo(settings.time_zone)
        parse_vkey(settings.ledger)
    except (ShelfError, ValueError, OSError) as wrong:
        raise OfficeError(f"{folder}/office.yaml: {wrong}") from None
    return Office(folder, settings, clock)


def _written(settings: OfficeSettings) -> Iterator[str]:
    yield "# This office. The ledger's name and public key stand in every signature: do not change that line."
    for name, value in msgspec.structs.asdict(settings).items():
        if value == IntakeSettings():
            continue
        if isinstance(value, dict) and value:
            yield f"{name}:"
            yield from (f"  {code}: {_yaml(label)}" for code, label in value.items())
        else:
            yield f"{name}: {_yaml(value)}"
    yield ""


def _yaml(value: object) -> str:
    """A value as JSON, which is YAML."""
    return msgspec.json.encode(value).decode()
