"""Verifies a whole published ledger from its static files alone.

Everything is recomputed from the entries: each leaf, each tile, the root. Bundles stand each for itself and may be read
by several processes. Memory stays flat: a bundle each, one unfinished tile per tile level, and the tree's right edge;
for a department's residents may have to verify many years on a small computer.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Protocol, TypeVar

from trustact.ledger.bundle import Tally, open_bundle
from trustact.ledger.checkpoint import Checkpoint, open_checkpoint
from trustact.ledger.errors import VerificationError
from trustact.ledger.merkle import Frontier, root, subtree_root
from trustact.ledger.note import VerifierKey
from trustact.ledger.tiles import ENTRIES, HEIGHT, WIDTH, read_tile, tile_path, tiles_of

CHECKPOINT = "checkpoint"

T = TypeVar("T")
R = TypeVar("R")

Fetch = Callable[[str], bytes]
"""Gives the bytes at a path; FileNotFoundError or KeyError where there is none."""


class InOrder(Protocol):
    """Gives what a function makes of each of several things, in their order; `map` is one."""

    def __call__(self, work: Callable[[T], R], things: Iterable[T], /) -> Iterator[R]:
        """What the function makes of each."""


@dataclass(frozen=True)
class Verified:
    """What a ledger that verifies says of itself.

    `root` is hexadecimal, `kinds` counts the entries of each kind, `first` and `last` are the moments of the
    first and the last entry, `notes` are sentences about what is no failure and yet worth knowing. The
    signature lines of others stand in `checkpoint`, unchecked. `bundles` are the tree hashes of its entry bundles, by
    which one that is read again is known for the same.
    """

    origin: str
    size: int
    root: str
    kinds: Mapping[str, int]
    first: datetime | None
    last: datetime | None
    notes: tuple[str, ...]
    checkpoint: Checkpoint
    bundles: tuple[bytes, ...]


def verify_ledger(
    fetch: Fetch,
    keys: Sequence[VerifierKey],
    older: Mapping[str, bytes] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    in_order: InOrder = map,
) -> Verified:
    """Verify a published ledger, and that it still begins as `older` checkpoints said: where each is from, and it.

    `on_progress(done, total)` is told the number of entries done, bundle by bundle. `in_order` gives what a function
    makes of each bundle, as `map` does, and may have several made at once. VerificationError says in one line what is
    wrong and where.
    """
    with _at(CHECKPOINT):
        head = open_checkpoint(_get(fetch, CHECKPOINT), keys)
    heads = {CHECKPOINT: head}
    for where, note in (older or {}).items():
        with _at(where):
            heads[where] = _kept(note, keys, head)
    tree, sizes = _Tree(fetch), {checkpoint.size for checkpoint in heads.values()}
    for read in in_order(partial(_read, fetch, sizes), tiles_of(0, head.size)):
        tree.add(read)
        if on_progress:
            on_progress(read.index * WIDTH + read.width, head.size)
    tree.finish()
    roots, tally = tree.roots, tree.tally
    with _at(CHECKPOINT):
        _compare_root(head, roots[head.size])
    for where, checkpoint in heads.items():
        with _at(where):
            _split_view(checkpoint, head, roots[checkpoint.size])
    return Verified(
        origin=head.origin,
        size=head.size,
        root=head.root.hex(),
        kinds=dict(sorted(tally.kinds.items())),
        first=tally.first,
        last=tally.last,
        notes=(*_notes_on(head), *tally.notes()),
        checkpoint=head,
        bundles=tuple(tree.bundles),
    )


def _kept(older: bytes, keys: Sequence[VerifierKey], head: Checkpoint) -> Checkpoint:
    kept = open_checkpoint(older, keys)
    if kept.origin != head.origin:
        raise VerificationError(f"it is of {kept.origin}, the published one of {head.origin}")
    if kept.size > head.size:
        raise VerificationError(f"it counts {kept.size} entries, the published one only {head.size}")
    return kept


def _compare_root(checkpoint: Checkpoint, computed: bytes) -> None:
    if checkpoint.root != computed:
        raise VerificationError(
            f"the root of its {checkpoint.size} entries is {checkpoint.root.hex()}, "
            f"but the published entries give {computed.hex()}"
        )


def _split_view(checkpoint: Checkpoint, head: Checkpoint, computed: bytes) -> None:
    """An older checkpoint that the entries do not bear out, while they bear out the published one: two histories."""
    if checkpoint.root != computed:
        raise VerificationError(
            f"SPLIT VIEW: the ledger's own key signed it for {checkpoint.size} entries with root "
            f"{checkpoint.root.hex()}, but the first {checkpoint.size} of the {head.size} entries published now "
            f"give {computed.hex()}: it told two histories"
        )


@dataclass(frozen=True)
class _Read:
    """What one bundle gave: where it lies, the hash over it, roots up to sizes within it, its tally."""

    index: int
    width: int
    hash: bytes
    cuts: Mapping[int, bytes]
    tally: Tally


def _read(fetch: Fetch, sizes: Collection[int], place: tuple[int, int]) -> _Read:
    """Read the bundle at that index and of that width, and compare the tile of its hashes."""
    index, width = place
    first, path = index * WIDTH, tile_path(ENTRIES, index, width)
    with _at(path):
        entries, tally = open_bundle(_get(fetch, path), width, first)
    leaves = _leaves(entries)
    _compare(fetch, 0, index, leaves)
    cuts = {size: root(leaves[: size - first]) for size in sizes if first < size <= first + width}
    return _Read(index, width, _hash_over(leaves), cuts, tally)


def bundle_hash(entries: Iterable[bytes]) -> bytes:
    """The tree hash over the entries of one bundle."""
    return _hash_over(_leaves(entries))


def _leaves(entries: Iterable[bytes]) -> list[bytes]:
    return [sha256(b"\x00" + entry).digest() for entry in entries]


def _hash_over(leaves: list[bytes]) -> bytes:
    return subtree_root(leaves) if len(leaves) == WIDTH else root(leaves)


def _compare(fetch: Fetch, level: int, index: int, expected: list[bytes]) -> None:
    path = tile_path(level, index, len(expected))
    with _at(path):
        data = _get(fetch, path)
        if data == b"".join(expected):
            return
        published = read_tile(data, len(expected))
        position = next(
            n for n, (ours, theirs) in enumerate(zip(expected, published, strict=True)) if ours != theirs
        )
        first = index * WIDTH + position << HEIGHT * level
        last = first + (1 << HEIGHT * level) - 1
        covered = f"entry {first}" if first == last else f"entries {first} to {last}"
        raise VerificationError(f"hash {position} is not that of {covered} as published")


class _Tree:
    """The tree as bundle after bundle makes it, each tile above them compared with the published one when complete."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._edge = Frontier()  # over whole bundles
        self._pending: list[list[bytes]] = []  # by tile level from 1 on, the hashes of its unfinished tile
        self._done: list[int] = []  # and how many of its tiles are complete
        self.roots = {0: self._edge.root()}
        self.bundles: list[bytes] = []
        self.tally = Tally()

    def add(self, read: _Read) -> None:
        """Take in the next bundle."""
        self.tally.add(read.tally, read.index * WIDTH)
        for size, tail in read.cuts.items():
            self.roots[size] = self._edge.root(tail)
        self.bundles.append(read.hash)
        if read.width == WIDTH:
            self._edge.append(read.hash)
            self._add(1, read.hash)

    def finish(self) -> None:
        """Compare the tiles that are not whole."""
        for place, hashes in enumerate(self._pending):
            if hashes:
                _compare(self._fetch, place + 1, self._done[place], hashes)

    def _add(self, level: int, node: bytes) -> None:
        if level > len(self._pending):
            self._pending.append([])
            self._done.append(0)
        hashes = self._pending[level - 1]
        hashes.append(node)
        if len(hashes) == WIDTH:
            _compare(self._fetch, level, self._done[level - 1], hashes)
            self._pending[level - 1] = []
            self._done[level - 1] += 1
            self._add(level + 1, subtree_root(hashes))


def _notes_on(head: Checkpoint) -> Iterator[str]:
    if head.extensions:
        yield f"the checkpoint has extension lines, which no audit can check: {len(head.extensions)}"


def _get(fetch: Fetch, path: str) -> bytes:
    try:
        return fetch(path)
    except (FileNotFoundError, KeyError):
        raise VerificationError("it is missing") from None


@contextmanager
def _at(where: str) -> Iterator[None]:
    try:
        yield
    except VerificationError as error:
        raise VerificationError(f"{where}: {error}") from None
