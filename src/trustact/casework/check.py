"""Check: the whole record of an office, against its published ledger and by making everything again."""

import msgspec
from django.core.exceptions import ObjectDoesNotExist

from trustact.audit.public import Audited
from trustact.audit.source import Fetch
from trustact.casework.check_events import check_events
from trustact.casework.check_record import check_cases, check_checkpoints, check_laws, check_rows
from trustact.casework.check_reports import check_reports
from trustact.casework.replay import replay
from trustact.ledger.errors import VerificationError
from trustact.records.office import Office
from trustact.records.vault import VaultError


class Checked(msgspec.Struct, frozen=True):
    """How many decisions replayed to the same bytes, how many reports were made again, and notes."""

    decisions: int
    reports: int
    notes: tuple[str, ...]


def check(office: Office, fetch: Fetch, audited: Audited) -> Checked:
    """Check an office against the public files of its ledger, which verified.

    Raises VerificationError: what was changed, and where.
    """
    check_rows(fetch, audited.size, audited.root)
    return check_office(office)


def check_office(office: Office) -> Checked:
    """Check an office against its own ledger, whatever of that is in public. Raises VerificationError as `check`."""
    try:
        check_checkpoints(office)
        check_events(office)
        check_cases(office)
        check_laws()
        decisions = replay(office)
        remade = check_reports(office)
    except VaultError as wrong:
        raise VerificationError(f"the vault: {wrong}") from None
    except ObjectDoesNotExist as missing:
        raise VerificationError(f"the record's tables: a row is missing ({missing})") from None
    return Checked(decisions, remade.reports, remade.notes)
