"""The proof handed out with a receipt, verified from the file alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustact.ledger import VerificationError, inclusion_proof, leaf_hash, root
from trustact.ledger.checkpoint import Checkpoint, sign
from trustact.ledger.note import SigningKey
from trustact.ledger.proof import Proof, parse_proof

KEY = SigningKey("records.example.org/ledger", bytes(range(32)))
KEYS = [KEY.verifier]


def proof_of(index: int, entries: list[bytes], extra: bytes = b"") -> Proof:
    leaves = [leaf_hash(entry) for entry in entries]
    checkpoint = sign(Checkpoint(KEY.name, len(leaves), root(leaves)), KEY)
    return Proof(index, tuple(inclusion_proof(index, leaves)), checkpoint.note, extra)


def test_a_worked_proof() -> None:
    """Two entries: the path is the other leaf."""
    proof = proof_of(1, [b"first", b"second"], b"page 1")
    head, _, note = proof.encode().decode().partition("\n\n")
    assert head.split("\n") == [
        "c2sp.org/tlog-proof@v1",
        "extra cGFnZSAx",
        "index 1",
        "oa8DAjHKL9IOzzDFKUuvj2kyHQm7FqxTiFzNF6OFKA0=",
    ]
    assert note.startswith("records.example.org/ledger\n2\n")


@given(st.data(), st.binary(max_size=40))
def test_a_proof_reads_back_and_verifies(entries: list[bytes], data: st.DataObject, extra: bytes) -> None:
    size = data.draw(st.integers(1, 40))
    index = data.draw(st.integers(0, size - 1))
    proof = proof_of(index, entries[:size], extra)
    read = parse_proof(proof.encode())
    assert read == proof
    assert read.verify(entries[index], KEYS).size == size


@given(st.data())
def test_another_entry_is_refused(entries: list[bytes], data: st.DataObject) -> None:
    index, other = data.draw(st.lists(st.integers(0, 39), min_size=2, max_size=2, unique=True))
    with pytest.raises(VerificationError, match=f"inclusion proof of entry {index} leads to root"):
        proof_of(index, entries[:40]).verify(entries[other], KEYS)


@given(st.data())
def test_a_changed_proof_is_refused(entries: list[bytes], data: st.DataObject) -> None:
    """Any byte: there is no extra data here, which is the one part that nothing covers."""
    whole = proof_of(17, entries[:40]).encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    after = data.draw(st.binary(max_size=2).filter(lambda put: put != whole[at : at + 1]))
    with pytest.raises(VerificationError) as caught:
        parse_proof(whole[:at] + after + whole[at + 1 :]).verify(entries[17], KEYS)
    assert "\n" not in str(caught.value)


def test_extra_data_is_not_covered(entries: list[bytes]) -> None:
    proof = proof_of(3, entries[:9], b"extra")
    changed = proof.encode().replace(b"extra ZXh0cmE=", b"extra ZXh0cmI=")
    assert parse_proof(changed).extra == b"extrb"
    parse_proof(changed).verify(entries[3], KEYS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "c2sp.org/tlog-proof@v1\n\n",
        "c2sp.org/tlog-proof@v2\nindex 0\n\nnote",
        "c2sp.org/tlog-proof@v1\n0\n\nnote",
        "c2sp.org/tlog-proof@v1\nindex 00\n\nnote",
        "c2sp.org/tlog-proof@v1\nindex -1\n\nnote",
        "c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\nnote",
        "c2sp.org/tlog-proof@v1\nextra \nindex 0\n\nnote",
        "c2sp.org/tlog-proof@v1\nextra AAAA\n\nnote",
        "c2sp.org/tlog-proof@v1\nindex 0\nAAA\n\nnote",
        "c2sp.org/tlog-proof@v1\nindex 0",
        "c2sp.org/tlog-proof@v1\r\nindex 0\r\n\r\nnote",
        "c2sp.org/tlog-proof@v1\nindex ٣\n\nnote",
    ],
)
def test_a_malformed_proof_is_refused(text: str) -> None:
    with pytest.raises(VerificationError, match="proof"):
        parse_proof(text.encode())
