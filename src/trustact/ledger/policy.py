"""Whose checkpoints to believe: the ledgers, their witnesses, and how many must have cosigned (C2SP tlog-policy).

    log <vkey> [<address>]
    witness <name> <vkey> [<address>]
    group <name> all|any|<number> <name>...
    quorum <name>|none

Lines that are empty or begin with # are passed over. A name stands in one group at most, and only after its own
line. A witness's address is where `add-checkpoint` is posted.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from trustact.ledger.checkpoint import Checkpoint
from trustact.ledger.cosignature import cosigned_at
from trustact.ledger.note import Signs, VerifierKey, parse_decimal, parse_vkey


@dataclass(frozen=True)
class Witness:
    """A witness: what this policy calls it, its key, and the address it is posted to (empty where none is given)."""

    name: str
    key: VerifierKey
    address: str = ""


@dataclass(frozen=True)
class Policy:
    """Ledgers and witnesses to believe; `needed` and `members` of each group; `quorum` a name or `none`."""

    logs: tuple[VerifierKey, ...]
    witnesses: Mapping[str, Witness]
    groups: Mapping[str, tuple[int, tuple[str, ...]]]
    quorum: str

    def cosigned(self, checkpoint: Checkpoint) -> dict[str, dt.datetime]:
        """By name, the witnesses that cosigned a checkpoint, each with the moment, in UTC.

        VerificationError where a line of a witness does not fit.
        """
        found = {name: cosigned_at(checkpoint, witness.key) for name, witness in self.witnesses.items()}
        return {name: at for name, at in found.items() if at is not None}

    def is_enough(self, names: set[str], whole: str = "") -> bool:
        """Whether the cosignatures of these witnesses make up the quorum."""
        wanted = whole or self.quorum
        if wanted == "none":
            return True
        if wanted in self.witnesses:
            return wanted in names
        needed, members = self.groups[wanted]
        return sum(self.is_enough(names, member) for member in members) >= needed

    @property
    def wants(self) -> str:
        """The quorum in words."""
        if self.quorum not in self.groups:
            return self.quorum
        needed, members = self.groups[self.quorum]
        return f"{needed} of {', '.join(members)}"


@dataclass
class _Draft:
    """A policy while its lines are read."""

    logs: list[VerifierKey] = field(default_factory=list)
    witnesses: dict[str, Witness] = field(default_factory=dict)
    groups: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    members: set[str] = field(default_factory=set)
    quorum: str = ""

    def add(self, words: list[str]) -> None:
        match words:
            case ["log", vkey]:
                self._log(vkey)
            case ["log", vkey, _address]:
                self._log(vkey)
            case ["witness", name, vkey]:
                self._witness(name, vkey, "")
            case ["witness", name, vkey, address]:
                self._witness(name, vkey, address)
            case ["group", name, needed, *members] if members:
                self._group(name, needed, tuple(members))
            case ["quorum", name]:
                self._quorum(name)
            case _:
                raise ValueError("not a line 'log', 'witness', 'group' or 'quorum' with what belongs to it")

    def _log(self, vkey: str) -> None:
        key = _key(vkey, Signs.NOTES, "a ledger's")
        if key.public in {log.public for log in self.logs}:
            raise ValueError(f"the key of {key.name} is there twice")
        self.logs.append(key)

    def _witness(self, name: str, vkey: str, address: str) -> None:
        self._new(name)
        key = _key(vkey, Signs.COSIGNATURES, "a witness's")
        if key.public in {witness.key.public for witness in self.witnesses.values()}:
            raise ValueError(f"the key of {key.name} is there twice")
        if address and not address.startswith(("http://", "https://")):
            raise ValueError(f"the address {address} is not one of the web (http or https)")
        self.witnesses[name] = Witness(name, key, address)

    def _group(self, name: str, needed: str, members: tuple[str, ...]) -> None:
        self._new(name)
        for member in members:
            self._known(member)
            if member in self.members:
                raise ValueError(f"{member} is in a group already")
            self.members.add(member)
        count = {"all": len(members), "any": 1}.get(needed) or parse_decimal(needed)
        if not 1 <= count <= len(members):
            raise ValueError(f"{needed} of {len(members)} members cannot be had")
        self.groups[name] = (count, members)

    def _quorum(self, name: str) -> None:
        if self.quorum:
            raise ValueError("there is a quorum line already")
        if name != "none":
            self._known(name)
        self.quorum = name

    def _new(self, name: str) -> None:
        if name == "none" or name in self.witnesses or name in self.groups:
            raise ValueError(f"the name {name} is taken")

    def _known(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise ValueError(f"no line above defines {name}")


def parse_policy(text: str) -> Policy:
    """The policy of a text; ValueError with the line and what is wrong with it."""
    draft = _Draft()
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip(" \t").replace("\t", " ").split()
        if not words or words[0].startswith("#"):
            continue
        try:
            draft.add(words)
        except ValueError as wrong:
            raise ValueError(f"line {number}: {wrong}") from None
    if not draft.quorum:
        raise ValueError("there is no quorum line; 'quorum none' asks for no cosignature")
    return Policy(tuple(draft.logs), draft.witnesses, draft.groups, draft.quorum)


def _key(vkey: str, signs: Signs, whose: str) -> VerifierKey:
    key = parse_vkey(vkey)
    if key.signs is not signs:
        raise ValueError(f"the key of {key.name} is not {whose}")
    return key
