"""A bundle read by columns has the verdict of its entries read one by one."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trustact.ledger import VerificationError
from trustact.ledger.bundle import open_bundle
from trustact.ledger.entry import Entry, parse_entry
from trustact.ledger.tiles import read_bundle, write_bundle

AT = datetime(2024, 2, 28, 23, 59, 58, tzinfo=UTC)
FIRST = 1000

commitments = st.none() | st.sampled_from(["0f" * 32, "a1" * 32])
written = st.lists(
    st.builds(
        Entry,
        at=st.timedeltas(timedelta(0), timedelta(days=3)).map(lambda after: AT + after),
        kind=st.sampled_from(["document-received", "document-read", "facts-attested"]),
        public=commitments,
        sealed=commitments,
        case=st.none() | st.just("ab" * 16),
        refs=st.sampled_from([(), (0,), (FIRST - 1,), (FIRST + 1,), (3, 17), (10**15,)]),
    ).map(Entry.encode),
    min_size=1,
    max_size=5,
)


def judged(data: bytes, width: int) -> object:
    """What reading entry by entry makes of a bundle: what is wrong, or what is counted."""
    try:
        entries = read_bundle(data, width)
    except VerificationError as wrong:
        return str(wrong)
    moments: list[datetime] = []
    kinds, back = Counter[str](), 0
    for index, entry in enumerate(entries, FIRST):
        try:
            found = parse_entry(entry)
        except VerificationError as wrong:
            return f"entry {index}: {wrong}"
        if found.refs and found.refs[-1] >= index:
            return f"entry {index}: it refers to entry {found.refs[-1]}, which does not come before it"
        back += bool(moments) and found.at < moments[-1]
        moments.append(found.at)
        kinds[found.kind] += 1
    return entries, kinds, moments[0], moments[-1], back


def opened(data: bytes, width: int) -> object:
    try:
        entries, tally = open_bundle(data, width, FIRST)
    except VerificationError as wrong:
        return str(wrong)
    return list(entries), tally.kinds, tally.first, tally.last, tally.backwards


@given(written, st.data())
def test_any_change_has_the_same_verdict(entries: list[bytes], data: st.DataObject) -> None:
    sound = write_bundle(entries)
    assert opened(sound, len(entries)) == judged(sound, len(entries))
    at = data.draw(st.integers(0, len(sound)), label="at")
    put = data.draw(
        st.binary(max_size=2) | st.sampled_from([b"0", b"2", b"9", b"A", b",", b'"']), label="put"
    )
    changed = sound[:at] + put + sound[at + data.draw(st.integers(0, 2), label="bytes replaced") :]
    assert opened(changed, len(entries)) == judged(changed, len(entries))


@given(written, st.data())
def test_an_entry_of_another_form_has_the_same_verdict(entries: list[bytes], data: st.DataObject) -> None:
    """The change is framed anew, so that only the entry itself is wrong."""
    place = data.draw(st.integers(0, len(entries) - 1), label="entry")
    entry = entries[place]
    at = data.draw(st.integers(0, len(entry) - 1), label="at")
    put = data.draw(
        st.binary(max_size=2) | st.sampled_from([b"0", b"2", b"9", b"A", b",", b'"']), label="put"
    )
    entries[place] = entry[:at] + put + entry[at + 1 :]
    changed = write_bundle(entries)
    assert opened(changed, len(entries)) == judged(changed, len(entries))


@pytest.mark.parametrize(
    "at",
    ["2023-02-29T00:00:00.000000", "2024-02-29T24:00:00.000000", "2024-02-29T23:59:60.000000", "2024-13-01T00:00:00.000000",
     "2024-00-01T00:00:00.000000", "0000-01-01T00:00:00.000000", "2024-02-29T00:60:00.000000", "2024-02-29 00:00:00.000000"],
)  # fmt: skip
def test_no_moment_that_never_was(at: str) -> None:
    sound = Entry(AT, "document-received", None, None).encode()
    changed = write_bundle([sound, sound.replace(b"2024-02-28T23:59:58.000000", at.encode())])
    said = opened(changed, 2)
    assert isinstance(said, str)
    assert said.startswith("entry 1001: ")
    assert said == judged(changed, 2)


@example(10**15)
@given(st.integers(0, 2**53))
def test_a_reference_is_compared_as_a_number(ref: int) -> None:
    data = write_bundle([Entry(AT, "document-received", None, None, refs=(ref,)).encode()])
    assert opened(data, 1) == judged(data, 1)
