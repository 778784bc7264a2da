"""Form I-205, Warrant of Removal/Deportation: an officer's civil warrant under a final order.

Its trap: a box may say the *order* came from a United States District or Magistrate Court Judge, while the
*warrant* is still signed by an immigration officer.
"""

from trustact.specimens import i247, matter
from trustact.specimens.matter import Matter
from trustact.specimens.page import Block, Cell, Check, Gap, Page, PrintId, Row, Say, Sheet, Tick, Value
from trustact.specimens.parts import captioned, scrawl, words, written
from trustact.specimens.prints import WARRANT

ORDERS = (
    "an immigration judge in exclusion, deportation, or removal proceedings",
    "a designated official",
    "the Board of Immigration Appeals",
    "a United States District or Magistrate Court Judge",
)
"""The four boxes: who made the order of removal."""


def sheet(case: Matter, print_id: PrintId) -> Sheet:
    """The warrant's first page."""
    blocks = (*_head(case, print_id), *_subject(case, print_id), *_order(case), *_command(case, print_id))
    return Sheet("i-205", WARRANT[print_id], (Page(blocks, ("ICE Form I-205 (8/07)", "", "Page 1 of 2")),))


def _head(case: Matter, print_id: PrintId) -> tuple[Block, ...]:
    number = written("File No", "request.file_number", matter.a_number(case, print_id))
    issued = i247.dated("Date", "request.date", case, print_id)
    return (
        words("DEPARTMENT OF HOMELAND SECURITY", align="center", after=3),
        words("U.S. Immigration and Customs Enforcement", align="center", after=8),
        words("WARRANT OF REMOVAL/DEPORTATION", bold=True, align="center", size=1.35, after=22),
        Row((Cell(1.4, border="none"), Cell(1, "File No:", (number,), border="none")), 22),
        Row((Cell(1.4, border="none"), Cell(1, "Date:", (issued,), border="none")), 22, after=20),
        words("To any immigration officer of the United States Department of Homeland Security:", after=14),
    )


def _subject(case: Matter, print_id: PrintId) -> tuple[Block, ...]:
    """Whom it names, and when and where that person came in."""
    name = matter.name(case, print_id)
    named = captioned("Full name of alien", name, (("subject.name", name),))
    entry = case.issued.replace(year=case.issued.year - 2 - case.pen % 15, day=1 + case.pen % 28)
    where = ("Boston, MA", "Miami, FL", "Hidalgo, TX", "New York, NY", "San Ysidro, CA")[case.pen % 5]
    return (
        Row((Cell(1, "(Full name of alien)", (named,), "below"),), 40, after=14),
        words("who entered the United States at", after=0),
        Row(
            (
                Cell(1, "(Place of entry)", (captioned("Place of Entry", where),), "below"),
                Cell(0.12, "on", border="none"),
                Cell(
                    1,
                    "(Date of entry)",
                    (captioned("Date of Entry", matter.day(entry, print_id)),),
                    "below",
                ),
            ),
            40,
            after=18,
        ),
    )


def _order(case: Matter) -> tuple[Block, ...]:
    chosen = case.pen % len(ORDERS)
    return (
        words(
            "is subject to removal/deportation from the United States, based upon a final order by:", after=8
        ),
        *(Check(Tick(f"Order {n + 1}", n == chosen), (Say(text),), after=9) for n, text in enumerate(ORDERS)),
        Gap(4),
        words("and pursuant to the following provisions of the Immigration and Nationality Act:", after=2),
        Row((Cell(1, "", (Value("INA Law", "Section 212(a)(6)(A)(i)"),), border="none"),), 26, after=18),
    )


def _command(case: Matter, print_id: PrintId) -> tuple[Block, ...]:
    """The command, and the signature block: the only place that says who signed."""
    signer = case.supervisor
    title = captioned("Title", signer.title, (("warrant.signer_title", signer.title),))
    if print_id == "B":
        reads = (("warrant.signer_name", signer.name), ("warrant.signer_title", signer.title))
        title = captioned("Title", matter.signed(signer, print_id), reads)
    office = f"{matter.day(case.issued, print_id)}, {case.sender.address.split(', ', 1)[1]}"
    return (
        words(
            "I, the undersigned officer of the United States, by virtue of the power and "
            "authority vested in the Secretary of Homeland Security under the laws of the United "
            "States and by his or her direction, command you to take into custody and remove from "
            "the United States the above-named alien, pursuant to law, at the expense of:",
            after=2,
        ),
        Row(
            (Cell(1, "", (Value("Expense", "Immigration and Customs Enforcement"),), border="none"),),
            26,
            after=14,
        ),
        *(
            Row((Cell(0.8, border="none"), Cell(1, caption, (span,), "below")), 48)
            for caption, span in (
                ("(Signature of immigration officer)", scrawl(case.pen + 1)),
                ("(Title of immigration officer)", title),
                ("(Date and office location)", captioned("Date and Office", office)),
            )
        ),
    )
