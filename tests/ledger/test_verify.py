"""The verifier of a whole published ledger: what it reports, and that nothing can be changed unseen."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustact.ledger import VerificationError
from trustact.ledger.checkpoint import open_checkpoint
from trustact.ledger.entry import parse_entry
from trustact.ledger.note import Signature, SigningKey
from trustact.ledger.verify import Verified, verify_ledger

Files = dict[str, bytes]
Publish = Callable[[list[bytes]], Files]
Audit = Callable[[Files], Verified]


@pytest.fixture(scope="module")
def files(publish: Publish, entries: list[bytes], witness_line: Signature) -> Files:
    """300 entries, and a checkpoint that a witness has signed too."""
    files = publish(entries)
    return {**files, "checkpoint": files["checkpoint"] + witness_line.line.encode()}


@pytest.fixture(scope="module")
def audit(key: SigningKey) -> Audit:
    return lambda files: verify_ledger(files.__getitem__, [key.verifier])


@pytest.fixture(scope="module")
def unlinked(entries: list[bytes]) -> list[bytes]:
    """The entries without their references, so that they may stand in any order."""
    return [replace(parse_entry(entry), refs=()).encode() for entry in entries]


def test_what_a_sound_ledger_says_of_itself(files: Files, audit: Audit, entries: list[bytes]) -> None:
    found = audit(files)
    assert (found.origin, found.size) == ("records.example.org/ledger", 300)
    assert b64encode(bytes.fromhex(found.root)) == files["checkpoint"].split(b"\n")[2]
    assert found.kinds == {
        "disposition-recorded": 60,
        "document-read": 60,
        "document-received": 60,
        "facts-confirmed": 60,
        "finding-recorded": 60,
    }
    assert (found.first, found.last) == (parse_entry(entries[0]).at, parse_entry(entries[-1]).at)
    assert (found.notes, len(found.checkpoint.signatures)) == ((), 2)


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257])
def test_ledgers_of_other_sizes(size: int, publish: Publish, audit: Audit, entries: list[bytes]) -> None:
    found = audit(publish(entries[:size]))
    assert (found.size, sum(found.kinds.values()), found.notes) == (size, size, ())


def test_three_levels_of_tiles(publish: Publish, audit: Audit, unlinked: list[bytes]) -> None:
    """Only the tile at the top is wrong: all others were found right before it."""
    files = publish(unlinked[:257] * 256)
    files["tile/2/000.p/1"] = files["tile/2/000.p/1"][::-1]
    assert {"tile/1/000", "tile/1/001.p/1", "tile/2/000.p/1"} <= files.keys()
    with pytest.raises(VerificationError, match=r"tile/2/000\.p/1: hash 0 is not that of entries 0 to 65535"):
        audit(files)


def test_progress_is_told_bundle_by_bundle(files: Files, key: SigningKey) -> None:
    told: list[tuple[int, int]] = []
    verify_ledger(
        files.__getitem__, [key.verifier], on_progress=lambda done, total: told.append((done, total))
    )
    assert told == [(256, 300), (300, 300)]


def test_a_folder_serves_as_well(
    files: Files, key: SigningKey, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    assert verify_ledger(lambda path: (folder / path).read_bytes(), [key.verifier]).size == 300
    (folder / "tile/1/000.p/1").unlink()
    with pytest.raises(VerificationError, match=r"^tile/1/000\.p/1: it is missing$"):
        verify_ledger(lambda path: (folder / path).read_bytes(), [key.verifier])


def test_times_that_go_back_are_a_note(publish: Publish, audit: Audit, entries: list[bytes]) -> None:
    moved = [parse_entry(entry) for entry in entries[:9]]
    moved[4] = replace(moved[4], at=moved[3].at - timedelta(seconds=90))
    moved[7] = replace(moved[7], at=moved[6].at - timedelta(microseconds=1))
    assert audit(publish([entry.encode() for entry in moved])).notes == (
        "entries that bear an earlier time than the entry before them: 2, "
        "at most by 90.000000 seconds (entry 4)",
    )


def test_an_entry_refers_only_to_earlier_ones(publish: Publish, audit: Audit, entries: list[bytes]) -> None:
    wrong = replace(parse_entry(entries[7]), refs=(2, 7)).encode()
    with pytest.raises(
        VerificationError, match=r"000\.p/9: entry 7: it refers to entry 7, which does not come"
    ):
        audit(publish([*entries[:7], wrong, *entries[8:9]]))


def test_an_entry_is_canonical(publish: Publish, audit: Audit, entries: list[bytes]) -> None:
    loose = entries[7].replace(b",", b", ")
    with pytest.raises(VerificationError, match=r"000\.p/9: entry 7: the entry is not in canonical form"):
        audit(publish([*entries[:7], loose, *entries[8:9]]))


@given(st.integers(0, 300))
def test_a_ledger_that_grew_continues_an_older_checkpoint(
    files: Files, publish: Publish, key: SigningKey, entries: list[bytes], size: int
) -> None:
    older = publish(entries[:size])["checkpoint"]
    assert verify_ledger(files.__getitem__, [key.verifier], {"the older checkpoint": older}).size == 300


@pytest.mark.parametrize("at", [0, 17, 99])
def test_a_history_rewritten_and_signed_anew_is_seen(
    publish: Publish, key: SigningKey, entries: list[bytes], at: int
) -> None:
    older = publish(entries[:100])["checkpoint"]
    rewritten = replace(parse_entry(entries[at]), sealed="00" * 32).encode()
    files = publish([*entries[:at], rewritten, *entries[at + 1 :]])
    assert verify_ledger(files.__getitem__, [key.verifier]).size == 300
    with pytest.raises(VerificationError, match=r"the older checkpoint: SPLIT VIEW.* for 100 entries"):
        verify_ledger(files.__getitem__, [key.verifier], {"the older checkpoint": older})


def test_a_ledger_that_shrank_is_seen(publish: Publish, key: SigningKey, entries: list[bytes]) -> None:
    older = publish(entries[:100])["checkpoint"]
    with pytest.raises(VerificationError, match="it counts 100 entries, the published one only 99"):
        verify_ledger(publish(entries[:99]).__getitem__, [key.verifier], {"the older checkpoint": older})


def test_an_older_checkpoint_of_another_ledger_is_refused(files: Files, key: SigningKey) -> None:
    other = SigningKey("other.example.org", bytes(32))
    head = replace(open_checkpoint(files["checkpoint"], [key.verifier]), origin=other.name, signatures=())
    note = replace(head, signatures=(other.sign(head.text),)).note
    with pytest.raises(VerificationError, match=r"the older checkpoint: it is of other\.example\.org"):
        verify_ledger(files.__getitem__, [key.verifier, other.verifier], {"the older checkpoint": note})
    with pytest.raises(VerificationError, match="the older checkpoint: the origin is not one of the logs"):
        verify_ledger(files.__getitem__, [key.verifier], {"the older checkpoint": note})


# Tampering. The only bytes without meaning are a witness's signature line at the end of the checkpoint, which
# nobody without the witness's key can judge.


def refused(audit: Audit, files: Files) -> str:
    with pytest.raises(VerificationError) as caught:
        audit(files)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@given(st.data())
def test_no_byte_can_be_changed(
    files: Files, audit: Audit, witness_line: Signature, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(sorted(files)), label="path")
    before = files[path]
    meaningful = len(before) - len(witness_line.line.encode()) * (path == "checkpoint")
    at = data.draw(st.integers(0, meaningful - 1), label="at")
    width = data.draw(st.integers(0, 3), label="bytes replaced")
    put = data.draw(st.binary(max_size=3), label="put")
    after = before[:at] + put + before[at + width :]
    if after != before:
        message = refused(audit, {**files, path: after})
        assert message.startswith(("checkpoint: ", "tile/"))


def test_no_byte_of_the_logs_own_checkpoint_can_be_changed(
    files: Files, audit: Audit, witness_line: Signature
) -> None:
    note = files["checkpoint"]
    for at in range(len(note) - len(witness_line.line.encode())):
        for bit in (0x01, 0x20, 0x80):
            changed = note[:at] + bytes([note[at] ^ bit]) + note[at + 1 :]
            assert refused(audit, {**files, "checkpoint": changed}).startswith("checkpoint: ")


def test_a_witness_line_changes_nothing(files: Files, audit: Audit, witness_line: Signature) -> None:
    line = witness_line.line.encode()
    without = audit({**files, "checkpoint": files["checkpoint"].removesuffix(line)})
    other = audit({**files, "checkpoint": files["checkpoint"].replace(b"witness", b"Witness")})
    whole = audit(files)
    assert (
        replace(without, checkpoint=whole.checkpoint) == replace(other, checkpoint=whole.checkpoint) == whole
    )


@given(st.data())
def test_no_file_can_be_cut_lengthened_removed_or_swapped(
    files: Files, audit: Audit, data: st.DataObject
) -> None:
    path, other = data.draw(st.lists(st.sampled_from(sorted(files)), min_size=2, max_size=2, unique=True))
    cut = data.draw(st.integers(0, len(files[path]) - 1))
    tampered = data.draw(
        st.sampled_from(
            [
                {**files, path: files[other], other: files[path]},
                {**files, path: files[other]},
                {name: held for name, held in files.items() if name != path},
                {**files, path: files[path] + b"\n"},
                {**files, path: b""},
                *([{**files, path: files[path][:cut]}] if path != "checkpoint" else []),
            ]
        )
    )
    refused(audit, tampered)


@given(st.integers(2, 40), st.data())
def test_no_entry_can_be_changed_removed_added_or_moved(
    publish: Publish, audit: Audit, unlinked: list[bytes], size: int, data: st.DataObject
) -> None:
    """Whoever holds all files but not the key makes every tile anew around another history."""
    at, to = data.draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True))
    history = unlinked[:size]
    sound = publish(history)
    before, entry, after = history[:at], history[at], history[at + 1 :]
    changed = replace(parse_entry(entry), kind="document-withdrawn").encode()
    moved = [*before, *after]
    moved.insert(to, entry)
    other = data.draw(
        st.sampled_from(
            [[*before, changed, *after], [*before, *after], [*before, changed, entry, *after], moved]
        )
    )
    assert audit(sound).size == size
    refused(audit, {**publish(other), "checkpoint": sound["checkpoint"]})


def test_another_key_opens_nothing(files: Files) -> None:
    stranger = SigningKey("records.example.org/ledger", bytes(32)).verifier
    with pytest.raises(
        VerificationError, match="checkpoint: the note is not signed with a key that was given"
    ):
        verify_ledger(files.__getitem__, [stranger])
    with pytest.raises(VerificationError, match="not one of the logs whose keys were given: none"):
        verify_ledger(files.__getitem__, [])


def test_the_message_says_which_entry(files: Files, audit: Audit) -> None:
    first, second = files["tile/entries/000"], files["tile/entries/001.p/44"]
    changed = {**files, "tile/entries/000": first.replace(b'"document-read"', b'"document-rear"', 1)}
    assert refused(audit, changed) == "tile/0/000: hash 1 is not that of entry 1 as published"
    changed = {**files, "tile/entries/001.p/44": second.replace(b'"document-read"', b'"document-rear"', 1)}
    assert refused(audit, changed) == "tile/0/001.p/44: hash 0 is not that of entry 256 as published"
    broken = {**files, "tile/entries/001.p/44": second.replace(b'"case"', b'"cast"', 1)}
    message = refused(audit, broken)
    assert message.startswith("tile/entries/001.p/44: entry 256: this is not a ledger entry: it is not an")
    short = {**files, "tile/entries/001.p/44": second[:-1]}
    assert refused(audit, short) == "tile/entries/001.p/44: the bundle ends in the middle of its entry 43"
