"""What a report was made from, kept with its filing, so that anyone with the record can make it again to the byte."""

import datetime as dt
import hashlib
import tempfile
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path

import msgspec

import trustact.publish
from trustact.casework import Refused
from trustact.casework.decide import law_of
from trustact.casework.department import department_of
from trustact.casework.rows import rows_of
from trustact.ledger.merkle import root_at
from trustact.ledger.note import encode_base64
from trustact.publish.annual_report import build_report
from trustact.publish.department import Department
from trustact.publish.measure import read_measures
from trustact.publish.report import LedgerHead
from trustact.publish.report_form import read_report_form
from trustact.publish.supplement import Supplement
from trustact.records.append import with_nodes
from trustact.records.office import Office
from trustact.records.publication import checkpoint
from trustact.shelves import shelf, shelved

FORM = "report.yaml"
_MEASURES = "measures"


class Making(msgspec.Struct, frozen=True):
    """Of how many entries a report is made, on which day, by whom and with what.

    `address`: where the ledger is published; `supplement`: what it follows, where a report of the period was filed
    before. `shelf` are the texts of its form and measures by path, `maker` tells apart the programs that set its pages.
    """

    size: int
    dated: dt.date
    department: Department
    shelf: dict[str, str]
    pack_digest: str
    maker: str
    address: str
    supplement: Supplement | None

    @property
    def text(self) -> str:
        """All of it as JSON in one text: the order of stations and channels counts, and canonical JSON loses it."""
        return msgspec.json.encode(self).decode()


def made_of(text: str) -> Making:
    """What `Making.text` wrote."""
    return msgspec.json.decode(text, type=Making)


def making_now(office: Office, supplement: Supplement | None) -> Making:
    """What a report made at this moment is made from. Raises Refused for a law that asks for none."""
    return Making(
        size=checkpoint(office).size,
        dated=office.clock().astimezone(office.zone).date(),
        department=department_of(office),
        shelf=_shelf(office),
        pack_digest=law_of(office).digest,
        maker=maker(),
        address=office.settings.public_address,
        supplement=supplement,
    )


def make(office: Office, made: Making, period_name: str) -> dict[str, bytes]:
    """The files of a report by name. Raises ReportError, MeasureError or TypesettingError."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in made.shelf.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        form = read_report_form(Path(folder, FORM))
        measures = read_measures(Path(folder, _MEASURES), form.measures())
    period = form.period_named(period_name)
    root = encode_base64(with_nodes(partial(root_at, made.size)))
    return build_report(
        form,
        measures,
        rows_of(office, period, made.size),
        period=period,
        dated=made.dated,
        department=made.department,
        head=LedgerHead(office.ledger_key.name, made.size, root, made.address),
        pack_digest=made.pack_digest,
        supplement=made.supplement,
    )


def _form_file(office: Office) -> Path:
    path = shelved("laws", office.folder / "laws", office.settings.law, FORM)
    if not path.is_file():
        raise Refused(f"the law {office.settings.law} asks for no report on its shelf (no {FORM})")
    return path


def _shelf(office: Office) -> dict[str, str]:
    form, measures = _form_file(office), shelf(_MEASURES, office.folder)
    names = read_report_form(form).measures()
    read_measures(measures, names)  # a mistake is told of the file on the shelf, not of a copy
    files = {
        f"{_MEASURES}/{name}/{file.name}": file
        for name in names
        for file in sorted((measures / name).iterdir())
    }
    return {
        path: file.read_text(encoding="utf-8")
        for path, file in {FORM: form, **files}.items()
        if file.is_file()
    }


@cache
def maker() -> str:
    """A digest of the programs and templates that make a report, and of what sets its type."""
    digest = hashlib.sha256(version("typst").encode())
    for path in sorted(Path(trustact.publish.__path__[0]).iterdir()):
        if path.suffix in (".py", ".typ"):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
