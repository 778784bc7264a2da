"""Form I-247G, Request for Advance Notification of Release: notice only, no hold asked or authorised.

Its layout is not published: the head and blanks follow the I-247A, the words say what is known of it.
"""

from trustact.specimens import i247
from trustact.specimens.matter import Matter
from trustact.specimens.page import Bar, Block, Page, Para, PrintId, Say, Sheet
from trustact.specimens.parts import words
from trustact.specimens.places import SUPPORT_CENTER
from trustact.specimens.prints import DETAINER


def sheet(case: Matter, print_id: PrintId) -> Sheet:
    """The form's one page."""
    foot = ("DHS Form I-247G", "", "Page 1 of 1")
    return Sheet("i-247g", DETAINER[print_id], (Page(_form(case, print_id), foot),))


def _form(case: Matter, print_id: PrintId) -> tuple[Block, ...]:
    return (
        *i247.head("REQUEST FOR ADVANCE NOTIFICATION OF RELEASE", case, print_id),
        *i247.parties(case, print_id),
        *i247.subject(case, print_id, called="Subject"),
        Bar("DHS INTENDS TO TAKE CUSTODY OF THE SUBJECT UPON RELEASE FROM YOUR CUSTODY.", after=6),
        words(
            "U.S. Immigration and Customs Enforcement has reason to believe that the person named "
            "above, who is currently in your custody, may be subject to removal from the United "
            "States under federal immigration law. DHS asks for notice so that its officers may "
            "be present when the subject is released.",
            after=8,
        ),
        *_requests(case),
        *_no_custody(),
        i247.cancel(case, print_id, "request for notification", "subject"),
        i247.officer(case, print_id),
        Para(
            (
                Say("Notice: ", bold=True),
                Say(
                    "If the subject may be the victim of a crime or you want the subject to remain in the "
                    "United States for a law enforcement purpose, notify the ICE Law Enforcement Support "
                    f"Center at {SUPPORT_CENTER}.",
                ),
            ),
            after=8,
        ),
        *i247.agency_section("subject", "request"),
    )


def _requests(case: Matter) -> tuple[Block, ...]:
    return (
        Bar("IT IS THEREFORE REQUESTED THAT YOU:", after=5),
        i247.notify(case, "subject"),
        i247.bullet(
            "Relay", " this request to any other law enforcement agency to which you transfer the subject."
        ),
        i247.bullet(
            "Notify",
            " this office in the event of the subject's death, hospitalization or transfer.",
            after=8,
        ),
    )


def _no_custody() -> tuple[Block, ...]:
    """The limb the I-247A has and this form expressly does not."""
    return (
        Bar("THIS IS NOT AN IMMIGRATION DETAINER.", after=5),
        Para(
            (
                Say(
                    "This form does not request or authorize that you detain the subject beyond the time "
                    "he or she would otherwise be released from your custody. ",
                    bold=True,
                ),
                Say(
                    "It should not impact decisions about the subject's bail, rehabilitation, parole, "
                    "release, diversion, custody classification, work, quarter assignments, or other "
                    "matters.",
                ),
            ),
            after=8,
        ),
    )
