"""Verifies a whole published ledger from its static files alone.

Everything is recomputed from the entries: each leaf, each tile, the root. Memory stays flat: one bundle, one
unfinished tile per tile level, and the tree's right edge. A bundle at a time, for a department's residents may have
to verify many years on a small computer.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from trustact.ledger.checkpoint import Checkpoint, open_checkpoint
from trustact.ledger.entry import glance
from trustact.ledger.errors import VerificationError
from trustact.ledger.merkle import Frontier, root, subtree_root
from trustact.ledger.note import VerifierKey
from trustact.ledger.tiles import ENTRIES, HEIGHT, WIDTH, read_bundle, read_tile, tile_path, tiles_of

CHECKPOINT = "checkpoint"

Fetch = Callable[[str], bytes]
"""Gives the bytes at a path; FileNotFoundError or KeyError where there is none."""


@dataclass(frozen=True)
class Verified:
    """What a ledger that verifies says of itself.

    `root` is hexadecimal, `kinds` counts the entries of each kind, `first` and `last` are the moments of the
    first and the last entry, `notes` are sentences about what is no failure and yet worth knowing. The
    signature lines of others stand in `checkpoint`, unchecked.
    """

    origin: str
    size: int
    root: str
    kinds: Mapping[str, int]
    first: datetime | None
    last: datetime | None
    notes: tuple[str, ...]
    checkpoint: Checkpoint


def verify_ledger(
    fetch: Fetch,
    keys: Sequence[VerifierKey],
    older: Mapping[str, bytes] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Verified:
    """Verify a published ledger, and that it still begins as `older` checkpoints said: where each is from, and it.

    `on_progress(done, total)` is told the number of entries done, bundle by bundle. VerificationError says
    in one line what is wrong and where.
    """
    with _at(CHECKPOINT):
        head = open_checkpoint(_get(fetch, CHECKPOINT), keys)
    heads = {CHECKPOINT: head}
    for where, note in (older or {}).items():
        with _at(where):
            heads[where] = _kept(note, keys, head)
    reading = _Reading(fetch, {checkpoint.size for checkpoint in heads.values()})
    for index, width in tiles_of(0, head.size):
        reading.bundle(index, width)
        if on_progress:
            on_progress(index * WIDTH + width, head.size)
    reading.finish()
    roots, tally = reading.roots, reading.tally
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


class _Reading:
    """The tree as the entries make it, bundle by bundle, each tile compared with the published one when complete."""

    def __init__(self, fetch: Fetch, sizes: set[int]) -> None:
        self._fetch = fetch
        self._sizes = sizes
        self._edge = Frontier()  # over whole bundles
        self._pending: list[list[bytes]] = []  # by tile level from 1 on, the hashes of its unfinished tile
        self._done: list[int] = []  # and how many of its tiles are complete
        self.roots = {0: self._edge.root()}
        self.tally = _Tally()

    def bundle(self, index: int, width: int) -> None:
        """Read the bundle of that index and width."""
        path = tile_path(ENTRIES, index, width)
        with _at(path):
            entries = read_bundle(_get(self._fetch, path), width)
        self.tally.add(path, index * WIDTH, entries)
        leaves = [sha256(b"\x00" + entry).digest() for entry in entries]
        self._compare(0, index, leaves)
        first = index * WIDTH
        for size in self._sizes:
            if first < size <= first + width:
                self.roots[size] = self._edge.root(root(leaves[: size - first]))
        if width == WIDTH:
            self._edge.append(whole := subtree_root(leaves))
            self._add(1, whole)

    def finish(self) -> None:
        """Compare the tiles that are not whole."""
        for place, hashes in enumerate(self._pending):
            if hashes:
                self._compare(place + 1, self._done[place], hashes)

    def _add(self, level: int, node: bytes) -> None:
        if level > len(self._pending):
            self._pending.append([])
            self._done.append(0)
        hashes = self._pending[level - 1]
        hashes.append(node)
        if len(hashes) == WIDTH:
            self._compare(level, self._done[level - 1], hashes)
            self._pending[level - 1] = []
            self._done[level - 1] += 1
            self._add(level + 1, subtree_root(hashes))

    def _compare(self, level: int, index: int, expected: list[bytes]) -> None:
        path = tile_path(level, index, len(expected))
        with _at(path):
            data = _get(self._fetch, path)
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


class _Tally:
    """What is counted and noticed on the way through the entries."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.first: datetime | None = None
        self.last: datetime | None = None
        self._backwards = 0
        self._furthest = (timedelta(), 0)

    def add(self, path: str, first: int, entries: Sequence[bytes]) -> None:
        """Take in the entries of a bundle, the first of which has that index."""
        last = self.last
        for index, data in enumerate(entries, first):
            try:
                at, kind, ref = glance(data)
            except VerificationError as wrong:
                raise VerificationError(f"{path}: entry {index}: {wrong}") from None
            if ref >= index:
                raise VerificationError(
                    f"{path}: entry {index}: it refers to entry {ref}, which does not come before it"
                )
            self.kinds[kind] += 1
            if last is not None and at < last:
                self._backwards += 1
                self._furthest = max(self._furthest, (last - at, index))
            last = at
            self.first = self.first or at
        self.last = last

    def notes(self) -> Iterator[str]:
        step, index = self._furthest
        if self._backwards:
            yield (
                f"entries that bear an earlier time than the entry before them: {self._backwards}, "
                f"at most by {step.total_seconds():.6f} seconds (entry {index})"
            )


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
