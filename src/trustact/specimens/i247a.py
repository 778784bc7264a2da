"""Form I-247A, Immigration Detainer - Notice of Action (edition 3/17), with its two pages of notices."""

from trustact.specimens import i247, notices
from trustact.specimens.matter import Matter
from trustact.specimens.page import Bar, Block, Check, Page, Para, PrintId, Say, Sheet
from trustact.specimens.places import SUPPORT_CENTER
from trustact.specimens.prints import DETAINER

PROBABLE_CAUSE = (
    "A final order of removal against the alien;",
    "The pendency of ongoing removal proceedings against the alien;",
    (
        "Biometric confirmation of the alien's identity and a records check of federal databases that "
        "affirmatively indicate, by themselves or in addition to other reliable information, that the "
        "alien either lacks immigration status or notwithstanding such status is removable under U.S. "
        "immigration law; and/or"
    ),
    (
        "Statements made by the alien to an immigration officer and/or other reliable evidence that "
        "affirmatively indicate the alien either lacks immigration status or notwithstanding such status "
        "is removable under U.S. immigration law."
    ),
)
"""The sentences of box 1, (a) to (d)."""


def sheet(case: Matter, print_id: PrintId) -> Sheet:
    """The three pages: the detainer, and the notice to the person held in four languages."""
    pages = (Page(_form(case, print_id), _foot(1)), *notices.pages(_foot(2), _foot(3)))
    return Sheet("i-247a", DETAINER[print_id], pages)


def _foot(number: int) -> tuple[str, str, str]:
    return ("DHS Form I-247A (3/17)", "", f"Page {number} of 3")


def _form(case: Matter, print_id: PrintId) -> tuple[Block, ...]:
    return (
        *i247.head("IMMIGRATION DETAINER - NOTICE OF ACTION", case, print_id),
        *i247.parties(case, print_id),
        *i247.subject(case, print_id),
        *_grounds(case),
        *_requests(case),
        i247.cancel(case, print_id, "detainer", "alien"),
        i247.officer(case, print_id),
        Para(
            (
                Say("Notice: ", bold=True),
                Say(
                    "If the alien may be the victim of a crime or you want the alien to remain in the "
                    "United States for a law enforcement purpose, notify the ICE Law Enforcement Support "
                    f"Center at {SUPPORT_CENTER}. You may also call this number if you have any other "
                    "questions or concerns about this matter.",
                ),
            ),
            after=5,
        ),
        *i247.agency_section("alien", "form"),
    )


def _grounds(case: Matter) -> tuple[Block, ...]:
    """Box 1 with its four grounds, and box 2, its alternative."""
    ticks = i247.ground_ticks(case)
    return (
        Bar(
            "1. DHS HAS DETERMINED THAT PROBABLE CAUSE EXISTS THAT THE SUBJECT IS A REMOVABLE ALIEN. THIS "
            "DETERMINATION IS BASED ON (complete box 1 or 2).",
        ),
        *(Check(tick, (Say(text),), after=4) for tick, text in zip(ticks[:4], PROBABLE_CAUSE, strict=True)),
        Bar(
            "2. DHS TRANSFERRED THE ALIEN TO YOUR CUSTODY FOR A PROCEEDING OR INVESTIGATION (complete box 1 or 2)."
        ),
        Check(
            ticks[4],
            (
                Say(
                    "Upon completion of the proceeding or investigation for which the alien was "
                    "transferred to your custody, DHS intends to resume custody of the alien to complete "
                    "processing and/or make an admissibility determination.",
                ),
            ),
            after=4,
        ),
    )


def _requests(case: Matter) -> tuple[Block, ...]:
    """What the agency is asked to do: notify, maintain custody, relay, notify of changes."""
    return (
        Bar("IT IS THEREFORE REQUESTED THAT YOU:"),
        i247.notify(case, "alien"),
        Para(
            (
                Say("Maintain custody", bold=True),
                Say(" of the alien for a period "),
                Say("NOT TO EXCEED 48 HOURS", bold=True),
                Say(
                    " beyond the time when he/she would otherwise have been released from your custody to "
                    "allow DHS to assume custody. ",
                ),
                Say(
                    "The alien must be served with a copy of this form for the detainer to take effect.",
                    bold=True,
                ),
                Say(
                    " This detainer arises from DHS authorities and should not impact decisions about the "
                    "alien's bail, rehabilitation, parole, release, diversion, custody classification, "
                    "work, quarter assignments, or other matters.",
                ),
            ),
            mark="•",
            indent=6,
            after=4.5,
        ),
        i247.bullet(
            "Relay",
            " this detainer to any other law enforcement agency to which you transfer custody of the alien.",
        ),
        i247.bullet(
            "Notify",
            " this office in the event of the alien's death, hospitalization or transfer to another "
            "institution.",
            after=5,
        ),
    )
