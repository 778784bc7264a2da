"""Verifies a department's public files: the whole ledger, and every report against the entries it rests on."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from trustact.audit.accounting import FILED, RECEIVED, Claim, Found, account
from trustact.audit.entries import Entries, published_file
from trustact.audit.processes import in_order
from trustact.audit.source import Fetch
from trustact.audit.witnesses import check_witnesses
from trustact.ledger.entry import opens, parse_entry
from trustact.ledger.errors import VerificationError
from trustact.ledger.note import VerifierKey, parse_vkey
from trustact.ledger.policy import Policy
from trustact.ledger.verify import Verified, verify_ledger

INDEX = "reports/index.json"


class Opened(msgspec.Struct, frozen=True):
    """A commitment of the ledger opened to the public: which entry, what it commits to, and its salt."""

    entry: int
    opening: dict[str, Any]
    salt: str


class FiledReport(msgspec.Struct, frozen=True):
    """A published report: its law, its period with first and last day, its folder, the openings it rests on.

    `filing` opens the entry by which it was filed (the sha256 of every file); `receipts` open the receipt of
    every document of the period.
    """

    law: str
    period: str
    first: dt.date
    last: dt.date
    folder: str
    time_zone: str
    filing: Opened
    receipts: list[Opened]


class _Filing(msgspec.Struct, frozen=True):
    """What the entry commits to by which a report was filed; `time_zone` is none of release 0.1.0's."""

    files: dict[str, str]
    law: str
    period: str
    supplement: int = 0
    time_zone: str | None = None


class _Days(msgspec.Struct, frozen=True):
    first: dt.date
    last: dt.date


class _Stated(msgspec.Struct, frozen=True):
    """The period a filed report says it is of."""

    period: _Days


class Audited(msgspec.Struct, frozen=True):
    """What verified: the ledger, how much of it, who cosigned its checkpoint and when, and the reports."""

    origin: str
    size: int
    root: str
    kinds: dict[str, int]
    first: dt.datetime | None
    last: dt.datetime | None
    notes: tuple[str, ...]
    cosigned: dict[str, dt.datetime]
    reports: tuple[str, ...]
    checkpoint: str

    def lines(self) -> Iterator[str]:
        """The outcome in plain lines."""
        yield f"VERIFIED: {self.origin}, {self.size} entries, root {self.root}"
        if self.first and self.last:
            yield f"from {self.first:%Y-%m-%d %H:%M} to {self.last:%Y-%m-%d %H:%M} UTC"
        yield ", ".join(f"{count} {kind}" for kind, count in self.kinds.items())
        yield from (f"cosigned by {name}, {at:%Y-%m-%d %H:%M} UTC" for name, at in self.cosigned.items())
        yield from (
            f"report {name}: every file and every receipt stands in the ledger" for name in self.reports
        )
        yield from (f"note: {note}" for note in self.notes)


def audit_public(
    fetch: Fetch,
    key: VerifierKey | None = None,
    older: Mapping[str, bytes] | None = None,
    policy: Policy | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Audited:
    """Verify a ledger and the reports published with it. Raises VerificationError: what is wrong and where.

    Without a key, or a policy that names one, the key published beside the ledger is trusted. `older` are
    checkpoints kept from before or had from elsewhere, by where they come from. A policy's quorum of witnesses
    must have cosigned; what the ledger's own published policy asks is only told.
    """
    verified = verify_ledger(fetch, ledger_keys(fetch, key, policy), older, on_progress, in_order)
    witnessed = check_witnesses(fetch, verified.checkpoint, policy)
    listed = _filed(fetch)
    filed = [each for each in listed if each.filing.entry < verified.size]
    ahead = (_ahead(each) for each in listed if each.filing.entry >= verified.size)
    reports = _check_reports(fetch, verified, filed)
    return Audited(
        verified.origin, verified.size, verified.root, dict(verified.kinds), verified.first, verified.last,
        (*verified.notes, *witnessed.notes, *ahead), witnessed.cosigned, reports, verified.checkpoint.note.decode(),
    )  # fmt: skip


def ledger_keys(fetch: Fetch, key: VerifierKey | None, policy: Policy | None) -> list[VerifierKey]:
    """The keys by which a ledger is believed: the one given, else those a policy names, else the one beside it."""
    return [key] if key else list(policy.logs) if policy and policy.logs else [_published_key(fetch)]


def _published_key(fetch: Fetch) -> VerifierKey:
    try:
        return parse_vkey(fetch("ledger.vkey").decode().strip(" \t\r\n"))
    except (FileNotFoundError, KeyError):
        raise VerificationError(
            "ledger.vkey: the ledger's public key is not published here; give it with --key"
        ) from None
    except ValueError as wrong:
        raise VerificationError(f"ledger.vkey: {wrong}") from None


def _filed(fetch: Fetch) -> list[FiledReport]:
    try:
        return msgspec.json.decode(fetch(INDEX), type=list[FiledReport])
    except (FileNotFoundError, KeyError):
        return []
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise VerificationError(f"{INDEX}: {wrong}") from None


def _ahead(report: FiledReport) -> str:
    """The index is published before the checkpoint that counts its last filing: an audit may come between."""
    return (
        f"{INDEX}: report {report.law} {report.period} is said to be filed with entry {report.filing.entry}, "
        "which this checkpoint does not count yet; it was not checked"
    )


def _check_reports(fetch: Fetch, ledger: Verified, filed: list[FiledReport]) -> tuple[str, ...]:
    if not filed and not ledger.kinds.get(FILED):
        return ()
    entries = Entries(fetch, ledger)
    found = account(entries, list(map(_claim, filed)))
    _check_every_filing_is_listed(found, {each.filing.entry for each in filed})
    for place, each in enumerate(filed):
        _check_report(fetch, entries, each)
        if place in found.lacking:
            raise VerificationError(
                f"report {_name(each)}: the receipt of entry {found.lacking[place]} is missing from it"
            )
    return tuple(map(_name, filed))


def _name(report: FiledReport) -> str:
    return f"{report.law} {report.period}"


def _claim(report: FiledReport) -> Claim:
    try:
        zone = ZoneInfo(report.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise VerificationError(
            f"{INDEX}: report {_name(report)} names no time zone: {report.time_zone}"
        ) from None
    listed = frozenset(receipt.entry for receipt in report.receipts)
    return Claim(report.first, report.last, zone, report.filing.entry, listed)


def _check_every_filing_is_listed(found: Found, listed: set[int]) -> None:
    """A report that was filed stays in public. The first release filed a period anew, which took the first's place."""
    followed = {ref for refs in found.filings.values() for ref in refs}
    for index, refs in found.filings.items():
        replaced = not refs and index not in followed and index < max(listed, default=-1)
        if index not in listed and not replaced:
            raise VerificationError(f"{INDEX}: the report filed with entry {index} is not in it")


def _check_report(fetch: Fetch, entries: Entries, report: FiledReport) -> None:
    name = _name(report)
    _opened(entries, report.filing, FILED, name)
    told, stated = _told(report, name), b""
    for file, digest in told.files.items():
        data = published_file(fetch, f"{report.folder}/{file}")
        if hashlib.sha256(data).hexdigest() != digest:
            raise VerificationError(
                f"{report.folder}/{file}: not the file that was filed with entry {report.filing.entry}"
            )
        if file == "report.json":
            stated = data
    _check_claims(report, told, stated, name)
    for receipt in report.receipts:
        _opened(entries, receipt, RECEIVED, name)


def _told(report: FiledReport, name: str) -> _Filing:
    try:
        return msgspec.convert(report.filing.opening, _Filing)
    except msgspec.ValidationError as wrong:
        raise VerificationError(
            f"report {name}: what entry {report.filing.entry} filed is no report: {wrong}"
        ) from None


def _check_claims(report: FiledReport, told: _Filing, filed: bytes, name: str) -> None:
    """Law and period must be those filed, and its days those of the `report.json` filed: fewer would hide receipts."""
    period = f"{told.period}-supplement-{told.supplement}" if told.supplement else told.period
    if (report.law, report.period) != (told.law, period):
        raise VerificationError(f"report {name}: what was filed is {told.law} {period}")
    if told.time_zone not in (None, report.time_zone):
        raise VerificationError(
            f"{INDEX}: the days of report {name} are those of {told.time_zone}, not of {report.time_zone}"
        )
    if not filed:
        return
    try:
        stated = msgspec.json.decode(filed, type=_Stated).period
    except msgspec.DecodeError as wrong:
        raise VerificationError(f"{report.folder}/report.json: it names no period: {wrong}") from None
    if (stated.first, stated.last) != (report.first, report.last):
        raise VerificationError(
            f"{INDEX}: report {name} covers {stated.first} to {stated.last}, "
            f"not {report.first} to {report.last}"
        )


def _opened(entries: Entries, claim: Opened, kind: str, report: str) -> None:
    """The entry must be of that kind, and commit to what the report says of it."""
    where = f"report {report}: entry {claim.entry}"
    if not 0 <= claim.entry < entries.size:
        raise VerificationError(f"{where} is not in the ledger")
    entry = parse_entry(entries.at(claim.entry))
    if entry.kind != kind:
        raise VerificationError(f"{where} is {entry.kind}, not {kind}")
    if entry.public is None or not _opens(entry.public, claim):
        raise VerificationError(f"{where} does not commit to what the report says of it")


def _opens(committed: str, claim: Opened) -> bool:
    try:
        salt = bytes.fromhex(claim.salt)
        return salt.hex() == claim.salt and opens(committed, salt, claim.opening)
    except (ValueError, RecursionError):  # no salt, or nothing a commitment can be made of
        return False
