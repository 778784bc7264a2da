"""One-time sign-in codes and the roles of those who sign in.

A code has 60 random bits in Crockford's alphabet, as in 4K7M-2QXD-9HTV. The record keeps its SHA-256 alone; it is
used once, before it expires. Codes are typed into a form and never stand in an address.
"""

import datetime as dt
import hashlib
import hmac
import secrets

from django.contrib.auth.models import AbstractUser, Group, User

from trustact.records.models import SignInCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
VALID_FOR = dt.timedelta(minutes=15)
ROLES = ("officer", "supervisor", "counsel")

# What people type for what they see, and what stands between the groups.
_AS_READ = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def person_named(name: str, role: str) -> User:
    """The account of a person with a role, made where it is missing. It has no password: codes let them in."""
    person, made = User.objects.get_or_create(username=name)
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    person.groups.add(Group.objects.get_or_create(name=role)[0])
    return person


def roles_of(person: AbstractUser) -> frozenset[str]:
    """The roles a person holds, of `ROLES`."""
    return frozenset(person.groups.values_list("name", flat=True)) & frozenset(ROLES)


def may_take_out(person: AbstractUser) -> bool:
    """Whether a person may take originals out of the vault: a supervisor."""
    return "supervisor" in roles_of(person)


def may_agree(person: AbstractUser) -> bool:
    """Whether a person may be the second for a hold or a transfer on a court's warrant: a supervisor."""
    return "supervisor" in roles_of(person)


def may_shred(person: AbstractUser) -> bool:
    """Whether a person may propose, or confirm another's proposal, to shred what is due: a supervisor or counsel."""
    return bool(roles_of(person) & {"supervisor", "counsel"})


def may_hold(person: AbstractUser) -> bool:
    """Whether a person may place a legal hold: a supervisor or counsel."""
    return bool(roles_of(person) & {"supervisor", "counsel"})


def may_lift(person: AbstractUser) -> bool:
    """Whether a person may lift a legal hold: counsel, since whether the duty to keep is over is a question of law."""
    return "counsel" in roles_of(person)


def issue_code(person: User, now: dt.datetime, valid_for: dt.timedelta = VALID_FOR) -> str:
    """A fresh code that lets this person in once; codes that have expired are forgotten."""
    SignInCode.objects.filter(expires_at__lte=now).delete()
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    SignInCode.objects.create(code_hash=_hash(code), user=person, expires_at=now + valid_for)
    return "-".join(code[i : i + 4] for i in range(0, LENGTH, 4))


def redeem(code: str, now: dt.datetime) -> User | None:
    """The person a code lets in, the code being used up by it; None for one that is wrong, used or expired."""
    given = _hash(code.upper().translate(_AS_READ))
    live = SignInCode.objects.filter(expires_at__gt=now, user__is_active=True).select_related("user")
    kept = [row for row in live if hmac.compare_digest(row.code_hash, given)]
    if not kept:
        return None
    used, _ = SignInCode.objects.filter(pk=kept[0].pk).delete()
    return kept[0].user if used else None  # of two who redeem it at once, the database lets one delete it


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
