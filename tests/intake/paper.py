"""Pages for tests, drawn here and laid out unlike any specimen: a small PDF writer, and forms in several layouts."""

import io
from collections.abc import Callable

import pypdfium2
from PIL import Image

SUBJECT = {
    "subject.name": "OKWUOSA-BRANDT, Ngozi",
    "subject.date_of_birth": "1991-11-04",
    "subject.citizenship": "GHANA",
    "subject.sex": "F",
    "request.subject_id": "371904466",
    "request.event_number": "BOS2503001482",
    "request.file_number": "A 204 118 736",
    "request.date": "2025-03-14",
    "request.to": "Harbor County Jail, Records Division",
    "request.from": "ICE ERO Boston Field Office",
}
TICKS = {
    "basis.final_order": False,
    "basis.removal_proceedings": True,
    "basis.biometric": True,
    "basis.statements": False,
    "basis.transferred_custody": False,
    "cancels_previous": False,
}
DETAINER = SUBJECT | TICKS

_LABELS = {
    "request.subject_id": "Subject ID",
    "request.event_number": "Event #",
    "request.file_number": "File No",
    "request.date": "Date",
    "request.to": "TO",
    "request.from": "FROM",
    "subject.name": "Name of Alien",
    "subject.date_of_birth": "Date of Birth",
    "subject.citizenship": "Citizenship",
    "subject.sex": "Sex",
}
_PRINTED = SUBJECT | {"subject.date_of_birth": "11/04/1991", "request.date": "March 14, 2025"}
_GROUNDS = {
    "basis.final_order": "a final order of removal against the alien;",
    "basis.removal_proceedings": "the pendency of ongoing removal proceedings against the alien;",
    "basis.biometric": "biometric confirmation of the alien's identity and a records check of federal databases",
    "basis.statements": "statements made by the alien to an immigration officer and/or other reliable evidence",
}


class Paper:
    """A page of 612 by 792 points; places are given from the top left."""

    def __init__(self) -> None:
        self.drawn: list[str] = []
        self.lies: list[tuple[str, str]] = []

    def text(
        self, x: float, y: float, words: str, size: float = 10, font: str = "Helvetica", how: str = ""
    ) -> None:
        """Words with their base line at y."""
        said = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.drawn.append(f"BT {how} /{font} {size} Tf {x} {792 - y} Td ({said}) Tj ET 0 g 0 Tr")

    def lie(self, x: float, y: float, shown: str, said: str, size: float = 10) -> None:
        """Words that are drawn as one thing and copied as another, as a font with a false ToUnicode map does it."""
        self.lies.append((shown, said))
        codes = "".join(f"{code:02X}" for code in range(1, len(shown) + 1))
        self.drawn.append(f"BT /Lie{len(self.lies)} {size} Tf {x} {792 - y} Td <{codes}> Tj ET")

    def belie(self, words: str, shown: str, said: str) -> None:
        """Draw the text of these words as others, in its place, and have it say what it likes."""
        (at,) = (index for index, drawn in enumerate(self.drawn) if f"({words})" in drawn)
        self._redraw(at, shown, said)

    def say(self, words: str) -> None:
        """Have the text of the page say these words and nothing else, whatever it shows."""
        written = [drawn for drawn in self.drawn if drawn.startswith("BT")]
        for said, drawn in zip([words, *[""] * (len(written) - 1)], written, strict=True):
            shown = drawn[drawn.index("(") + 1 : drawn.index(") Tj")]
            self._redraw(self.drawn.index(drawn), shown.replace("\\", ""), said)

    def _redraw(self, at: int, shown: str, said: str) -> None:
        _, _, size, _, x, y, *_ = self.drawn.pop(at).split()
        self.lie(float(x), 792 - float(y), shown, said, float(size))

    def box(self, x: float, y: float, side: float = 9, *, ticked: bool = False) -> None:
        """A square with its lower left corner at x, y; ticked with a cross."""
        self.drawn.append(f"0.7 w {x} {792 - y} {side} {side} re S")
        if ticked:
            low, high = 792 - y + 1.5, 792 - y + side - 1.5
            self.drawn.append(f"1.2 w {x + 1.5} {low} m {x + side - 1.5} {high} l S")
            self.drawn.append(f"1.2 w {x + 1.5} {high} m {x + side - 1.5} {low} l S")

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.drawn.append(f"0.6 w {x0} {792 - y0} m {x1} {792 - y1} l S")


def pdf(*papers: Paper, turned: int = 0) -> bytes:
    """The pages as a PDF with the standard fonts, each page turned clockwise by some quarter turns' degrees."""
    fonts = ("Helvetica", "Helvetica-Bold", "Times-Roman", "Courier")
    named = " ".join(
        f"/{font} << /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
        for font in fonts
    )
    kids = " ".join(f"{3 + 2 * index} 0 R" for index in range(len(papers)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(papers)} >>"]
    after = 3 + 2 * len(papers)
    maps: list[str] = []
    for index, paper in enumerate(papers):
        stream = "\n".join(paper.drawn)
        lying = "".join(
            f" /Lie{number} {_lying(shown, after + len(maps) + number - 1)}"
            for number, (shown, _) in enumerate(paper.lies, 1)
        )
        maps += [_said(shown, said) for shown, said in paper.lies]
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Rotate {turned} "
            f"/Resources << /Font << {named}{lying} >> >> /Contents {4 + 2 * index} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    return assembled([body.encode("cp1252") for body in [*objects, *maps]])


_GLYPHS = {
    "0": "zero",
    "1": "one",
    "2": "two",
    "3": "three",
    "4": "four",
    "5": "five",
    "6": "six",
    "7": "seven",
    "8": "eight",
    "9": "nine",
    " ": "space",
    "-": "hyphen",
    "/": "slash",
    ",": "comma",
    ".": "period",
    ":": "colon",
    ";": "semicolon",
    "#": "numbersign",
    "(": "parenleft",
    ")": "parenright",
    "'": "quotesingle",
}


def _lying(shown: str, said: int) -> str:
    """A Helvetica that draws `shown`, a code for each letter, and says what is in the object `said`."""
    glyphs = " ".join(f"/{_GLYPHS.get(letter, letter)}" for letter in shown)
    return (
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode {said} 0 R "
        f"/Encoding << /Type /Encoding /Differences [1 {glyphs}] >> >>"
    )


def _said(shown: str, said: str) -> str:
    """A ToUnicode map: letter for letter, spaces where less is said than shown, the rest with the last letter."""
    parts = [*said.ljust(len(shown))[: len(shown) - 1], said.ljust(len(shown))[len(shown) - 1 :]]
    lines = "\n".join(
        f"<{code:02X}> <{part.encode('utf-16-be').hex()}>" for code, part in enumerate(parts, 1)
    )
    stream = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Lie def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <FF> endcodespacerange\n{len(parts)} beginbfchar\n{lines}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    return f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"


def assembled(objects: list[bytes]) -> bytes:
    """Numbered objects as a PDF file, the first of them its catalogue."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def inline(values: dict[str, str] = _PRINTED) -> Paper:
    """Label, colon and value on one line, two to a row, in Times."""
    paper = Paper()
    _title(paper, "Times-Roman")
    for index, (field, label) in enumerate(_LABELS.items()):
        x, y = 50 + 270 * (index % 2), 100 + 22 * (index // 2)
        paper.text(x, y, f"{label}: {values[field]}", font="Times-Roman")
    _body(paper, 250, font="Times-Roman")
    return paper


def untitled() -> Paper:
    """The detainer in line, its title lost: what it is cannot be made out."""
    paper = inline()
    paper.drawn = [drawn for drawn in paper.drawn if "NOTICE OF ACTION" not in drawn]
    return paper


def cells(values: dict[str, str] = _PRINTED) -> Paper:
    """A ruled table: a small label in each cell, the value under it, in Courier."""
    paper = Paper()
    _title(paper, "Helvetica")
    for index, (field, label) in enumerate(_LABELS.items()):
        x, y = 40 + 270 * (index % 2), 90 + 30 * (index // 2)
        paper.rule(x, y, x + 262, y)
        paper.rule(x, y, x, y + 30)
        paper.text(x + 4, y + 10, label, 7)
        paper.text(x + 4, y + 24, values[field], font="Courier")
    _body(paper, 270, font="Helvetica")
    return paper


def far(values: dict[str, str] = _PRINTED) -> Paper:
    """Labels down the left, values in a column far right of them, each on a rule; boxes written [ ] and [X]."""
    paper = Paper()
    _title(paper, "Helvetica-Bold")
    for index, (field, label) in enumerate(_LABELS.items()):
        y = 90 + 17 * index
        paper.text(50, y, f"{label}:", font="Helvetica-Bold")
        paper.text(200, y, values[field])
        paper.rule(198, y + 3, 540, y + 3)
    _body(paper, 285, font="Helvetica", typed=True)
    return paper


LAYOUTS: dict[str, Callable[[], Paper]] = {"inline": inline, "cells": cells, "far": far}


def _title(paper: Paper, font: str) -> None:
    paper.text(
        60, 20, "MAR-14-2025 09:12  FROM: ICE BOSTON 781 555 0143  TO: HARBOR JAIL  PAGE 1/1", 8, "Courier"
    )
    paper.text(180, 48, "DEPARTMENT OF HOMELAND SECURITY (DHS)", 11, font)
    paper.text(180, 64, "IMMIGRATION DETAINER - NOTICE OF ACTION", 11, font)


def _body(paper: Paper, y: float, *, font: str, typed: bool = False) -> None:
    """What the form says under the subject's particulars, with its boxes."""

    def line(words: str, x: float = 50, down: float = 16) -> None:
        nonlocal y
        y += down
        paper.text(x, y, words, 9, font)

    def boxed(field: str, words: str) -> None:
        line(words, 80)
        if typed:
            paper.text(56, y, "[X]" if TICKS[field] else "[  ]", 9, font)
        else:
            paper.box(58, y + 1, ticked=TICKS[field])

    line("1. DHS HAS DETERMINED THAT PROBABLE CAUSE EXISTS THAT THE SUBJECT IS A REMOVABLE ALIEN.")
    for field, words in _GROUNDS.items():
        boxed(field, words)
    line(
        "2. DHS TRANSFERRED THE ALIEN TO YOUR CUSTODY FOR A PROCEEDING OR INVESTIGATION (complete box 1 or 2)."
    )
    boxed(
        "basis.transferred_custody",
        "Upon completion of the proceeding or investigation DHS intends to resume custody.",
    )
    line("IT IS THEREFORE REQUESTED THAT YOU:")
    line("Maintain custody of the alien for a period NOT TO EXCEED 48 HOURS beyond the time otherwise due.")
    line("The alien must be served with a copy of this form for the detainer to take effect.")
    boxed(
        "cancels_previous",
        "If checked: please cancel the detainer related to this alien previously submitted to you.",
    )
    line("(Name and title of Immigration Officer)", down=50)
    line(
        "Date of latest criminal charge/conviction: ________   Estimated release date/time: ________", down=30
    )
    paper.text(50, 770, "DHS Form I-247A (3/17)", 8, font)


def warrant_of_court(
    signer: tuple[str, str] = ("Hon. Marisol Delacroix", "United States Magistrate Judge"),
) -> Paper:
    """An AO 442 with its captions under the rules and a second, filled signature block in the return."""
    paper = Paper()
    paper.text(190, 60, "UNITED STATES DISTRICT COURT", 14)
    paper.text(290, 76, "for the")
    paper.text(240, 92, "Eastern District of New York")
    paper.text(60, 130, "United States of America")
    paper.text(60, 150, "v.")
    paper.text(340, 140, "Case No. 1:25-mj-06114")
    paper.text(240, 190, "ARREST WARRANT", 14)
    paper.text(60, 220, "To: Any authorized law enforcement officer")
    paper.text(
        60, 240, "YOU ARE COMMANDED to arrest and bring before a United States magistrate judge without delay"
    )
    paper.text(60, 260, "(name of person to be arrested)  OKWUOSA-BRANDT, Ngozi")
    paper.text(
        60,
        280,
        "who is accused of an offense or violation based on the following document filed with the court:",
    )
    paper.box(60, 301)
    paper.text(74, 300, "Indictment", 8)
    paper.box(160, 301, ticked=True)
    paper.text(174, 300, "Complaint", 8)
    paper.text(60, 330, "This offense is briefly described as follows:")
    paper.text(60, 350, "18 U.S.C. 1343 - Wire fraud", font="Courier")
    paper.text(60, 450, "Date: March 10, 2025")
    paper.text(330, 466, "Issuing officer's signature", 8)
    paper.text(60, 500, "City and state: Brooklyn, New York")
    paper.text(330, 490, signer[0])
    paper.text(330, 502, signer[1])
    paper.rule(325, 505, 550, 505)
    paper.text(330, 515, "Printed name and title", 8)
    paper.text(280, 560, "Return", 12)
    paper.text(
        60,
        580,
        "This warrant was received on (date) 3/11/2025 , and the person was arrested on (date) 3/12/2025",
    )
    paper.text(60, 620, "Date: March 12, 2025")
    paper.text(330, 640, "Arresting officer's signature", 8)
    paper.text(330, 670, "Deputy Ilse Okafor, Deputy United States Marshal")
    paper.text(330, 682, "Printed name and title", 8)
    return paper


def warrant_of_removal() -> Paper:
    """An I-205 whose ticked box names a judge, and whose signer is an immigration officer."""
    paper = Paper()
    paper.text(220, 50, "DEPARTMENT OF HOMELAND SECURITY")
    paper.text(200, 66, "WARRANT OF REMOVAL/DEPORTATION", 12)
    paper.text(400, 90, "File No: A 204 118 736")
    paper.text(400, 106, "Date: March 14, 2025")
    paper.text(60, 140, "To any immigration officer of the United States Department of Homeland Security:")
    paper.text(240, 170, "OKWUOSA-BRANDT, Ngozi", font="Courier")
    paper.text(260, 182, "(Full name of alien)", 8)
    paper.text(60, 205, "who entered the United States at")
    paper.text(100, 230, "Miami, FL", font="Courier")
    paper.text(100, 242, "(Place of entry)", 8)
    paper.text(360, 230, "June 5, 2009", font="Courier")
    paper.text(360, 242, "(Date of entry)", 8)
    paper.text(
        60, 270, "is subject to removal/deportation from the United States, based upon a final order by:"
    )
    for index, words in enumerate(
        (
            "an immigration judge in exclusion, deportation, or removal proceedings",
            "the Board of Immigration Appeals",
            "a United States District or Magistrate Court Judge",
        )
    ):
        paper.box(70, 291 + 16 * index, ticked=index == 2)
        paper.text(90, 290 + 16 * index, words)
    paper.text(330, 430, "(Signature of immigration officer)", 8)
    paper.text(330, 470, "Abernathy, T., Deportation Officer", font="Courier")
    paper.text(330, 482, "(Title of immigration officer)", 8)
    paper.text(330, 520, "March 14, 2025, Burlington, MA", font="Courier")
    paper.text(330, 532, "(Date and office location)", 8)
    paper.text(60, 760, "Form I-205", 8)
    return paper


def cover() -> Paper:
    """A fax cover that names the detainer it announces."""
    paper = Paper()
    paper.text(240, 80, "FAX", 20)
    paper.text(60, 140, "TO: Records, Harbor County Jail")
    paper.text(60, 160, "FROM: Boston Field Office")
    paper.text(60, 180, "Date: March 14, 2025")
    paper.text(60, 200, "RE: Immigration Detainer - Notice of Action, DHS Form I-247A, and I-200")
    paper.text(60, 240, "Please find three pages. Call (802) 872-6020 if any page is missing.")
    return paper


def state_warrant() -> Paper:
    """A state court's arrest warrant."""
    paper = Paper()
    paper.text(180, 60, "COMMONWEALTH OF MASSACHUSETTS", 12)
    paper.text(180, 76, "THE TRIAL COURT - BOSTON MUNICIPAL COURT", 12)
    paper.text(240, 110, "ARREST WARRANT", 14)
    paper.text(
        60,
        150,
        "To any authorized law enforcement officer: you are commanded to arrest the person named below",
    )
    paper.text(60, 170, "and bring that person before this court. Docket No. 2501CR000123")
    paper.text(60, 190, "Name: DOE, Jan   Date of Birth: 01/02/1990   Sex: M")
    paper.text(60, 260, "Printed name and title: R. Castellan, Assistant Clerk")
    return paper


def faxed(data: bytes, *, lines: int = 196, degrees: float = 0.8) -> bytes:
    """The first page as a fax sends it: 204 dots across, black and white, a little crooked, a TIFF."""
    document = pypdfium2.PdfDocument(data)
    image = document[0].render(scale=204 / 72, grayscale=True).to_pil().convert("L")
    document.close()
    image = image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    image = image.resize((image.width, round(image.height * lines / 204)), Image.Resampling.BOX)
    out = io.BytesIO()
    image.point(lambda level: 255 if level > 150 else 0).convert("1").save(
        out, "TIFF", compression="group4", dpi=(204, lines)
    )
    return out.getvalue()
