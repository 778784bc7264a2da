"""Typst templates and data made into PDF/UA-1, with the same bytes for the same arguments.

Type is what typst carries: Libertinus Serif (Latin with Vietnamese, Greek, Cyrillic) and DejaVu Sans Mono for
hashes. The system's fonts are never used, since they differ from machine to machine. A letter none of them
has is an error: it never becomes a box. Templates lie beside this file and fetch nothing.
"""

import datetime as dt
from functools import cache
from pathlib import Path

import msgspec
import typst

_TEMPLATES = Path(__file__).parent


class TypesettingError(Exception):
    """A document that cannot be set: a letter no font has, or a template that does not fit its data."""


def compile_pdf(template: str, data: object, *, title: str, lang: str, date: dt.date) -> bytes:
    """The PDF/UA-1 of a template (`annual_report`) filled with data, which must be writable as JSON.

    `lang` is a language code (`en`), `date` the date of the document. Raises TypesettingError.
    """
    about = {"title": title, "lang": lang, "date": date}
    try:
        return typst.compile(
            _TEMPLATES / f"{template}.typ",
            root=_TEMPLATES,
            font_paths=_fonts(),
            sys_inputs={
                "data": msgspec.json.encode(data).decode(),
                "about": msgspec.json.encode(about).decode(),
            },
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=dt.datetime.combine(date, dt.time(), dt.UTC),
        )
    except typst.TypstError as wrong:
        raise TypesettingError(f"{template}: {wrong.message}") from None


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
