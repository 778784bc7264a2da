"""The entries of a published ledger, read by index from its bundles."""

from collections.abc import Iterator

from trustact.audit.source import Fetch
from trustact.ledger.errors import VerificationError
from trustact.ledger.tiles import ENTRIES, WIDTH, read_bundle, tile_path, tiles_of


class Entries:
    """The entries of a ledger of `size` entries; one bundle is held at a time."""

    def __init__(self, fetch: Fetch, size: int) -> None:
        self._fetch = fetch
        self.size = size
        self._held: tuple[int, list[bytes]] = (-1, [])

    def __iter__(self) -> Iterator[bytes]:
        """Every entry in turn."""
        return (
            entry for index, width in tiles_of(0, self.size) for entry in bundle(self._fetch, index, width)
        )

    def at(self, index: int) -> bytes:
        """The bytes of an entry. Raises VerificationError where its bundle is missing or cut short."""
        number, place = divmod(index, WIDTH)
        if self._held[0] != number:
            width = min(WIDTH, self.size - number * WIDTH)
            self._held = (number, bundle(self._fetch, number, width))
        return self._held[1][place]


def bundle(fetch: Fetch, index: int, width: int) -> list[bytes]:
    """The entries of the bundle of that index and width. Raises VerificationError where it is missing or cut short."""
    return read_bundle(published_file(fetch, tile_path(ENTRIES, index, width)), width)


def published_file(fetch: Fetch, path: str) -> bytes:
    """A file that must be there. Raises VerificationError where it is not."""
    try:
        return fetch(path)
    except (FileNotFoundError, KeyError):
        raise VerificationError(f"{path}: the file is missing") from None
