"""A receipt and its document, in the hands of somebody outside: this very document, no other, and no name beside it."""

import json
from pathlib import Path

import cv2
import msgspec
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.test_receive import FAX, take
from tests.casework.test_report import a_year
from tests.cli.conftest import Run
from tests.conftest import Clock
from trustact.audit.public import audit_public
from trustact.audit.source import source_of
from trustact.casework.publish import publish
from trustact.casework.receipts import proof_of, receipt_on_paper
from trustact.casework.report import report
from trustact.casework.shred import confirm, propose
from trustact.ledger.entry import canonical, commitment
from trustact.ledger.errors import VerificationError
from trustact.ledger.proof import Proof, parse_proof
from trustact.ledger.receipt import verify_receipt
from trustact.records.models import Event
from trustact.records.office import Office

RECEIPT, DOCUMENT = "receipt.tlog-proof", "fax.tif"


@pytest.fixture
def holder(office: Office, tmp_path: Path) -> Path:
    """A folder with a receipt, its document and a copy of the public files, as somebody took them home."""
    take(office, b"II*\0 another")
    take(office, FAX)
    publish(office)
    home = tmp_path / "home"
    home.mkdir()
    (home / RECEIPT).write_bytes(proof_of(office, 1).encode())
    (home / DOCUMENT).write_bytes(FAX)
    return home


def with_receipt(home: Path) -> tuple[object, ...]:
    return ("--receipt", home / RECEIPT, "--document", home / DOCUMENT)


def test_document_and_receipt_belong_together_with_the_public_files(
    office: Office, run: Run, holder: Path
) -> None:
    ran = run("audit", office.public, *with_receipt(holder))
    assert (ran.code, ran.err) == (0, "")
    assert f"receipt: this very document, {len(FAX)} bytes with SHA-256" in ran.out
    assert "is what entry 1 of" in ran.out
    assert "received on 2025-06-01 at D-4 by fax" in ran.out


def test_they_do_offline_with_nothing_but_the_ledgers_key(office: Office, run: Run, holder: Path) -> None:
    ran = run("audit", *with_receipt(holder), "--key", office.settings.ledger, "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["verified"], found["receipt"]["entry"]) == (0, True, 1)
    assert (found["receipt"]["station"], found["receipt"]["checkpoint_size"]) == ("D-4", 2)
    bare = run("audit", *with_receipt(holder))
    assert (bare.code, bare.err.count("\n")) == (2, 1)
    assert "--key" in bare.err


def test_the_printed_page_is_enough(office: Office, run: Run, holder: Path) -> None:
    page = pypdfium2.PdfDocument(receipt_on_paper(office, 1))[0].render(scale=4).to_numpy()
    text, _, _ = cv2.QRCodeDetectorAruco().detectAndDecode(page)
    (holder / RECEIPT).write_text(text, encoding="utf-8", newline="\r\n")
    ran = run("audit", office.public, *with_receipt(holder))
    assert (ran.code, ran.err) == (0, "")


def test_another_document_another_ledger_or_another_receipt_does_not_pass(
    office: Office,
    run: Run,
    holder: Path,
) -> None:
    (holder / DOCUMENT).write_bytes(FAX + b" ")
    ran = run("audit", office.public, *with_receipt(holder))
    assert (ran.code, ran.out.count("\n")) == (1, 1)
    assert "is not the one that entry 1 commits to" in ran.out
    (holder / DOCUMENT).write_bytes(FAX)
    (holder / RECEIPT).write_bytes(proof_of(office, 0).encode())
    assert "is not the one that entry 0 commits to" in run("audit", office.public, *with_receipt(holder)).out
    only = run("audit", office.public, "--document", holder / DOCUMENT)
    assert (only.code, only.err.count("\n")) == (2, 1)


def test_a_receipt_that_is_ahead_of_the_public_ledger_is_told(office: Office, run: Run, holder: Path) -> None:
    take(office, b"II*\0 a third")
    (holder / RECEIPT).write_bytes(proof_of(office, 2).encode())
    (holder / DOCUMENT).write_bytes(b"II*\0 a third")
    assert run("audit", *with_receipt(holder), "--key", office.settings.ledger).code == 0
    ran = run("audit", office.public, *with_receipt(holder))
    assert ran.code == 1
    assert "it counts 3 entries, the published one only 2" in ran.out
    publish(office)
    assert run("audit", office.public, *with_receipt(holder)).code == 0


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_change_of_what_a_receipt_opens_goes_unnoticed(
    office: Office, holder: Path, data: st.DataObject
) -> None:
    proof = parse_proof((holder / RECEIPT).read_bytes())
    keys = [office.ledger_key]
    assert verify_receipt(proof, FAX, keys).index == 1
    at = data.draw(st.integers(0, len(proof.extra) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != proof.extra[at]))
    extra = proof.extra[:at] + bytes([byte]) + proof.extra[at + 1 :]
    with pytest.raises(VerificationError):
        verify_receipt(Proof(proof.index, proof.path, proof.checkpoint, extra), FAX, keys)


@pytest.mark.parametrize("name", ["salt", "document_salt"])
@pytest.mark.parametrize("salt", ["", "00", "00" * 33])
def test_a_salt_of_another_length_is_one_line(office: Office, holder: Path, name: str, salt: str) -> None:
    proof = parse_proof((holder / RECEIPT).read_bytes())
    extra = canonical({**json.loads(proof.extra), name: salt})
    with pytest.raises(VerificationError, match="not the opening of a receipt"):
        verify_receipt(Proof(proof.index, proof.path, proof.checkpoint, extra), FAX, [office.ledger_key])


def test_a_receipt_opens_its_document_and_nothing_else(office: Office, holder: Path) -> None:
    told = msgspec.json.decode(parse_proof((holder / RECEIPT).read_bytes()).extra)
    assert told.keys() == {"document_salt", "entry", "opening", "salt"}
    assert told["opening"].keys() == {"channel", "document", "received_on", "station"}
    text = (holder / RECEIPT).read_text() + json.dumps(told)
    assert not [name for name in ("Okafor", "a.tif", "2025-00002") if name in text]


def test_a_published_report_tells_nobody_which_document_it_was(office: Office) -> None:
    a_year(office)
    report(office, "us-ma-boston", "2025", "Commissioner's office")
    index = (office.public / "reports" / "index.json").read_text()
    first = msgspec.json.decode(index)[0]["receipts"][0]
    told = msgspec.json.decode(proof_of(office, 0).extra)
    assert first["opening"] == told["opening"]
    assert told["document_salt"] not in index
    plain = {"bytes": 8, "sha256": "0" * 64}
    assert commitment(bytes.fromhex(first["salt"]), plain) != first["opening"]["document"]


def test_after_shredding_old_receipts_still_prove_their_document(office: Office, clock: Clock) -> None:
    a_year(office)
    report(office, "us-ma-boston", "2025", "Commissioner's office")
    before = proof_of(office, 0)
    clock.forward(days=8 * 365)
    confirm(office, propose(office, "Sgt. Okafor", "a paper").entry, "Lt. Nguyễn")
    assert verify_receipt(before, b"II*\0 one", [office.ledger_key]).index == 0
    bare = proof_of(office, 0)
    assert bare.extra == b""
    with pytest.raises(VerificationError, match="does not open what its entry commits to"):
        verify_receipt(bare, b"II*\0 one", [office.ledger_key])
    publish(office)
    assert audit_public(source_of(str(office.public))).size == Event.objects.count()
