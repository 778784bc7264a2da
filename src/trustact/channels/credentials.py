"""What a channel signs in with: passwords from files of their own, and OAuth 2 access tokens (RFC 6749)."""

import json
import os
import ssl
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from time import monotonic
from typing import Any

from trustact.failures import BadInput, OutsideFailed
from trustact.records.intake_settings import OAuthSettings
from trustact.records.office import Office

_EARLIER = 60.0
_MOST_BYTES = 100_000


def secret(office: Office, file: str) -> str:
    """A secret from its file. Raises OutsideFailed where it cannot be read, and BadInput where others can read it."""
    path = office.folder / file
    try:
        if path.stat().st_mode & 0o077:
            raise BadInput(f"{path} can be read by others: chmod 600 {path}")
        return path.read_text(encoding="utf-8").strip()
    except OSError as wrong:
        raise OutsideFailed(f"{path}: {wrong.strerror}") from None


def tls_context(office: Office, ca_file: str) -> ssl.SSLContext:
    """TLS that checks the server's certificate and name, against the system's authorities or one file of them."""
    return ssl.create_default_context(cafile=str(office.folder / ca_file) if ca_file else None)


class AccessTokens:
    """Access tokens of one account, each kept until a minute before it ends."""

    def __init__(self, office: Office, settings: OAuthSettings, timeout: float) -> None:
        self._office = office
        self._settings = settings
        self._timeout = timeout
        self._token = ""
        self._until = 0.0

    def token(self) -> str:
        """A token that is good now. Raises OutsideFailed where none is given."""
        if not self._token or monotonic() >= self._until:
            answer = self._asked()
            self._token = str(answer.get("access_token", ""))
            if not self._token:
                raise OutsideFailed(f"{self._settings.token_url} gave no access token")
            self._until = monotonic() + float(answer.get("expires_in", 0)) - _EARLIER
            self._keep_refresh(str(answer.get("refresh_token", "")))
        return self._token

    def forget(self) -> None:
        """The token was refused: ask for another next time."""
        self._token = ""

    def _asked(self) -> dict[str, Any]:
        url = self._settings.token_url
        request = urllib.request.Request(url, data=self._form(), method="POST")  # noqa: S310 - checked: https
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as response:  # noqa: S310
                answer = json.loads(response.read(_MOST_BYTES))
        except urllib.error.HTTPError as wrong:
            wrong.close()
            raise OutsideFailed(
                f"{url} refuses a token (HTTP {wrong.code}): is the registration good?"
            ) from None
        except (OSError, ValueError) as wrong:
            raise OutsideFailed(
                f"{url} does not answer as a token endpoint does ({type(wrong).__name__})"
            ) from None
        return answer if isinstance(answer, dict) else {}

    def _form(self) -> bytes:
        own = self._settings
        form = {"client_id": own.client_id, "grant_type": "client_credentials"}
        if own.refresh_token_file:
            form["grant_type"] = "refresh_token"
            form["refresh_token"] = secret(self._office, own.refresh_token_file)
        if own.client_secret_file:
            form["client_secret"] = secret(self._office, own.client_secret_file)
        if own.scope:
            form["scope"] = own.scope
        return urllib.parse.urlencode(form).encode()

    def _keep_refresh(self, refresh: str) -> None:
        """A new refresh token replaces the old one (RFC 6749, section 6)."""
        file = self._settings.refresh_token_file
        if refresh and file and refresh != secret(self._office, file):
            _replace(self._office.folder / file, refresh)


def _replace(path: Path, text: str) -> None:
    new = path.with_name(path.name + ".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(handle)
    new.replace(path)
