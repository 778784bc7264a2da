"""A law as a page of its own: one self-contained HTML file, to print, to send, to put on a web site.

The body is the desk's own template of a law; only the frame and the style around it are another.
"""

import datetime as dt
from importlib.metadata import version
from pathlib import Path

from django.template import Context, Engine

from trustact.law.loading import Law
from trustact.law.sheet import NO_PERMISSION, law_sheet

_HERE = Path(__file__).parent
_STYLE = _HERE / "static" / "desk"


def law_page(law: Law, day: dt.date) -> str:
    """The top layer of a law as it stands on a day, as HTML that needs no other file and no server."""
    page = Engine(dirs=[str(_HERE / "templates")]).get_template("desk/law_page.html")
    return page.render(
        Context(
            {
                "law": law_sheet(law, day),
                "no_permission": NO_PERMISSION,
                "style": _style(),
                "version": version("trustact"),
            },
            use_l10n=False,
        )
    )


def _style() -> str:
    """The colours and type of the desk without its font files, and the style of a law."""
    tokens = (_STYLE / "tokens.css").read_text(encoding="utf-8")
    return tokens[tokens.index(":root") :] + (_STYLE / "law.css").read_text(encoding="utf-8")
