"""Form I-247N, Request for Voluntary Notification (2015 to 2017): suspicion, notice, no detention."""

from trustact.specimens import i247
from trustact.specimens.i247d import priorities
from trustact.specimens.matter import Matter
from trustact.specimens.page import Bar, Block, Page, Para, PrintId, Say, Sheet
from trustact.specimens.prints import DETAINER


def sheet(case: Matter, print_id: PrintId) -> Sheet:
    """The form's first page."""
    foot = ("DHS Form I-247N (5/15)", "", "Page 1 of 2")
    return Sheet("i-247n", DETAINER[print_id], (Page(_form(case, print_id), foot),))


def _form(case: Matter, print_id: PrintId) -> tuple[Block, ...]:
    title = "REQUEST FOR VOLUNTARY NOTIFICATION OF RELEASE OF SUSPECTED PRIORITY ALIEN"
    return (
        *i247.head(title, case, print_id),
        *i247.parties(case, print_id),
        *i247.subject(case, print_id, called="Subject", citizenship="Suspected Citizenship"),
        Bar("1. DHS SUSPECTS THAT THE SUBJECT IS AN IMMIGRATION ENFORCEMENT PRIORITY BECAUSE:", after=5),
        *priorities(case),
        Bar("IT IS THEREFORE REQUESTED THAT YOU:", after=5),
        i247.notify(case, "subject"),
        i247.bullet(
            "Relay", " this request to any other law enforcement agency to which you transfer the subject."
        ),
        Para(
            (
                Say(
                    "This form does not request or authorize that you detain the subject beyond the time "
                    "he or she is currently scheduled for release from your custody. ",
                    bold=True,
                ),
                Say(
                    "This request for notification should not impact decisions about the subject's bail, "
                    "rehabilitation, parole, release, diversion, custody classification, work, quarter "
                    "assignments, or other matters.",
                ),
            ),
            after=6,
        ),
        i247.cancel(case, print_id, "request", "subject"),
        i247.officer(case, print_id),
        *i247.agency_section("subject", "request"),
    )
