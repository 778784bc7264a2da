"""The page on the laws and the README: what they show as printed is what is printed, but for the pack's digest."""

import re
import shlex
from pathlib import Path

import pytest

from trustact.cli import main

ROOT = Path(__file__).parents[2]
SHOWN = re.compile(r"```console\n\$ trustact ([^\n]+)\n(.*?)```", re.DOTALL)


def printed_in(page: str) -> list[tuple[str, str]]:
    """The commands a page shows, each with what it prints."""
    return SHOWN.findall((ROOT / page).read_text(encoding="utf-8"))


LAWS, README = printed_in("docs/laws.md"), printed_in("README.md")


def without_digest(text: str) -> str:
    """A text whose digests are all alike."""
    return re.sub(r"sha256:[0-9a-f]+", "sha256:…", text)


@pytest.mark.parametrize(
    ("command", "printed"),
    LAWS + README,
    ids=lambda text: text[:24] if text.startswith(("law", "decide")) else "",
)
def test_what_the_page_shows_is_what_is_printed(
    command: str, printed: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit) as ended:
        main(shlex.split(command))
    assert ended.value.code == 0
    assert without_digest(capfd.readouterr().out) == without_digest(printed)


def test_the_page_shows_an_amendment_and_an_open_answer() -> None:
    assert [command.split()[0] for command, _ in LAWS] == ["law", "decide"]
    assert [command.split()[0] for command, _ in README] == ["decide"]
