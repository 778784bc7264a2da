"""Form AO 442, Arrest Warrant: a United States District Court's command in a criminal case."""

from trustact.specimens import matter
from trustact.specimens.matter import Matter
from trustact.specimens.page import (
    Bar,
    Block,
    Cell,
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
from trustact.specimens.parts import captioned, scrawl, words, written
from trustact.specimens.places import COURT
from trustact.specimens.prints import COURT as PRINTS

DOCUMENTS = (
    (
        ("indictment", "Indictment"),
        ("superseding-indictment", "Superseding Indictment"),
        ("information", "Information"),
        ("superseding-information", "Superseding Information"),
        ("complaint", "Complaint"),
    ),
    (
        ("probation-petition", "Probation Violation Petition"),
        ("release-petition", "Supervised Release Violation Petition"),
        ("violation-notice", "Violation Notice"),
        ("order", "Order of the Court"),
    ),
)
"""The two rows of boxes: what was filed with the court. The signer follows from it."""


def sheet(case: Matter, print_id: PrintId) -> Sheet:
    """The warrant and its empty return, one page."""
    blocks = (
        words("AO 442 (Rev. 11/11) Arrest Warrant", size=0.8, after=6),
        *_caption(case),
        *_command(case, print_id),
        *_signature(case, print_id),
        *_return(print_id),
    )
    return Sheet("ao-442", PRINTS[print_id], (Page(blocks),))


def _caption(case: Matter) -> tuple[Block, ...]:
    """Court, parties and case number, with the brackets between that court papers have."""
    court = Value(
        "District",
        COURT,
        (("warrant.court", f"UNITED STATES DISTRICT COURT for the {COURT}"),),
        width=230,
        centred=True,
    )
    number = written("Case No", "warrant.case_number", case.court.case_number)
    person = Value("Defendant", case.subject.given_first, width=200, centred=True, ruled=False)
    return (
        words("UNITED STATES DISTRICT COURT", bold=True, align="center", size=1.55, after=5),
        words("for the", align="center", after=2),
        Para((court,), align="center", after=16),
        Row(
            (
                Cell(1, "", (Say("United States of America\nv.\n"), person), border="none"),
                Cell(0.12, "", (Say(")\n)\n)\n)\n)"),), border="none"),
                Cell(1, "Case No.", (number,), border="none"),
            ),
            74,
            after=8,
        ),
    )


def _command(case: Matter, print_id: PrintId) -> tuple[Block, ...]:
    named = written("Name of person to be arrested", "subject.name", matter.name(case, print_id))
    return (
        words("ARREST WARRANT", bold=True, align="center", size=1.45, after=10),
        Para((Say("Any authorized law enforcement officer"),), mark="To:", hang=46, after=9),
        Para(
            (
                Say("YOU ARE COMMANDED", bold=True),
                Say(" to arrest and bring before a United States magistrate judge without unnecessary delay"),
            ),
            indent=20,
            after=5,
        ),
        Row(
            (Cell(1, "", (Say("(name of person to be arrested) ", italic=True), named), border="none"),),
            24,
            after=7,
        ),
        words(
            "who is accused of an offense or violation based on the following document filed with the court:",
            after=9,
        ),
        *(_ticks(case, row) for row in DOCUMENTS),
        Gap(6),
        words("This offense is briefly described as follows:", after=3),
        Row((Cell(1, "", (written("Offense", "warrant.offence", case.court.offence),), border="none"),), 24),
        Row((Cell(1, "", (Value("Offense continued"),), border="none"),), 24, after=18),
    )


def _ticks(case: Matter, row: tuple[tuple[str, str], ...]) -> Row:
    cells = (
        Cell(
            len(text) + 5,
            "",
            (Tick(text, kind == case.court.document), Say(f" {text}", size=0.78)),
            border="none",
        )
        for kind, text in row
    )
    return Row(tuple(cells), 20)


def _signature(case: Matter, print_id: PrintId) -> tuple[Block, ...]:
    """Date and place at the left; at the right who signed, and in what office."""
    signer = case.court.signer
    issued = Value(
        "Date",
        matter.day(case.court.issued, print_id),
        (("request.date", case.court.issued.isoformat()),),
        width=120,
    )
    reads = (("warrant.signer_name", signer.name), ("warrant.signer_title", signer.title))
    named = captioned("Printed name and title", matter.signed(signer, print_id), reads)
    return (
        _beside("Date:", issued, "Issuing officer's signature", scrawl(case.pen + 2)),
        _beside(
            "City and state:",
            Value("City", "Boston, Massachusetts", width=140),
            "Printed name and title",
            named,
        ),
    )


def _beside(label: str, left: Value, caption: str, right: Span) -> Row:
    return Row((Cell(1, label, (left,), border="none"), Cell(1, caption, (right,), "below")), 48, after=5)


def _return(print_id: PrintId) -> tuple[Block, ...]:
    """The return, filled in after arrest: empty on arrival."""
    head: Block = Bar("Return", after=8)
    if print_id == "A":
        head = words("Return", bold=True, align="center", size=1.25, after=8)
    return (
        Gap(20),
        head,
        Para(
            (
                Say("This warrant was received on "),
                Say("(date) ", italic=True),
                Value("Received", width=90),
                Say(" , and the person was arrested on "),
                Say("(date) ", italic=True),
                Value("Arrested", width=90),
                Say(" at "),
                Say("(city and state) ", italic=True),
                Value("Arrested At", width=190),
                Say(" ."),
            ),
            after=10,
        ),
        _beside(
            "Date:",
            Value("Return Date", width=120),
            "Arresting officer's signature",
            captioned("Arresting Officer"),
        ),
        Row(
            (
                Cell(1, border="none"),
                Cell(1, "Printed name and title", (captioned("Arresting Name"),), "below"),
            ),
            48,
        ),
    )
