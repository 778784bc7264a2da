"""The public key published beside a ledger is read to the byte."""

import pytest

from trustact.audit.public import audit_public
from trustact.ledger.errors import VerificationError
from trustact.records.append import append
from trustact.records.office import Office
from trustact.records.publication import publish_ledger


@pytest.mark.parametrize(
    ("beside", "holds"), [(b"\n", True), (b"\r\n", True), (b" ", True), (b"\x1c", False), (b"\x0b", False), (b"=", False)]
)  # fmt: skip
def test_only_blanks_and_line_ends_may_stand_beside_it(office: Office, beside: bytes, *, holds: bool) -> None:
    append(office, "contact-noted", {}, actor="Sgt. Okafor")
    publish_ledger(office)
    key = (office.public / "ledger.vkey").read_bytes().strip()
    (office.public / "ledger.vkey").write_bytes(key + beside)

    def fetch(path: str) -> bytes:
        return (office.public / path).read_bytes()

    if holds:
        assert audit_public(fetch).size == 1
    else:
        with pytest.raises(VerificationError, match=r"^ledger\.vkey: "):
            audit_public(fetch)
