"""What the I-247 forms share: head, parties, subject, notification and the agency's own section."""

from trustact.specimens import matter
from trustact.specimens.matter import Matter
from trustact.specimens.page import Block, Cell, Para, PrintId, Row, Say, Tick, Value
from trustact.specimens.parts import captioned, scrawl, words, written
from trustact.specimens.places import SUPPORT_CENTER


def head(title: str, case: Matter, print_id: PrintId) -> tuple[Block, ...]:
    """Department, title, and the four numbers of the request."""
    subject_id = Cell(1, "Subject ID:", (written("Subject ID", "request.subject_id", case.subject_id),))
    event = Cell(1, "Event #:", (written("Event", "request.event_number", case.event_number),))
    file_number = Cell(
        1,
        "File No:",
        (written("File No", "request.file_number", matter.a_number(case, print_id)),),
    )
    issued = Cell(1, "Date:", (dated("Date", "request.date", case, print_id),))
    numbers: tuple[Block, ...]
    if print_id == "A":
        numbers = (Row((subject_id, file_number), 17), Row((event, issued), 17, after=5))
    else:
        numbers = (Row((subject_id, event, file_number, issued), 17, after=6),)
    return (
        words("DEPARTMENT OF HOMELAND SECURITY (DHS)", bold=True, size=1.2, align="center", after=5),
        Para((Say(title, bold=True),), size=1.45, align="center", after=6),
        *numbers,
    )


def dated(name: str, field: str, case: Matter, print_id: PrintId) -> Value:
    """The day the request was issued, as typed, read as an ISO date."""
    return Value(name, matter.day(case.issued, print_id), ((field, case.issued.isoformat()),))


def parties(case: Matter, print_id: PrintId) -> tuple[Block, ...]:
    """TO and FROM, side by side in print A, one under the other in print B."""
    to = Cell(
        1,
        "TO: (Name and Title of Institution - OR Any Subsequent Law Enforcement Agency)",
        (written("TO", "request.to", case.to.addressee, lines=2),),
        "above",
    )
    sender = Cell(
        1,
        "FROM: (DHS Office Address)",
        (written("FROM", "request.from", case.sender.sender, lines=2),),
        "above",
    )
    if print_id == "A":
        return (Row((to, sender), 48, after=5),)
    return (Row((sender,), 39, after=3), Row((to,), 39, after=5))


def subject(
    case: Matter, print_id: PrintId, *, called: str = "Alien", citizenship: str = "Citizenship"
) -> tuple[Block, ...]:
    """Name, date of birth, citizenship and sex, under the words the form's edition uses for the person."""
    person = case.subject
    sex = person.sex if print_id == "A" else {"M": "Male", "F": "Female"}[person.sex]
    born = Value(
        "Date of Birth",
        matter.day(person.born, print_id),
        (("subject.date_of_birth", person.born.isoformat()),),
    )
    cells = (
        Cell(
            1,
            f"Name of {called}:",
            (written(f"Name of {called}", "subject.name", matter.name(case, print_id)),),
        ),
        Cell(0.66, "Date of Birth:", (born,)),
        Cell(1, f"{citizenship}:", (written(citizenship, "subject.citizenship", person.citizenship),)),
        Cell(0.34, "Sex:", (written("Sex", "subject.sex", sex),)),
    )
    return Row(cells[:1], 18), Row(cells[1:], 18, after=6)


def ground_ticks(case: Matter) -> tuple[Tick, ...]:
    """The five grounds' boxes: 1(a) to 1(d), and 2."""
    pairs = zip(matter.BOXES, matter.BASES, strict=True)
    return tuple(Tick(name, basis in case.bases, f"basis.{basis}") for name, basis in pairs)


def notify(case: Matter, person: str) -> Para:
    """Request A: call ICE or CBP before release, or else the Law Enforcement Support Center."""
    return Para(
        (
            Say("Notify", bold=True),
            Say(
                f" DHS as early as practicable (at least 48 hours, if possible) before the {person} is "
                "released from your custody. Please notify DHS by calling ",
            ),
            Tick("Notify ICE", ticked=True),
            Say(" U.S. Immigration and Customs Enforcement (ICE) or "),
            Tick("Notify CBP"),
            Say(" U.S. Customs and Border Protection (CBP) at "),
            Value("Notify Number", case.sender.phone, width=92),
            Say(
                " . If you cannot reach an official at the number(s) provided, please contact the Law "
                f"Enforcement Support Center at: {SUPPORT_CENTER}.",
            ),
        ),
        mark="•",
        indent=6,
        after=4.5,
    )


def bullet(verb: str, text: str, *, after: float = 4.5) -> Para:
    """One of the things asked, its verb in bold."""
    return Para((Say(verb, bold=True), Say(text)), mark="•", indent=6, after=after)


def cancel(case: Matter, print_id: PrintId, noun: str, person: str) -> Para:
    """The box that takes back an earlier request, with its date."""
    earlier = matter.day(case.cancels, print_id) if case.cancels else ""
    return Para(
        (
            Tick("Cancel", ticked=case.cancels is not None, field="cancels_previous"),
            Say(" If checked: ", bold=True),
            Say(f"please cancel the {noun} related to this {person} previously submitted to you on "),
            Value("Cancel Date", earlier, width=96),
            Say(" (date)."),
        ),
    )


def officer(case: Matter, print_id: PrintId) -> Row:
    """Name and title typed, signature in ink."""
    typed = captioned("Officer", matter.signed(case.officer, print_id))
    return Row(
        (
            Cell(1, "(Name and title of Immigration Officer)", (typed,), "below"),
            Cell(1, "(Signature of Immigration Officer) (Sign in ink)", (scrawl(case.pen),), "below"),
        ),
        34,
        after=5,
    )


def agency_section(person: str, document: str) -> tuple[Block, ...]:
    """The part the police would fill in and send back: empty on arrival."""
    whom = (
        "SUBJECT OF THIS NOTICE"
        if person == "subject"
        else f"{person.upper()} WHO IS THE SUBJECT OF THIS NOTICE"
    )
    return (
        words(
            f"TO BE COMPLETED BY THE LAW ENFORCEMENT AGENCY CURRENTLY HOLDING THE {whom}:", bold=True, after=3
        ),
        Para(
            (
                Say(
                    "Please provide the information below, sign, and return to DHS by mailing, emailing "
                    "or faxing a copy to ",
                ),
                Value("Return To"),
            ),
            after=2,
        ),
        Row(
            (
                Cell(1, "Local Booking/Inmate #:", (Value("Booking Number"),)),
                Cell(1.2, "Estimated release date/time:", (Value("Estimated Release"),)),
            ),
            18,
        ),
        Row(
            (
                Cell(1, "Date of latest criminal charge/conviction:", (Value("Latest Charge Date"),)),
                Cell(1.2, "Last offense charged/conviction:", (Value("Last Offense"),)),
            ),
            18,
            after=3,
        ),
        *_service(person, document),
        Row(
            (
                Cell(1, "(Name and title of Officer)", (captioned("Agency Officer"),), "below"),
                Cell(1, "(Signature of Officer) (Sign in ink)", (captioned("Agency Signature"),), "below"),
            ),
            28,
        ),
    )


def _service(person: str, document: str) -> tuple[Block, ...]:
    """When and how the person was given a copy."""
    return (
        Para(
            (
                Say(f"This {document} was served upon the {person} on "),
                Value("Served On", width=96),
                Say(", in the following manner:"),
            ),
            after=3,
        ),
        Row(
            (
                Cell(0.6, "", (Tick("Served In Person"), Say("  in person")), border="none"),
                Cell(1, "", (Tick("Served By Mail"), Say("  by inmate mail delivery")), border="none"),
                Cell(
                    1.6,
                    "",
                    (Tick("Served Other"), Say("  other (please specify): "), Value("Served How")),
                    border="none",
                ),
            ),
            15,
        ),
    )
