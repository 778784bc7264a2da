"""Cosignatures of witnesses, against the specification's own example and another reader; policies and quorums."""

import datetime as dt
from dataclasses import replace

import pytest
from tlog_scales.signing import Vkey
from tlog_scales.tlog import Checkpoint as ScalesCheckpoint

from trustact.ledger import VerificationError
from trustact.ledger.checkpoint import Checkpoint, open_checkpoint, sign
from trustact.ledger.cosignature import cosign, cosigned_at, with_signatures
from trustact.ledger.note import SigningKey, Signs, parse_skey, parse_vkey
from trustact.ledger.policy import Policy, parse_policy

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
LOG = SigningKey("records.example.org/ledger", bytes(range(32)))
CLERK = SigningKey("clerk.example.org/w", bytes([1]) * 32, Signs.COSIGNATURES)
PRESS = SigningKey("press.example.org/w", bytes([2]) * 32, Signs.COSIGNATURES)
COUNCIL = SigningKey("council.example.org/w", bytes([3]) * 32, Signs.COSIGNATURES)
HEAD = sign(Checkpoint(LOG.name, 7, bytes(32), ("an extension",)), LOG)


def cosigned(*keys: SigningKey) -> Checkpoint:
    return with_signatures(HEAD, tuple(cosign(HEAD, key, NOON) for key in keys))


def test_a_cosignature_says_who_and_when_and_survives_the_note() -> None:
    read = open_checkpoint(cosigned(CLERK).note, [LOG.verifier, CLERK.verifier])
    assert cosigned_at(read, CLERK.verifier) == NOON
    assert cosigned_at(read, PRESS.verifier) is None
    assert cosigned_at(HEAD, CLERK.verifier) is None


def test_another_reader_takes_it() -> None:
    head = replace(HEAD, extensions=())
    note = with_signatures(head, (cosign(head, CLERK, NOON),)).note.decode()
    vkey = Vkey.from_string(CLERK.verifier.text)
    ScalesCheckpoint.from_text(note).verify(vkey)
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever it raises, it refuses
        ScalesCheckpoint.from_text(note.replace("\n7\n", "\n8\n")).verify(vkey)


def test_the_signed_message_is_that_of_the_specification() -> None:
    value = cosign(HEAD, CLERK, NOON).value
    message = b"cosignature/v1\ntime %d\n%s" % (int(NOON.timestamp()), HEAD.text.encode())
    assert int.from_bytes(value[:8]) == int(NOON.timestamp())
    assert CLERK.verifier.fits(value[8:], message)
    assert CLERK.verifier.text.split("+", 2)[2].startswith("B")  # the byte 0x04


@pytest.mark.parametrize("at", [0, 7, 8, 40, 71])
def test_no_byte_of_it_can_change(at: int) -> None:
    line = cosign(HEAD, CLERK, NOON)
    value = line.value[:at] + bytes([line.value[at] ^ 1]) + line.value[at + 1 :]
    for changed in (replace(line, value=value), replace(line, value=line.value[:at])):
        with pytest.raises(VerificationError, match=r"of clerk.example.org/w (does not fit|bears no time)"):
            cosigned_at(with_signatures(HEAD, (changed,)), CLERK.verifier)


def test_neither_kind_of_key_passes_for_the_other() -> None:
    with pytest.raises(ValueError, match="is not a witness's"):
        cosign(HEAD, LOG, NOON)
    with pytest.raises(ValueError, match="signs no notes"):
        sign(HEAD, replace(CLERK, name=LOG.name))
    with pytest.raises(VerificationError, match="not signed with a key that was given"):
        open_checkpoint(cosigned(CLERK).note, [replace(LOG.verifier, signs=Signs.COSIGNATURES)])
    assert parse_skey(CLERK.text) == CLERK
    assert parse_vkey(CLERK.verifier.text) == CLERK.verifier


def test_a_new_line_of_a_witness_takes_the_place_of_its_old_one() -> None:
    later = cosign(HEAD, CLERK, NOON + dt.timedelta(hours=1))
    again = with_signatures(cosigned(CLERK, PRESS), (later,))
    assert len(again.signatures) == 3
    assert cosigned_at(again, CLERK.verifier) == NOON + dt.timedelta(hours=1)


POLICY = f"""
# Whom the council trusts
log {LOG.verifier.text}
witness clerk {CLERK.verifier.text} https://clerk.example.org/
witness press\t{PRESS.verifier.text}
witness council {COUNCIL.verifier.text}
group outside any press council
group both all clerk outside
quorum both
"""


@pytest.mark.parametrize(
    ("signers", "enough"),
    [
        ((), False),
        ((CLERK,), False),
        ((PRESS, COUNCIL), False),
        ((CLERK, COUNCIL), True),
        ((CLERK, PRESS, COUNCIL), True),
    ],
)
def test_a_quorum_is_counted_by_its_groups(signers: tuple[SigningKey, ...], enough: bool) -> None:
    policy = parse_policy(POLICY)
    names = policy.cosigned(cosigned(*signers)).keys()
    assert len(names) == len(signers)
    assert policy.is_enough(set(names)) is enough
    assert policy.wants == "2 of clerk, outside"


def test_no_quorum_asks_for_nobody() -> None:
    policy = parse_policy("quorum none\n")
    assert policy == Policy((), {}, {}, "none")
    assert policy.is_enough(set())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "there is no quorum line"),
        (POLICY + "quorum none\n", "line 10: there is a quorum line already"),
        ("quorum clerk", "line 1: no line above defines clerk"),
        (f"witness none {CLERK.verifier.text}", "line 1: the name none is taken"),
        (POLICY + "group more any clerk", "clerk is in a group already"),
        (f"witness a {CLERK.verifier.text}\ngroup g 2 a", "line 2: 2 of 1 members cannot be had"),
        (f"witness a {CLERK.verifier.text}\ngroup g 0 a", "line 2: 0 of 1 members cannot be had"),
        (f"witness a {CLERK.verifier.text}\nwitness b {CLERK.verifier.text}", "line 2: the key of .* twice"),
        (f"witness a {LOG.verifier.text}", "is not a witness's"),
        (f"log {CLERK.verifier.text}", "is not a ledger's"),
        (f"witness a {CLERK.verifier.text} ftp://a", "is not one of the web"),
        ("witness a", "line 1: not a line 'log'"),
        ("believe everyone", "line 1: not a line 'log'"),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_policy(text)
