"""The entries of a published ledger, read from its bundles once more after the whole of it verified.

A host may answer otherwise the second time: what is read again must be what was verified.
"""

from collections.abc import Iterator

from trustact.audit.source import Fetch
from trustact.ledger.errors import VerificationError
from trustact.ledger.tiles import ENTRIES, WIDTH, read_bundle, tile_path, tiles_of
from trustact.ledger.verify import Verified, bundle_hash


class Entries:
    """The entries of a ledger that verified; one bundle is held at a time."""

    def __init__(self, fetch: Fetch, ledger: Verified) -> None:
        self._fetch = fetch
        self._bundles = ledger.bundles
        self.size = ledger.size
        self._held: tuple[int, list[bytes]] = (-1, [])

    def at(self, index: int) -> bytes:
        """The bytes of an entry. Raises VerificationError as `bundle` does."""
        number, place = divmod(index, WIDTH)
        if self._held[0] != number:
            self._held = (number, self.bundle((number, min(WIDTH, self.size - number * WIDTH))))
        return self._held[1][place]

    def bundle(self, place: tuple[int, int]) -> list[bytes]:
        """The entries of the bundle of that index and width. Raises VerificationError where it is not as it was."""
        entries = bundle(self._fetch, *place)
        if bundle_hash(entries) != self._bundles[place[0]]:
            path = tile_path(ENTRIES, *place)
            raise VerificationError(f"{path}: it was other bytes a moment ago, which verified")
        return entries


def every_entry(fetch: Fetch, size: int) -> Iterator[bytes]:
    """Every entry as it is published now, yet to be held to the root that verified."""
    return (entry for place in tiles_of(0, size) for entry in bundle(fetch, *place))


def bundle(fetch: Fetch, index: int, width: int) -> list[bytes]:
    """The entries of the bundle of that index and width. Raises VerificationError where it is missing or cut short."""
    return read_bundle(published_file(fetch, tile_path(ENTRIES, index, width)), width)


def published_file(fetch: Fetch, path: str) -> bytes:
    """A file that must be there. Raises VerificationError where it is not."""
    try:
        return fetch(path)
    except (FileNotFoundError, KeyError):
        raise VerificationError(f"{path}: the file is missing") from None
