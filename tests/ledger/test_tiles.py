"""The files a ledger is published as."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustact.ledger import VerificationError, leaf_hash, root
from trustact.ledger.merkle import Node
from trustact.ledger.tiles import (
    ENTRIES,
    published,
    read_bundle,
    read_tile,
    tile_path,
    tiles_of,
    write_bundle,
)

Grow = Callable[[list[bytes]], Node]


@pytest.mark.parametrize(
    ("level", "index", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (1, 999, 17, "tile/1/999.p/17"),
        (0, 1000, 256, "tile/0/x001/000"),
        (63, 1_234_067, 256, "tile/63/x001/x234/067"),
        (ENTRIES, 1_234_067, 255, "tile/entries/x001/x234/067.p/255"),
    ],
)
def test_paths(level: int | str, index: int, width: int, path: str) -> None:
    assert tile_path(level, index, width) == path


def test_the_tiles_of_70_000_entries() -> None:
    """The example of the specification."""
    assert list(tiles_of(0, 70_000)) == [*((index, 256) for index in range(273)), (273, 112)]
    assert list(tiles_of(1, 70_000)) == [(0, 256), (1, 17)]
    assert list(tiles_of(2, 70_000)) == [(0, 1)]
    assert list(tiles_of(3, 70_000)) == []


def test_the_tiles_of_256_entries() -> None:
    """The specification's other example: a full tile, and a partial one above it."""
    assert [list(tiles_of(level, 256)) for level in range(3)] == [[(0, 256)], [(0, 1)], []]


@given(st.lists(st.integers(0, 300), min_size=2, max_size=2).map(sorted))
def test_publishing_in_steps_gives_the_same_files(grow: Grow, entries: list[bytes], steps: list[int]) -> None:
    earlier, later = steps
    node = grow([leaf_hash(entry) for entry in entries])
    before = dict(published(earlier, node, entries.__getitem__))
    new = list(published(later, node, entries.__getitem__, since=earlier))
    whole = dict(published(later, node, entries.__getitem__))
    assert len(dict(new)) == len(new)
    assert before.keys().isdisjoint(dict(new))
    assert whole.items() <= {**before, **dict(new)}.items()


def test_files_hold_what_their_paths_say(grow: Grow, entries: list[bytes]) -> None:
    leaves = [leaf_hash(entry) for entry in entries]
    files = dict(published(300, grow(leaves), entries.__getitem__))
    assert sorted(files) == [
        "tile/0/000",
        "tile/0/001.p/44",
        "tile/1/000.p/1",
        "tile/entries/000",
        "tile/entries/001.p/44",
    ]
    assert read_bundle(files["tile/entries/001.p/44"], 44) == entries[256:]
    assert read_tile(files["tile/0/001.p/44"], 44) == leaves[256:]
    assert read_tile(files["tile/1/000.p/1"], 1) == [root(leaves[:256])]


@given(st.lists(st.binary(max_size=300), max_size=256))
def test_a_bundle_reads_back_as_it_was_written(parts: list[bytes]) -> None:
    assert read_bundle(write_bundle(parts), len(parts)) == parts


def test_the_longest_entry_fits() -> None:
    assert read_bundle(write_bundle([bytes(65_535)]), 1) == [bytes(65_535)]
    with pytest.raises(ValueError, match="65536 bytes, 65535 is the most"):
        write_bundle([bytes(65_536)])


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=20), st.data())
def test_a_cut_bundle_is_refused(parts: list[bytes], data: st.DataObject) -> None:
    whole = write_bundle(parts)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(VerificationError, match="the bundle"):
        read_bundle(whole[:cut], len(parts))


@given(st.lists(st.binary(max_size=20), max_size=20), st.integers(0, 20))
def test_a_bundle_of_another_width_is_refused(parts: list[bytes], width: int) -> None:
    if width != len(parts):
        with pytest.raises(VerificationError, match=f"the bundle has {len(parts)} entries, not {width}"):
            read_bundle(write_bundle(parts), width)


@pytest.mark.parametrize("data", [b"", bytes(31), bytes(33), bytes(64)])
def test_a_tile_of_another_width_is_refused(data: bytes) -> None:
    with pytest.raises(VerificationError, match="not 1 hashes of 32 bytes"):
        read_tile(data, 1)


@pytest.mark.parametrize(("size", "since"), [(1, 2), (-1, -1), (5, -1)])
def test_a_ledger_does_not_shrink(size: int, since: int, grow: Grow) -> None:
    with pytest.raises(ValueError, match=f"from {since} to {size} entries"):
        list(published(size, grow([]), [].__getitem__, since))
