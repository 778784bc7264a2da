"""The ledger's Merkle tree: SHA-256 over entries (RFC 6962 section 2.1, RFC 9162 section 2.1).

A *node* is the hash of a complete subtree, addressed as (level, index): level 0 holds the leaf hashes, and
node (level, index) covers the entries from index * 2**level up to (index + 1) * 2**level. Nodes never change
once complete, so a tree can live in one row per entry: row i keeps the nodes that entry i completed
(`completed_subtrees`), and `home` says in which row a node lies. Proofs ask for O(log n) nodes.

The second half works on plain lists of leaf hashes and is built on the first.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from trustact.ledger.errors import VerificationError

HASH_BYTES = 32

Node = Callable[[int, int], bytes]
"""Gives the hash of the complete subtree at (level, index)."""

Span = tuple[int, int]
"""Entries from the first number up to, not including, the second."""


def leaf_hash(entry: bytes) -> bytes:
    """The leaf hash of one entry: SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def _parent(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


# Node-addressed: for a tree that lies in a database or in tiles.


def completed_subtrees(index: int, leaf: bytes, node: Node) -> list[bytes]:
    """The nodes that appending leaf `index` completes, lowest level first; the first is the leaf hash itself.

    `node` is asked only for nodes that earlier entries completed. ValueError for a bad index or leaf hash.
    """
    _demand_hash(index, leaf)
    if index < 0:
        raise ValueError(f"entry index {index} is negative")
    completed, level = [leaf], 0
    while index >> level & 1:
        completed.append(_parent(node(level, (index >> level) - 1), completed[-1]))
        level += 1
    return completed


def home(level: int, index: int) -> tuple[int, int]:
    """Where node (level, index) lies: the entry whose row keeps it, and its position in that row."""
    return ((index + 1) << level) - 1, level


def root_at(size: int, node: Node) -> bytes:
    """The root hash of the tree's first `size` entries; SHA-256 of nothing for the empty tree."""
    if size < 0:
        raise ValueError(f"tree size {size} is negative")
    return _span_hash((0, size), node) if size else sha256().digest()


def inclusion_path(index: int, size: int, node: Node) -> list[bytes]:
    """Proof that entry `index` is in the tree of `size` entries: hashes from the leaf's sibling upwards."""
    if not 0 <= index < size:
        raise ValueError(f"entry {index} is not in a tree of {size} entries")
    return [_span_hash(span, node) for span in _inclusion_spans(index, size)]


def consistency_path(old: int, new: int, node: Node) -> list[bytes]:
    """Proof that the tree of `new` entries begins with the tree of `old` entries; `old` is at least 1."""
    if not 0 < old <= new:
        raise ValueError(f"no consistency proof leads from {old} to {new} entries: 0 < old <= new is needed")
    return [_span_hash(span, node) for span in _consistency_spans(old, new)]


class Frontier:
    """The right edge of a tree while it grows: the latest complete subtree of each level, O(log n) hashes."""

    def __init__(self) -> None:
        self.size = 0
        self._latest: list[bytes] = []

    def append(self, leaf: bytes) -> list[bytes]:
        """Add one leaf hash; gives the nodes it completes, as `completed_subtrees`."""
        completed = completed_subtrees(self.size, leaf, self._node)
        self._latest[: len(completed)] = completed
        self.size += 1
        return completed

    def root(self, tail: bytes = b"") -> bytes:
        """The root hash of all leaves so far, and of a last subtree smaller than one of them, by its hash `tail`."""
        if not tail:
            return root_at(self.size, self._node)
        for level, node in enumerate(self._latest):
            if self.size >> level & 1:
                tail = _parent(node, tail)
        return tail

    def _node(self, level: int, _index: int) -> bytes:
        return self._latest[level]


def subtree_root(hashes: Sequence[bytes]) -> bytes:
    """The root over the hashes of subtrees of one size, side by side, the number of them a power of two."""
    while len(hashes) > 1:
        hashes = [
            sha256(b"\x01" + left + right).digest()
            for left, right in zip(hashes[::2], hashes[1::2], strict=True)
        ]
    return hashes[0]


# List-based: for whoever holds all leaf hashes.


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root hash over all leaf hashes; SHA-256 of nothing for none."""
    return root_at(len(leaf_hashes), _node_over(leaf_hashes))


def inclusion_proof(index: int, leaf_hashes: Sequence[bytes]) -> list[bytes]:
    """Proof that leaf `index` is in the tree over all leaf hashes."""
    return inclusion_path(index, len(leaf_hashes), _node_over(leaf_hashes))


def consistency_proof(old_size: int, leaf_hashes: Sequence[bytes]) -> list[bytes]:
    """Proof that the tree over all leaf hashes begins with the tree over the first `old_size` of them."""
    return consistency_path(old_size, len(leaf_hashes), _node_over(leaf_hashes))


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that the leaf stands at `index` in the tree of `size` entries with this root.

    VerificationError with the reason otherwise.
    """
    if not 0 <= index < size:
        raise VerificationError(f"entry {index} is not in a tree of {size} entries")
    spans = _inclusion_spans(index, size)
    _check_proof(proof, len(spans), {"leaf hash": leaf_hash, "root": root})
    computed = leaf_hash
    for (start, _), sibling in zip(spans, proof, strict=True):
        computed = _parent(computed, sibling) if start > index else _parent(sibling, computed)
    if computed != root:
        raise VerificationError(
            f"the inclusion proof of entry {index} leads to root {computed.hex()}, not to {root.hex()}"
        )


def verify_consistency(
    old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Check that the tree of `new_size` entries begins with the tree of `old_size` entries (at least 1).

    VerificationError with the reason otherwise.
    """
    if not 0 < old_size <= new_size:
        raise VerificationError(
            f"nothing can be proved from {old_size} to {new_size} entries: 0 < old <= new is needed"
        )
    spans = _consistency_spans(old_size, new_size)
    _check_proof(proof, len(spans), {"old root": old_root, "new root": new_root})
    steps = list(zip(spans, proof, strict=True))
    # The first hash is the old tree's last complete subtree, left out where that is all of the old tree.
    old = new = steps.pop(0)[1] if steps and spans[0][1] == old_size else old_root
    for (start, _), sibling in steps:
        if start < old_size:
            old = _parent(sibling, old)
        new = _parent(sibling, new) if start < old_size else _parent(new, sibling)
    for which, computed, given in (("old", old, old_root), ("new", new, new_root)):
        if computed != given:
            raise VerificationError(
                f"the consistency proof from {old_size} to {new_size} entries leads to {which} root "
                f"{computed.hex()}, not to {given.hex()}"
            )


# The shape of the tree, known to prover and verifier alike.


def _descend(leaf: int, size: int) -> Iterator[tuple[Span, Span]]:
    """The spans that hold a leaf, from just below the root down to it, each with its sibling span."""
    start, end = 0, size
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        lower, upper = (start, middle), (middle, end)
        span, sibling = (lower, upper) if leaf < middle else (upper, lower)
        yield span, sibling
        start, end = span


def _inclusion_spans(index: int, size: int) -> list[Span]:
    """What each hash of an inclusion proof covers (RFC 6962 section 2.1.1)."""
    return [sibling for _, sibling in _descend(index, size)][::-1]


def _consistency_spans(old: int, new: int) -> list[Span]:
    """What each hash of a consistency proof covers (RFC 6962 section 2.1.2)."""
    spans: list[Span] = []
    span, descent = (0, new), _descend(old - 1, new)
    while span[1] != old:
        span, sibling = next(descent)
        spans.append(sibling)
    return ([*spans, span] if span[0] else spans)[::-1]


def _span_hash(span: Span, node: Node) -> bytes:
    """The tree hash of a span, put together from its complete subtrees, of which the last is the smallest."""
    start, end = span
    subtrees = []
    while start < end:
        level = (end - start).bit_length() - 1
        subtrees.append(node(level, start >> level))
        start += 1 << level
    combined = subtrees.pop()
    while subtrees:
        combined = _parent(subtrees.pop(), combined)
    return combined


def _node_over(leaf_hashes: Sequence[bytes]) -> Node:
    for index, leaf in enumerate(leaf_hashes):
        _demand_hash(index, leaf)

    def node(level: int, index: int) -> bytes:
        return subtree_root(leaf_hashes[index << level : (index + 1) << level])

    return node


def _is_hash(value: object) -> bool:
    return isinstance(value, bytes) and len(value) == HASH_BYTES


def _demand_hash(index: int, leaf: bytes) -> None:
    if not _is_hash(leaf):
        raise ValueError(f"the hash of leaf {index} is not {HASH_BYTES} bytes")


def _check_proof(proof: Sequence[bytes], length: int, ends: dict[str, bytes]) -> None:
    if len(proof) != length:
        raise VerificationError(f"the proof has {len(proof)} hashes, {length} are needed")
    named = {**ends, **{f"proof hash {position}": value for position, value in enumerate(proof)}}
    for what, value in named.items():
        if not _is_hash(value):
            raise VerificationError(f"{what} is not {HASH_BYTES} bytes")
