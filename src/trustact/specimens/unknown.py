"""Pages that are no form at all, such as a police fax also gets: a pharmacy's cover, a tow yard's bill."""

import random

from trustact.specimens import matter
from trustact.specimens.matter import Matter
from trustact.specimens.page import Bar, Block, Cell, Gap, Page, Para, PrintId, Row, Say, Sheet, Tick, Value
from trustact.specimens.parts import words
from trustact.specimens.prints import DETAINER, WARRANT


def sheet(case: Matter, print_id: PrintId) -> Sheet:
    """Print A: a pharmacy's fax cover. Print B: a tow yard's invoice."""
    if print_id == "A":
        return Sheet("other", WARRANT["A"], (Page(_pharmacy(case)),))
    return Sheet("other", DETAINER["B"], (Page(_tow_yard(case)),))


def _line(label: str, text: str) -> Row:
    return Row((Cell(1, label, (Value(label.rstrip(":"), text),)),), 24)


def _pharmacy(case: Matter) -> tuple[Block, ...]:
    return (
        words("Harborlight Pharmacy", bold=True, size=2.2, after=6),
        words("88 Example Square, Boston, MA 02100  -  Tel. (617) 555-0186  -  Fax (617) 555-0187", after=18),
        Bar("FACSIMILE TRANSMITTAL", after=10),
        _line("TO:", f"Booking desk, District {case.to.code}"),
        _line("FROM:", "Pharmacist on duty"),
        _line("DATE:", matter.day(case.issued, "A")),
        _line("RE:", "Refill authorization, prescription 000-88213"),
        _line("PAGES:", "1 including this cover"),
        Gap(16),
        Row(
            tuple(
                Cell(1, "", (Tick(text, text == "Please reply"), Say(f" {text}")), border="none")
                for text in ("Urgent", "For review", "Please reply", "Please recycle")
            ),
            22,
            after=14,
        ),
        words(
            "Please have the prescriber's office call us back about the number of refills on the "
            "above. We cannot dispense without an answer and will hold the order for 48 hours "
            "from the date shown.",
            after=14,
        ),
        Para(
            (
                Say(
                    "CONFIDENTIALITY NOTICE: this fax is meant only for the person named above. If it "
                    "reached you in error, please call the number above and destroy it.",
                    italic=True,
                ),
            ),
        ),
    )


_SERVICES = (
    ("Hook-up, heavy traffic", 132),
    ("Mileage, 11 miles at $5", 55),
    ("Storage, per day", 35),
    ("Fuel surcharge", 18),
)


def _tow_yard(case: Matter) -> tuple[Block, ...]:
    rng = random.Random(case.pen)
    days = rng.randint(1, 9)
    lines = [(what, price * days if "per day" in what else price) for what, price in _SERVICES]
    total = sum(price for _, price in lines)
    return (
        words("MYSTIC FLATS TOWING & RECOVERY", bold=True, size=2, align="center", after=4),
        words(
            "14 Sample Wharf, Boston, MA 02100 - (617) 555-0171 - DPU certificate 00000",
            align="center",
            after=16,
        ),
        words("INVOICE", bold=True, size=1.6, align="right", after=8),
        _line("Invoice no.:", f"{rng.randint(10_000, 99_999)}"),
        _line("Date:", matter.day(case.issued, "B")),
        _line("Bill to:", f"Boston Police Department, District {case.to.code}, evidence hold"),
        _line("Vehicle:", f"2014 sedan, grey, plate {rng.randint(100, 999)} ZZ{rng.randint(0, 9)}"),
        Gap(12),
        Bar("SERVICES", after=4),
        *(
            Row((Cell(3, "", (Say(what),)), Cell(1, "$", (Value(f"Amount {n}", f"{price:.2f}"),))), 22)
            for n, (what, price) in enumerate(lines, 1)
        ),
        Row(
            (Cell(3, "", (Say("TOTAL DUE", bold=True),)), Cell(1, "$", (Value("Total", f"{total:.2f}"),))),
            26,
            after=16,
        ),
        words("The vehicle is released on payment and proof of ownership. Storage runs from midnight."),
    )
