"""The desk's own secret, with which Django signs sessions and forms. Losing it signs everybody out, no more."""

import contextlib
import os
import secrets
from pathlib import Path

from trustact.records.office import OfficeError


def secret_key(office: Path) -> str:
    """The secret in `keys/desk.key` of an office, made on first use; without an office one for this process alone.

    Raises OfficeError when it can be neither read nor made.
    """
    path = office / "keys" / "desk.key"
    key = secrets.token_urlsafe(48)
    if not path.parent.is_dir():
        return key
    try:
        if not path.exists():
            _write_once(path, key)
        return path.read_text(encoding="ascii").strip()
    except OSError as wrong:
        raise OfficeError(f"the key {path} cannot be used: {wrong.strerror}") from None


def _write_once(path: Path, key: str) -> None:
    """Write the key whole under its name, unless another process was first."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key + "\n")
    with contextlib.suppress(FileExistsError):
        os.link(part, path)
    part.unlink()
