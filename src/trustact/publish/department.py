"""Who publishes: the department as its documents name it, and its own codes for stations and channels."""

import msgspec


class Department(msgspec.Struct, frozen=True):
    """A law enforcement agency: its name, the office that signs, its address, and what its codes stand for.

    `stations` and `channels` give the printed name of each code. A table by station or channel has a row for
    every one of them, so that a silent one is seen.
    """

    name: str
    office: str
    address: tuple[str, ...]
    stations: dict[str, str]
    channels: dict[str, str]

    def station(self, code: str) -> str:
        """The printed name of a station; a code the department does not list stands for itself."""
        return self.stations.get(code, code)

    def channel(self, code: str) -> str:
        """The printed name of a channel; a code the department does not list stands for itself."""
        return self.channels.get(code, code)
