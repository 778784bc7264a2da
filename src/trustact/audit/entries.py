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
        self._bundles: dict[int, list[bytes]] = {}

    def __iter__(self) -> Iterator[bytes]:
        """Every entry in turn."""
        return (entry for index, width in tiles_of(0, self.size) for entry in self._bundle(index, width))

    def at(self, index: int) -> bytes:
        """The bytes of an entry. Raises VerificationError where its bundle is missing or cut short."""
        bundle, place = divmod(index, WIDTH)
        return self._bundle(bundle, min(WIDTH, self.size - bundle * WIDTH))[place]

    def _bundle(self, index: int, width: int) -> list[bytes]:
        if index not in self._bundles:
            data = published_file(self._fetch, tile_path(ENTRIES, index, width))
            self._bundles = {index: read_bundle(data, width)}
        return self._bundles[index]


def published_file(fetch: Fetch, path: str) -> bytes:
    """A file that must be there. Raises VerificationError where it is not."""
    try:
        return fetch(path)
    except (FileNotFoundError, KeyError):
        raise VerificationError(f"{path}: the file is missing") from None
