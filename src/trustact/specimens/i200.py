"""Form I-200, Warrant for Arrest of Alien (edition 09/16): an immigration officer's civil warrant."""

from trustact.specimens import i247, matter
from trustact.specimens.matter import Matter
from trustact.specimens.page import (
    Bar,
    Block,
    Cell,
    Check,
    Gap,
    Page,
    Para,
    PrintId,
    Row,
    Say,
    Sheet,
    Span,
    Tick,
    Value,
)
from trustact.specimens.parts import captioned, scrawl, written
from trustact.specimens.prints import WARRANT

GROUNDS = (
    ("", "the execution of a charging document to initiate removal proceedings against the subject;"),
    ("removal_proceedings", "the pendency of ongoing removal proceedings against the subject;"),
    ("", "the failure to establish admissibility subsequent to deferred inspection;"),
    (
        "biometric",
        (
            "biometric confirmation of the subject's identity and a records check of federal databases "
            "that affirmatively indicate, by themselves or in addition to other reliable information, "
            "that the subject either lacks immigration status or notwithstanding such status is removable "
            "under U.S. immigration law; and/or"
        ),
    ),
    (
        "statements",
        (
            "statements made voluntarily by the subject to an immigration officer and/or other reliable "
            "evidence that affirmatively indicate the subject either lacks immigration status or "
            "notwithstanding such status is removable under U.S. immigration law."
        ),
    ),
)
"""The five boxes in order, each with the I-247A ground it repeats, if it does."""


def sheet(case: Matter, print_id: PrintId) -> Sheet:
    """The warrant and its certificate of service, one page."""
    blocks = (
        *_head(case, print_id),
        *_determination(case, print_id),
        *_command(case, print_id),
        *_certificate(print_id),
    )
    return Sheet("i-200", WARRANT[print_id], (Page(blocks, ("Form I-200 (Rev. 09/16)", "", "")),))


def _head(case: Matter, print_id: PrintId) -> tuple[Block, ...]:
    department = Say("U.S. DEPARTMENT OF HOMELAND SECURITY", bold=True)
    title = Say("Warrant for Arrest of Alien", bold=True, size=1.3)
    number = written("File No", "request.file_number", matter.a_number(case, print_id))
    issued = i247.dated("Date", "request.date", case, print_id)
    numbers = (
        Row((Cell(1.4, border="none"), Cell(1, "File No.", (number,), border="none")), 20),
        Row((Cell(1.4, border="none"), Cell(1, "Date:", (issued,), border="none")), 20, after=14),
    )
    if print_id == "A":
        over = Row(
            (Cell(1.35, "", (department,), border="none"), Cell(1, "", (title,), border="none")), 24, after=8
        )
        return over, *numbers
    return Para((department,), align="center", after=8), Para((title,), align="center", after=12), *numbers


def _determination(case: Matter, print_id: PrintId) -> tuple[Block, ...]:
    """To whom it is addressed, whom it names, and the five grounds."""
    named = written("Name of Alien", "subject.name", matter.name(case, print_id), width=230)
    return (
        Para(
            (
                Say(
                    "Any immigration officer authorized pursuant to sections 236 and 287 of the "
                    "Immigration and Nationality Act and part 287 of title 8, Code of Federal "
                    "Regulations, to serve warrants of arrest for immigration violations",
                ),
            ),
            mark="To:",
            hang=40,
            after=16,
        ),
        Para(
            (
                Say("I have determined that there is probable cause to believe that "),
                named,
                Say(" is removable from the United States. This determination is based upon:"),
            ),
            after=12,
        ),
        *(
            Check(
                Tick(f"Ground {number}", _holds(case, number), f"basis.{basis}" if basis else ""),
                (Say(text),),
                after=9,
            )
            for number, (basis, text) in enumerate(GROUNDS, 1)
        ),
    )


def _holds(case: Matter, number: int) -> bool:
    """A charging document begins the case where proceedings are not already pending."""
    basis = GROUNDS[number - 1][0]
    return basis in case.bases if basis else number == 1 and "removal_proceedings" not in case.bases


def _command(case: Matter, print_id: PrintId) -> tuple[Block, ...]:
    signer = case.supervisor
    reads = (("warrant.signer_name", signer.name), ("warrant.signer_title", signer.title))
    typed = captioned("Printed Name and Title", matter.signed(signer, print_id), reads)
    return (
        Gap(14),
        Para(
            (
                Say("YOU ARE COMMANDED", bold=True),
                Say(
                    " to arrest and take into custody for removal proceedings under the Immigration and "
                    "Nationality Act, the above-named alien.",
                ),
            ),
            after=14,
        ),
        _under("(Signature of Authorized Immigration Officer)", scrawl(case.pen + 1)),
        _under("(Printed Name and Title of Authorized Immigration Officer)", typed),
    )


def _under(caption: str, span: Span) -> Row:
    """A line on the right half of the page with its caption under it."""
    return Row((Cell(0.7, border="none"), Cell(1, caption, (span,), "below")), 44, after=4)


def _certificate(print_id: PrintId) -> tuple[Block, ...]:
    """Service on the subject: filled in only when the warrant is served, so empty on arrival."""
    frame = Bar("Certificate of Service", after=8) if print_id == "B" else _centred("Certificate of Service")
    return (
        Gap(20),
        frame,
        Para(
            (
                Say("I hereby certify that the Warrant for Arrest of Alien was served by me at "),
                Value("Location", width=170),
                Say(" (Location) on "),
                Value("Name of Alien Served", width=170),
                Say(" (Name of Alien) on "),
                Value("Date of Service", width=110),
                Say(" (Date of Service), and the contents of this notice were read to him or her in the "),
                Value("Language", width=110),
                Say(" (Language) language."),
            ),
            after=8,
        ),
        Row(
            (
                Cell(1, "Name and Signature of Officer", (captioned("Serving Officer"),), "below"),
                Cell(
                    1, "Name or Number of Interpreter (if applicable)", (captioned("Interpreter"),), "below"
                ),
            ),
            52,
        ),
    )


def _centred(text: str) -> Para:
    return Para((Say(text, bold=True),), align="center", size=1.1, after=8)
