"""Verifies a whole published ledger from its static files alone.

Everything is recomputed from the entries: each leaf, each tile, the root. Memory stays flat: one bundle, one
unfinished tile per tile level, and the tree's right edge.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from trustact.ledger.checkpoint import Checkpoint, open_checkpoint
from trustact.ledger.entry import Entry, parse_entry
from trustact.ledger.errors import VerificationError
from trustact.ledger.merkle import Frontier, leaf_hash
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
    edge, tiles, tally = Frontier(), _Tiles(fetch), _Tally()
    sizes, roots = {checkpoint.size for checkpoint in heads.values()}, {0: edge.root()}
    for path, data in _entries(fetch, head.size):
        with _at(f"{path}: entry {edge.size}"):
            tally.add(edge.size, parse_entry(data))
        tiles.add(edge.append(leaf_hash(data)))
        if edge.size in sizes:
            roots[edge.size] = edge.root()
        if on_progress and (edge.size % WIDTH == 0 or edge.size == head.size):
            on_progress(edge.size, head.size)
    tiles.finish()
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


def _entries(fetch: Fetch, size: int) -> Iterator[tuple[str, bytes]]:
    """Each entry's bytes in turn, with the path of its bundle."""
    for index, width in tiles_of(0, size):
        path = tile_path(ENTRIES, index, width)
        with _at(path):
            entries = read_bundle(_get(fetch, path), width)
        yield from ((path, entry) for entry in entries)


class _Tiles:
    """The hash tiles as the entries make them, each compared with the published one when it is complete."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._size = 0
        self._pending: list[list[bytes]] = []  # by tile level, the hashes of its unfinished tile

    def add(self, completed: Sequence[bytes]) -> None:
        self._size += 1
        for level, node in enumerate(completed[::HEIGHT]):
            if level == len(self._pending):
                self._pending.append([])
            self._pending[level].append(node)
            if len(self._pending[level]) == WIDTH:
                self._compare(level)

    def finish(self) -> None:
        for level, hashes in enumerate(self._pending):
            if hashes:
                self._compare(level)

    def _compare(self, level: int) -> None:
        expected, self._pending[level] = self._pending[level], []
        index = ((self._size >> HEIGHT * level) - 1) // WIDTH
        path = tile_path(level, index, len(expected))
        with _at(path):
            published = read_tile(_get(self._fetch, path), len(expected))
            for position, (ours, theirs) in enumerate(zip(expected, published, strict=True)):
                if ours != theirs:
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

    def add(self, index: int, entry: Entry) -> None:
        if entry.refs and entry.refs[-1] >= index:
            raise VerificationError(f"it refers to entry {entry.refs[-1]}, which does not come before it")
        self.kinds[entry.kind] += 1
        self.first = self.first or entry.at
        if self.last and entry.at < self.last:
            self._backwards += 1
            self._furthest = max(self._furthest, (self.last - entry.at, index))
        self.last = entry.at

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
