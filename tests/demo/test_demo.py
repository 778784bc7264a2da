"""The demonstration, run as a newcomer runs it, in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from page import validate_pdf

from trustact.audit.public import audit_public
from trustact.audit.source import source_of
from trustact.cli.demo import SEED, YEAR
from trustact.ledger.errors import VerificationError
from trustact.specimens.demo import demo_set


class Told(msgspec.Struct, frozen=True):
    """The demonstration when it is over: what it printed and the folder it made."""

    out: str
    folder: Path

    @property
    def report(self) -> Path:
        return self.folder / "public" / "reports" / "us-ma-boston" / "2025"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("demo") / "office"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TRUSTACT_", "DJANGO_"))}
    ended = subprocess.run(
        [sys.executable, "-m", "trustact.cli", "demo", "--no-serve", "--out", str(folder)],
        capture_output=True,
        text=True,
        env=environment,
        timeout=540,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    return Told(ended.stdout, folder)


def test_every_known_form_is_recognised_and_no_other_is_forced(told: Told) -> None:
    read = [line.split("read: ")[1].split(",")[0] for line in told.out.splitlines() if "read: " in line]
    assert read == [
        "i-247a", "i-247a", "i-247a", "i-247a", "i-247g", "i-247a", "no known form", "i-200", "i-247a",
    ]  # fmt: skip


def test_the_law_of_the_day_is_applied(told: Told) -> None:
    holding = [line.split("hold ")[1].split(",")[0] for line in told.out.splitlines() if "law:  hold" in line]
    assert holding == [
        "prohibited", "prohibited", "prohibited", "not-regulated", "prohibited", "permitted", "prohibited",
        "undetermined",
    ]  # fmt: skip


def test_the_four_items_and_the_line_outside_them(told: Told) -> None:
    report = json.loads((told.report / "report.json").read_bytes())["figures"]
    amounts = [item["amount"] for item in report["items"]]
    assert amounts == [6, 1, 0, 0]
    lines = {line["measure"]: line["amount"] for line in report["lines"]}
    assert lines["notification-requests"] == 1
    beside = {line["measure"]: line["amount"] for line in report["beside"]}
    assert beside["distinct-detainer-requests"] == 5
    assert beside["late-entries"] == 0


def test_the_report_is_an_accessible_pdf(told: Told) -> None:
    assert not validate_pdf(str(told.report / "report.pdf"), profile="ua1").failures


def test_no_public_file_holds_a_name(told: Told) -> None:
    names = {str(specimen.truth.get("subject.name", "")) for specimen in demo_set(SEED, YEAR)} - {""}
    words = {word for name in names for word in name.replace(",", " ").split() if len(word) > 3}
    assert len(words) > 8
    for path in (told.folder / "public").rglob("*"):
        if path.is_file() and path.suffix != ".pdf":
            data = path.read_bytes()
            assert not [word for word in words if word.encode() in data], path


def test_anyone_can_verify_the_public_files_and_nobody_can_bend_them(told: Told, tmp_path: Path) -> None:
    public = tmp_path / "public"
    shutil.copytree(told.folder / "public", public)
    assert audit_public(source_of(str(public))).reports == ("us-ma-boston 2025",)
    index = public / "reports" / "index.json"
    filed = json.loads(index.read_bytes())
    filed[0]["receipts"].pop(0)
    index.write_text(json.dumps(filed))
    with pytest.raises(VerificationError, match="the receipt of entry 0 is missing"):
        audit_public(source_of(str(public)))


def test_keys_are_their_owners_alone(told: Told) -> None:
    for key in (told.folder / "keys").iterdir():
        assert key.stat().st_mode & 0o077 == 0, key
