"""The entries of a published ledger, read by index from its bundles."""

from collections.abc import Iterator

from trustact.audit.source import Fetch
from trustact.ledger.errors import VerificationError
from trustact.ledger.tiles import ENTRIES, WIDTH, read_bundle, tile_path


class Entries:
    """The entries of a ledger of `size` entries; one bundle is held at a time."""

    def __init__(self, fetch: Fetch, size: int) -> None:
        self._fetch = fetch
        self.size = size
        self._bundles: dict[int, list[bytes]] = {}

    def __iter__(self) -> Iterator[bytes]:
        """Every entry in turn."""
        return (self.at(index) for index in range(self.size))

    def at(self, index: int) -> bytes:
        """The bytes of an entry. Raises VerificationError where its bundle is missing or cut short."""
        bundle, place = divmod(index, WIDTH)
        if bundle not in self._bundles:
            width = min(WIDTH, self.size - bundle * WIDTH)
            data = published_file(self._fetch, tile_path(ENTRIES, bundle, width))
            self._bundles = {bundle: read_bundle(data, width)}
        return self._bundles[bundle][place]


def published_file(fetch: Fetch, path: str) -> bytes:
    """A file that must be there. Raises VerificationError where it is not."""
    try:
        return fetch(path)
    except (FileNotFoundError, KeyError):
        raise VerificationError(f"{path}: the file is missing") from None
