"""Other people's verifiers read what this ledger writes: metamorphic-log (Rust) and tlog-scales."""

from collections.abc import Callable

import metamorphic_log
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey
from tlog_scales.tlog import Checkpoint as ScalesCheckpoint
from tlog_scales.tlog import ConsistencyProof, InclusionProof

from trustact.ledger import (
    VerificationError,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from trustact.ledger.note import SigningKey

Publish = Callable[[list[bytes]], dict[str, bytes]]
LEAVES = [leaf_hash(b"entry %d" % number) for number in range(300)]


@given(st.integers(1, 300), st.data())
def test_both_accept_the_proofs(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves, top = LEAVES[:size], root(LEAVES[:size])
    included = inclusion_proof(index, leaves)
    metamorphic_log.verify_inclusion(index, size, LEAVES[index], included, top)
    InclusionProof(index, size, included).check(LEAVES[index], top)
    consistent, old_root = consistency_proof(index + 1, leaves), root(LEAVES[: index + 1])
    metamorphic_log.verify_consistency(index + 1, size, consistent, old_root, top)
    ConsistencyProof(index + 1, size, consistent).check(old_root, top)


@given(st.integers(1, 20), st.integers(1, 20), st.data())
def test_the_verdict_on_any_proof_is_that_of_metamorphic(a: int, b: int, data: st.DataObject) -> None:
    """Sizes, indexes and hashes put together freely: most do not verify, some do."""
    pool = st.sampled_from([*LEAVES[:20], *(root(LEAVES[:size]) for size in range(1, 21))])
    honest = data.draw(st.booleans())
    proof = (
        consistency_proof(min(a, b), LEAVES[: max(a, b)]) if honest else data.draw(st.lists(pool, max_size=6))
    )
    old, new = data.draw(pool), data.draw(pool)
    if honest:
        old, new = root(LEAVES[:a]), root(LEAVES[:b])
    ours = accepts(lambda: verify_consistency(a, b, proof, old, new), VerificationError)
    theirs = accepts(
        lambda: metamorphic_log.verify_consistency(a, b, proof, old, new), metamorphic_log.VerifyError
    )
    assert ours == theirs
    ours = accepts(lambda: verify_inclusion(old, a, b, proof, new), VerificationError)
    theirs = accepts(
        lambda: metamorphic_log.verify_inclusion(a, b, old, proof, new), metamorphic_log.VerifyError
    )
    assert ours == theirs


def accepts(verify: Callable[[], None], refusal: type[Exception]) -> bool:
    try:
        verify()
    except refusal:
        return False
    return True


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 300])
def test_both_accept_the_published_files(
    size: int, key: SigningKey, entries: list[bytes], publish: Publish
) -> None:
    files = publish(entries[:size])
    note, vkey = files["checkpoint"].decode(), key.verifier.text
    head = metamorphic_log.checkpoint_verify(note, [vkey])
    assert (head.origin, head.size) == (key.name, size)

    reader = TilesReader(Files(files))
    checkpoint = reader.get_checkpoint()
    checkpoint.verify(Vkey.from_string(vkey))
    assert reader.calculate_root_hash() == checkpoint.root_hash == head.root
    for index in {0, size // 2, size - 1}:
        assert reader.get_entry(index) == entries[index]
        path = reader.get_inclusion_proof(index, size).node_hashes
        assert path == inclusion_proof(index, [leaf_hash(entry) for entry in entries[:size]])
        metamorphic_log.checkpoint_verify_inclusion(note, [vkey], index, leaf_hash(entries[index]), path)


def test_both_refuse_another_size(key: SigningKey, entries: list[bytes], publish: Publish) -> None:
    note = publish(entries)["checkpoint"].decode().replace("\n300\n", "\n301\n")
    with pytest.raises(metamorphic_log.VerifyError):
        metamorphic_log.checkpoint_verify(note, [key.verifier.text])
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever it raises, it refuses
        ScalesCheckpoint.from_text(note).verify(Vkey.from_string(key.verifier.text))


class Files:
    """Published files for tlog-scales to read."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files

    def get(self, *path: str) -> bytes | None:
        return self.files.get("/".join(path))
