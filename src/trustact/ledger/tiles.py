"""The published ledger as static files: hash tiles and entry bundles (C2SP tlog-tiles).

A tile at level L holds up to 256 nodes of tree level 8 * L side by side; a bundle holds the entries of a
level 0 tile, each behind its length in two bytes, big-endian. Files never change once written: a narrower
tile at the edge of a smaller tree is another file. Publish them before the checkpoint that needs them.
"""

from collections.abc import Callable, Iterable, Iterator

from trustact.ledger.entry import MAX_ENTRY_BYTES
from trustact.ledger.errors import VerificationError
from trustact.ledger.merkle import HASH_BYTES, Node

WIDTH = 256
HEIGHT = 8  # tree levels from one tile level to the next

ENTRIES = "entries"


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """The path of tile `index` at a level, or of an entry bundle where the level is `ENTRIES`."""
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    *folders, last = (digits[at : at + 3] for at in range(0, len(digits), 3))
    path = "/".join(["tile", str(level), *(f"x{folder}" for folder in folders), last])
    return path if width == WIDTH else f"{path}.p/{width}"


def tiles_of(level: int, size: int, since: int = 0) -> Iterator[tuple[int, int]]:
    """(index, width) of each tile at a level that a tree of `size` entries has and one of `since` had not."""
    hashes, before = size >> HEIGHT * level, since >> HEIGHT * level
    if hashes == before:
        return
    for index in range(before // WIDTH, hashes // WIDTH):
        yield index, WIDTH
    if hashes % WIDTH:
        yield hashes // WIDTH, hashes % WIDTH


def published(
    size: int, node: Node, entry: Callable[[int], bytes], since: int = 0
) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every file of a ledger of `size` entries that one of `since` entries lacks.

    The checkpoint is not among them. ValueError for an entry over 65,535 bytes or a ledger that shrinks.
    """
    if not 0 <= since <= size:
        raise ValueError(f"a ledger does not go from {since} to {size} entries")
    for index, width in tiles_of(0, size, since):
        yield tile_path(ENTRIES, index, width), write_bundle(map(entry, _range(index, width)))
    for level in range(-(-size.bit_length() // HEIGHT)):
        for index, width in tiles_of(level, size, since):
            hashes = (node(HEIGHT * level, at) for at in _range(index, width))
            yield tile_path(level, index, width), b"".join(hashes)


def _range(index: int, width: int) -> range:
    return range(index * WIDTH, index * WIDTH + width)


def write_bundle(entries: Iterable[bytes]) -> bytes:
    """The bytes of an entry bundle."""
    parts = []
    for entry in entries:
        if len(entry) > MAX_ENTRY_BYTES:
            raise ValueError(f"an entry has {len(entry)} bytes, {MAX_ENTRY_BYTES} is the most")
        parts += [len(entry).to_bytes(2), entry]
    return b"".join(parts)


def read_bundle(data: bytes, width: int) -> list[bytes]:
    """The entries of a bundle; VerificationError unless there are exactly `width` and nothing after them."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2])
        if end > len(data):
            raise VerificationError(f"the bundle ends in the middle of its entry {len(entries)}")
        entries.append(data[at + 2 : end])
        at = end
    if len(entries) != width:
        raise VerificationError(f"the bundle has {len(entries)} entries, not {width}")
    return entries


def read_tile(data: bytes, width: int) -> list[bytes]:
    """The hashes of a tile; VerificationError unless there are exactly `width`."""
    if len(data) != width * HASH_BYTES:
        raise VerificationError(f"the tile has {len(data)} bytes, not {width} hashes of {HASH_BYTES} bytes")
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]
