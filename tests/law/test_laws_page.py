"""The page on the laws: what it shows as printed is what the program prints, but for the digest of the pack."""

import re
import shlex
from pathlib import Path

import pytest

from trustact.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "laws.md").read_text(encoding="utf-8")
PRINTED: list[tuple[str, str]] = re.findall(r"```console\n\$ trustact ([^\n]+)\n(.*?)```", PAGE, re.DOTALL)


def without_digest(text: str) -> str:
    """A text whose digests are all alike."""
    return re.sub(r"sha256:[0-9a-f]+", "sha256:…", text)


@pytest.mark.parametrize(("command", "printed"), PRINTED, ids=[command[:24] for command, _ in PRINTED])
def test_what_the_page_shows_is_what_is_printed(
    command: str, printed: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit) as ended:
        main(shlex.split(command))
    assert ended.value.code == 0
    assert without_digest(capfd.readouterr().out) == without_digest(printed)


def test_the_page_shows_an_amendment_and_an_open_answer() -> None:
    assert [command.split()[0] for command, _ in PRINTED] == ["law", "decide"]
