"""Where the office's keys are: files only their owner reads, or, for the vault, the environment or a command.

- `keys/vault-<n>.key`, `keys/index.key`: 32 bytes each in hexadecimal; `keys/ledger.key`: the signing key
- TRUSTACT_VAULT_KEY: the vault's keys as text, `name hexadecimal` on each line or parted by semicolons
- TRUSTACT_VAULT_KEY_COMMAND: a command that prints that text, to ask a key management service for it

The command goes before the variable, and either before the files. No key stands in the database or a backup.
"""

import errno
import os
import secrets
import shlex
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

from trustact.failures import OutsideFailed
from trustact.files import settle
from trustact.records.vault import INDEX, KEY_BYTES, KeyRing, VaultError

VARIABLE = "TRUSTACT_VAULT_KEY"
COMMAND = "TRUSTACT_VAULT_KEY_COMMAND"
RETIRED = "retired"
_COMMAND_SECONDS = 30


class KeyUnusable(OutsideFailed):
    """A key that cannot be had or must not be used: which, why, and what to do."""


def in_files(environment: Mapping[str, str]) -> bool:
    """Whether the vault's keys are files of the office."""
    return not (environment.get(COMMAND) or environment.get(VARIABLE))


def read_ring(folder: Path, environment: Mapping[str, str]) -> KeyRing:
    """The vault's keys. Raises KeyUnusable where there are none, or one may be read by others."""
    source, text = COMMAND, ""
    if environment.get(COMMAND):
        text = _output_of(environment[COMMAND])
    elif environment.get(VARIABLE):
        source, text = VARIABLE, environment[VARIABLE]
    try:
        return KeyRing(parse_keys(text) if text else _vault_files(folder))
    except (VaultError, ValueError) as wrong:
        raise KeyUnusable(f"{source if text else folder}: {wrong}") from None


def state_of(folder: Path, environment: Mapping[str, str]) -> object:
    """What tells whether the keys may have changed since they were read; a file of that name never changes."""
    if not in_files(environment):
        return environment.get(COMMAND), environment.get(VARIABLE)
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - asked for each record that is opened
    except OSError as wrong:
        raise KeyUnusable(f"the folder of keys {folder} cannot be read: {wrong.strerror}") from None


def parse_keys(text: str) -> dict[str, bytes]:
    """Keys by name from text, a `name hexadecimal` on each line. ValueError, which repeats nothing of it."""
    keys = {}
    for number, line in enumerate(text.replace(";", "\n").strip().splitlines(), start=1):
        name, _, digits = line.strip().partition(" ")
        try:
            keys[name] = bytes.fromhex(digits)
        except ValueError:
            raise ValueError(f"line {number} is not a name and a key in hexadecimal") from None
    return keys


def new_key() -> bytes:
    """Fresh bytes for a vault or index key."""
    return secrets.token_bytes(KEY_BYTES)


def first_keys() -> dict[str, bytes]:
    """The vault keys of a new office."""
    return {"vault-1": new_key(), INDEX: new_key()}


def key_file(folder: Path, name: str) -> Path:
    """The file of a key."""
    return folder / f"{name}.key"


def _vault_files(folder: Path) -> dict[str, bytes]:
    files = [*folder.glob("vault-*.key"), *folder.glob(f"{INDEX}*.key")]
    if not any(file.name.startswith("vault-") for file in files):
        raise KeyUnusable(f"{folder} holds no vault key: restore it from where keys are kept")
    return {file.stem: bytes.fromhex(read_secret(file)) for file in files}


def _output_of(command: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 (the administrator names the command)
            shlex.split(command), capture_output=True, text=True, check=True, timeout=_COMMAND_SECONDS
        )
    except subprocess.CalledProcessError as wrong:
        reason = f"it ended with {wrong.returncode}"
    except subprocess.TimeoutExpired:
        reason = f"it gave no answer in {_COMMAND_SECONDS} seconds"
    except (OSError, ValueError) as wrong:
        reason = f"it cannot be run ({type(wrong).__name__})"
    else:
        if done.stdout.strip():
            return done.stdout
        reason = "it printed nothing"
    raise KeyUnusable(f"{COMMAND}: {reason}; run it by hand to see why") from None


def read_secret(path: Path) -> str:
    """A key's file, stripped. Raises KeyUnusable where it cannot be read, or others than its owner may read it."""
    try:
        if stat.S_IMODE(path.parent.stat().st_mode) & 0o022:
            raise KeyUnusable(f"others may change the folder {path.parent}: chmod 700 {path.parent}")
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            raise KeyUnusable(
                f"others than its owner may read the key {path} (mode {mode:o}): chmod 600 {path}"
            )
        return path.read_text(encoding="ascii").strip()
    except OSError as wrong:
        raise KeyUnusable(f"the key {path} cannot be read: {wrong.strerror}") from None
    except UnicodeDecodeError:
        raise KeyUnusable(f"the key {path} is not text in hexadecimal: restore it") from None


def write_secret(path: Path, text: str) -> None:
    """Write a new file that its owner alone may read, whole before it has its name, and on the disk on return.

    OSError where it is there.
    """
    if path.exists():
        raise FileExistsError(errno.EEXIST, "it is there already", str(path))
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    settle(path.parent)


def retire(folder: Path, name: str) -> None:
    """Put a vault key where it seals and opens nothing any more, for the sake of backups made before."""
    (folder / RETIRED).mkdir(mode=0o700, exist_ok=True)
    key_file(folder, name).rename(key_file(folder / RETIRED, name))
    settle(folder / RETIRED)
    settle(folder)


def destroy(path: Path) -> None:
    """Overwrite a key's file and unlink it. A disk that remaps blocks may keep a copy: see docs/retention.md."""
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
