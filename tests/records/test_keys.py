"""Keys come from files nobody else may read, the environment or a command; each mistake is one line in words."""

from pathlib import Path

import pytest

from trustact.failures import BadInput
from trustact.records.key_export import Keys, export_keys, import_keys
from trustact.records.keys import KeyUnusable, read_ring

HEX = bytes(range(32)).hex()
KEYS = Keys("PRIVATE+KEY+x", {"vault-1": HEX}, {})
PASSPHRASE = "four invented words here"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "keys"
    made.mkdir(mode=0o700)
    return made


def write(path: Path, text: str = HEX, mode: int = 0o600) -> None:
    path.write_text(text)
    path.chmod(mode)


def test_files_of_their_owner_alone_are_read(folder: Path) -> None:
    write(folder / "vault-1.key")
    write(folder / "vault-2.key", "ff" * 32)
    ring = read_ring(folder, {})
    assert ring.names == ("vault-1", "vault-2")
    assert ring.newest == "vault-2"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o666])
def test_a_key_others_may_read_is_refused(folder: Path, mode: int) -> None:
    write(folder / "vault-1.key", mode=mode)
    with pytest.raises(KeyUnusable, match=rf"others than its owner may read .*mode {mode:o}.*chmod 600"):
        read_ring(folder, {})


def test_a_folder_others_may_change_is_refused(folder: Path) -> None:
    write(folder / "vault-1.key")
    folder.chmod(0o770)
    with pytest.raises(KeyUnusable, match=r"others may change the folder .*chmod 700"):
        read_ring(folder, {})


def test_the_command_goes_before_the_variable_before_the_files(folder: Path, tmp_path: Path) -> None:
    write(folder / "vault-1.key")
    (tmp_path / "kms.txt").write_text(f"vault-7 {HEX}\nindex {'ab' * 32}\n")
    variable = {"TRUSTACT_VAULT_KEY": f"vault-4 {HEX}; vault-5 {HEX}"}
    command = {"TRUSTACT_VAULT_KEY_COMMAND": f"cat '{tmp_path}/kms.txt'"}
    assert read_ring(folder, {**variable, **command}).newest == "vault-7"
    assert read_ring(folder, variable).newest == "vault-5"
    assert read_ring(folder, {}).newest == "vault-1"


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"TRUSTACT_VAULT_KEY_COMMAND": "false"}, "it ended with 1; run it by hand"),
        ({"TRUSTACT_VAULT_KEY_COMMAND": "true"}, "it printed nothing"),
        ({"TRUSTACT_VAULT_KEY_COMMAND": "no-such-kms"}, "it cannot be run"),
        ({"TRUSTACT_VAULT_KEY_COMMAND": "echo 'unclosed"}, "it cannot be run"),
        ({"TRUSTACT_VAULT_KEY": "vault-1 0001"}, "has 2 bytes instead of 32"),
        ({"TRUSTACT_VAULT_KEY": f"vault-1 {HEX[:-1]}z"}, "line 1 is not a name and a key"),
        ({"TRUSTACT_VAULT_KEY": f"vaultkey {HEX}"}, "neither vault-<number> nor index"),
        ({"TRUSTACT_VAULT_KEY": f"index {HEX}"}, "no vault key is among"),
        ({}, "holds no vault key"),
    ],
)
def test_a_mistake_is_told_in_words_and_shows_no_key(
    folder: Path, environment: dict[str, str], says: str
) -> None:
    with pytest.raises(KeyUnusable, match=says) as told:
        read_ring(folder, environment)
    assert HEX[:16] not in str(told.value)


def test_exported_keys_open_with_their_passphrase_alone() -> None:
    data = export_keys(KEYS, "boston.example", PASSPHRASE)
    assert HEX.encode() not in data
    assert import_keys(data, PASSPHRASE) == ("boston.example", KEYS)
    with pytest.raises(BadInput, match="passphrase does not open"):
        import_keys(data, "four other words here")
    with pytest.raises(BadInput, match="passphrase does not open"):
        import_keys(data.replace(b"boston.example", b"medford.exampl"), PASSPHRASE)
    with pytest.raises(BadInput, match="cut short"):
        import_keys(data[: len(data) // 2], PASSPHRASE)
    with pytest.raises(BadInput, match="take several words"):
        export_keys(KEYS, "boston.example", "short")
