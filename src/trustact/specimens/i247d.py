"""Form I-247D, Request for Voluntary Action (2015 to 2017): priorities in part 1A, probable cause in 1B."""

from trustact.specimens import i247
from trustact.specimens.i247a import PROBABLE_CAUSE
from trustact.specimens.matter import Matter
from trustact.specimens.page import Bar, Block, Check, Page, Para, PrintId, Say, Sheet, Tick
from trustact.specimens.prints import DETAINER

PRIORITIES = (
    (
        "the subject is engaged in or suspected of terrorism or espionage, or otherwise poses a danger to "
        "national security;"
    ),
    (
        "the subject has been convicted of an offense of which an element was active participation in a "
        "criminal street gang;"
    ),
    (
        "the subject has been convicted of an offense classified as a felony, other than a state or local "
        "offense for which an essential element was the subject's immigration status;"
    ),
    "the subject has been convicted of an aggravated felony, as defined under 8 U.S.C. § 1101(a)(43);",
    "the subject has been convicted of a significant misdemeanor; and/or",
    "the subject has been convicted of three or more misdemeanors, not including minor traffic offenses.",
)
"""Part 1A, and the list the I-247N shares."""


def sheet(case: Matter, print_id: PrintId) -> Sheet:
    """The form's first page."""
    foot = ("DHS Form I-247D (5/15)", "", "Page 1 of 3")
    return Sheet("i-247d", DETAINER[print_id], (Page(_form(case, print_id), foot),))


def priorities(case: Matter) -> tuple[Block, ...]:
    """Six priorities, one of the four about convictions ticked."""
    chosen = 2 + case.pen % 4
    return tuple(
        Check(Tick(f"Priority {number + 1}", number == chosen), (Say(text),), after=3)
        for number, text in enumerate(PRIORITIES)
    )


def _form(case: Matter, print_id: PrintId) -> tuple[Block, ...]:
    ticks = i247.ground_ticks(case)
    return (
        *i247.head("IMMIGRATION DETAINER - REQUEST FOR VOLUNTARY ACTION", case, print_id),
        *i247.parties(case, print_id),
        *i247.subject(case, print_id, called="Subject"),
        Bar(
            "1. DHS SUSPECTS THAT THE SUBJECT IS A REMOVABLE ALIEN AND THAT THE SUBJECT IS AN ENFORCEMENT PRIORITY"
        ),
        _part("A.", "The subject is an immigration enforcement priority because (check all that apply):"),
        *priorities(case),
        _part(
            "B.",
            "Probable cause exists that the subject is a removable alien. This determination is based on:",
        ),
        *(
            Check(tick, (Say(text.replace("alien", "subject")),))
            for tick, text in zip(ticks, PROBABLE_CAUSE, strict=False)
        ),
        Bar("2. SUBJECT TRANSFERRED TO YOUR CUSTODY BY DHS"),
        Check(
            ticks[4],
            (Say("Upon completion of the proceeding, DHS intends to resume custody of the subject."),),
        ),
        Bar("IT IS THEREFORE REQUESTED THAT YOU:"),
        i247.notify(case, "subject"),
        i247.bullet(
            "Maintain custody",
            " of the subject for a period NOT TO EXCEED 48 HOURS beyond the time when he/she would have "
            "otherwise been released from your custody. You are not authorized to hold the subject beyond "
            "these 48 hours.",
        ),
        i247.cancel(case, print_id, "request", "subject"),
        i247.officer(case, print_id),
        *i247.agency_section("subject", "request"),
    )


def _part(mark: str, text: str) -> Para:
    return Para((Say(text),), mark=mark, hang=14, indent=2, after=4)
