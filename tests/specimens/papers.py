"""What the specimen tests share: sheets drawn from a seed, and the words a PDF says."""

import io
from datetime import date

from hypothesis import strategies as st
from pypdf import PdfReader

from trustact.specimens import matter, specimen, templates
from trustact.specimens.page import PrintId, Sheet

ISSUED = date(2025, 6, 2)

PRINTS: tuple[PrintId, ...] = ("A", "B", "C", "D")

EVERY_FORM = [(form, print_id) for form in templates() for print_id in PRINTS]

EACH_FORM_ONCE = [(form, PRINTS[place % 4]) for place, form in enumerate(templates())]


def sheet(form: str, print_id: PrintId, seed: int = 1) -> Sheet:
    return specimen.sheet(form, matter.invent(seed, ISSUED), print_id)


sheets = st.builds(
    sheet,
    st.sampled_from(sorted(templates())),
    st.sampled_from(PRINTS),
    st.integers(min_value=0, max_value=2**32),
)


def words(pdf: bytes) -> str:
    """The PDF's text, runs of white space as one space."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
