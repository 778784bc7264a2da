"""`python -m bench.mutations --count 20000`: one random change at a time, and the audit must tell every one.

A small office works through a year: documents, facts, decisions, a letter, a filed report. Then a single change is
made, the whole audit with the office runs, and the change is undone: a bit, a file cut short, grown, removed, swapped
with another or replayed from an older copy of the public files; a bit, a value, a row or two swapped rows of the
record and its vault. What the audit does not tell must have changed no meaning: it is printed, and the exit code is 1.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Files = dict[str, bytes]

# What the audit answers for, with the columns that carry meaning. (`event.sealed_id` and the like are changed whole.)
COLUMNS = {
    "ledger_row": ("entry", "nodes"),
    "ledger_checkpoint": ("note",),
    "sealed_record": ("field", "key_id", "wrapped_key", "ciphertext"),
    "case_file": ("number", "token", "stage", "sameness", "subject"),
    "event": ("kind", "actor"),
    "document": ("fingerprint", "media_type", "size"),
    "law_archive": ("digest", "archive"),
}
SWAPS = {
    "ledger_row": ("entry", "nodes"),
    "sealed_record": ("key_id", "wrapped_key", "ciphertext"),
    "event": ("sealed_id", "case_id", "kind"),
    "document": ("sealed_id", "case_id"),
    "case_file": ("number", "token"),
}


class Bench:
    """An office to be changed, its public files now and as they were before the last entries."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.office, self.files, self.older = _office(folder)
        self.paths = sorted(self.files)

    def audit(self, files: Files) -> str:
        """What the audit says is wrong; empty where it finds nothing."""
        from trustact.audit.public import audit_public
        from trustact.casework.check import check
        from trustact.ledger.errors import VerificationError

        try:
            kept = {"the checkpoint kept": self.files["checkpoint"]}
            check(self.office, files.__getitem__, audit_public(files.__getitem__, older=kept))
        except VerificationError as wrong:
            return str(wrong)
        return ""

    def public(self) -> tuple[str, Files]:
        """The public files with one change."""
        path = self.chance.choice(self.paths)
        data, kind = (
            self.files[path],
            self.chance.choice(["bit", "cut", "grow", "remove", "swap", "replay", "byte"]),
        )
        changed: Files = dict(self.files)
        if kind == "remove":
            del changed[path]
        elif kind == "swap":
            other = self.chance.choice(self.paths)
            changed[path], changed[other] = self.files[other], data
        elif kind == "replay":
            changed = (
                {**self.files, path: self.older.get(path, data)}
                if self.chance.random() < 0.7
                else dict(self.older)
            )
        else:
            changed[path] = _spoiled(data, kind, self.chance)
            at = next(
                (n for n, (a, b) in enumerate(zip(data, changed[path], strict=False)) if a != b), len(data)
            )
            kind += f" at {at} ({data[at - 20 : at + 20]!r})"
        return f"public {kind} {path}", changed

    @contextmanager
    def record(self) -> Iterator[str]:
        """One change of the record, undone afterwards; its name, or nothing where nothing changed."""
        from django.db import IntegrityError, connection, transaction

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            for (trigger,) in cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                cursor.execute(f'DROP TRIGGER "{trigger}"')
            try:
                name = self.chance.choice([self._value, self._swap, self._delete])(cursor)
            except IntegrityError:  # the database itself refuses it: there would be two of what is one
                name = ""
            yield name
            transaction.set_rollback(True)

    def _value(self, cursor: Any) -> str:
        table = self.chance.choice(list(COLUMNS))
        column = self.chance.choice(COLUMNS[table])
        rowid, value = self._row(cursor, table, f'"{column}"')
        changed = _changed(value, self.chance)
        cursor.execute(f'UPDATE {table} SET "{column}" = %s WHERE rowid = %s', [changed, rowid])
        return "" if changed == value else f"record value {table}.{column}"

    def _swap(self, cursor: Any) -> str:
        table = self.chance.choice(list(SWAPS))
        columns = (
            SWAPS[table] if table in ("sealed_record", "ledger_row") else (self.chance.choice(SWAPS[table]),)
        )
        listed = ", ".join(columns)
        (one, *ours), (two, *theirs) = self._row(cursor, table, listed), self._row(cursor, table, listed)
        if ours == theirs:
            return ""
        for column, mine, yours in zip(columns, ours, theirs, strict=True):
            spare = f"spare-{one}" if isinstance(mine, str) else mine
            if isinstance(mine, str):  # a unique column lets go of its value first
                cursor.execute(f"UPDATE {table} SET {column} = %s WHERE rowid = %s", [spare, one])
            elif column == "sealed_id":
                cursor.execute(f"UPDATE {table} SET {column} = %s WHERE rowid = %s", [f"spare{one}", one])
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE rowid = %s", [mine, two])
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE rowid = %s", [yours, one])
        return f"record swap {table} {listed}"

    def _delete(self, cursor: Any) -> str:
        table = self.chance.choice(list(COLUMNS))
        rowid, _ = self._row(cursor, table, "1")
        if table == "ledger_checkpoint":
            return (
                ""  # one checkpoint less: those before and after it stand, and nothing is said that was not
            )
        cursor.execute(f"DELETE FROM {table} WHERE rowid = %s", [rowid])
        return f"record row {table}"

    def _row(self, cursor: Any, table: str, columns: str) -> Any:
        rows = cursor.execute(f"SELECT rowid, {columns} FROM {table}").fetchall()
        return self.chance.choice(rows)


def _spoiled(data: bytes, kind: str, chance: random.Random) -> bytes:
    if kind == "grow":
        return data + bytes([chance.randrange(256)])
    if not data:
        return data
    at = chance.randrange(len(data))
    if kind == "cut":
        return data[:at]
    byte = data[at] ^ (1 << chance.randrange(8)) if kind == "bit" else chance.randrange(256)
    return data[:at] + bytes([byte]) + data[at + 1 :]


def _changed(value: Any, chance: random.Random) -> Any:
    if isinstance(value, int):
        return value + chance.choice([-1, 1, 1000])
    if isinstance(value, bytes):
        return _spoiled(value, chance.choice(["bit", "cut", "grow", "byte"]), chance)
    text = str(value)
    if not text:
        return "x"
    at = chance.randrange(len(text))
    return text[:at] + chance.choice("abcdef0123456789") + text[at + 1 :]


def _same_meaning(before: Files, after: Files) -> bool:
    """Whether two sets of public files say the same: equal but for the spacing of the index and the end of the key."""
    return {path: _meaning(path, data) for path, data in before.items()} == {
        path: _meaning(path, data) for path, data in after.items()
    }


def _meaning(path: str, data: bytes) -> object:
    if path == "reports/index.json":
        try:
            return json.loads(data)
        except ValueError:
            return data
    return data.strip(b" \t\r\n") if path == "ledger.vkey" else data


def _office(folder: Path) -> tuple[Any, Files, Files]:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "trustact.records.settings"
    os.environ.pop("TRUSTACT_DATABASE_URL", None)
    os.environ["TRUSTACT_OFFICE"] = str(folder)
    django.setup()
    import datetime as dt

    from trustact.records.connection import connect
    from trustact.records.office import agency_of, make_office

    moment = dt.datetime(2025, 6, 1, 6, tzinfo=dt.UTC)
    office = make_office(folder, agency_of("us-ma-boston"), clock=lambda: moment)
    connect(office)
    older = _work(office)
    return office, _read(office.public), older


def _work(office: Any) -> Files:
    from trustact.casework.act import Disposition, act
    from trustact.casework.confirm import confirm
    from trustact.casework.publish import publish
    from trustact.casework.receive import receive
    from trustact.casework.reply import draft
    from trustact.casework.report import report

    facts = {"request.form": "i-247a", "warrant.presented": False, "custody.in_custody": True,
             "custody.eligible_for_release": True, "custody.other_lawful_hold": False}  # fmt: skip
    by = "Sgt. Okafor"
    for number, data in enumerate((b"one", b"two", b"three")):
        receipt = receive(office, data, station="D-4", channel="fax", by=by)
        confirm(office, receipt.number, facts, by, {"request.file_number": f"A 000 000 00{number}"})
        act(office, receipt.number, Disposition("not-acted-upon", release="bailed"), by)
    draft(office, "2025-00001", by)
    publish(office)
    older = _read(office.public)
    report(office, "us-ma-boston", "2025", by)
    receive(office, b"four", station="A-1", channel="fax", by=by)
    publish(office)
    return older


def _read(folder: Path) -> Files:
    """The public files that the ledger as it stands is made of; outgrown tiles mean nothing any more."""
    wanted = {}
    for path in folder.rglob("*"):
        if path.is_file():
            wanted[path.relative_to(folder).as_posix()] = path.read_bytes()
    size = wanted["checkpoint"].split(b"\n")[1].decode()
    return {path: data for path, data in wanted.items() if ".p/" not in path or path.endswith(f".p/{size}")}


def _one(bench: Bench) -> tuple[str, str]:
    """Make one change; its name, and its verdict, which is empty where it changed nothing."""
    if bench.chance.random() < 0.6:
        name, files = bench.public()
        if files == bench.files:  # a file swapped with itself, or put in the place of its like
            return name, ""
        told, same = bench.audit(files), _same_meaning(bench.files, files)
    else:
        with bench.record() as name:
            if not name:
                return name, ""
            told, same = bench.audit(bench.files), False
    return name, "told" if told else "no meaning changed" if same else "MISSED"


def run(folder: Path, count: int, seed: int, tell: Callable[[str], None]) -> Counter[str]:
    """Make so many changes; what was made, told, without meaning, and missed."""
    bench, counts = Bench(folder, seed), Counter[str]()
    assert not bench.audit(bench.files), bench.audit(bench.files)
    for done in range(count):
        counts["changes"] += 1
        name = verdict = ""
        while not verdict:
            name, verdict = _one(bench)
        counts[verdict] += 1
        if verdict == "MISSED":
            tell(f"MISSED: {name}")
        if done % 1000 == 999:
            tell(f"{done + 1} changes, {counts['told']} told, {counts['MISSED']} missed")
    assert not bench.audit(bench.files), "an undone change left a trace"
    return counts


def main() -> None:
    """Run it, print the counts as JSON; exit code 1 where a change was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutations", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        told = lambda line: print(line, file=sys.stderr, flush=True)  # noqa: E731
        counts = run(Path(folder, "office"), asked.count, asked.seed, told)
    print(json.dumps({**counts, "missed": counts["MISSED"], "seconds": round(time.monotonic() - begun)}))
    sys.exit(1 if counts["MISSED"] else 0)


if __name__ == "__main__":
    main()
