"""A printed form, described as data: how to know it, and where its values stand beside their printed words.

One folder of the forms shelf is one form; `form.yaml` in it is this record. Adding a form needs no Python.
"""

from pathlib import Path
from typing import Literal

import msgspec

from trustact.failures import nearest
from trustact.intake.prints import Print, read_prints
from trustact.intake.signers import CAPACITIES
from trustact.shelves import Document, ShelfError, read_document

FormKind = Literal[
    "civil-detainer", "notification-request", "judicial-warrant", "administrative-warrant", "other"
]
ValueKind = Literal[
    "name",
    "date",
    "sex",
    "country",
    "digits",
    "number",
    "event-number",
    "file-number",
    "address",
    "text",
    "court",
    "signer-name",
    "signer-title",
]
Established = Literal["text", "partial", "secondary", "unverified", "ours"]
Standing = Literal["right", "wrapped", "below", "above"]

FIELDS = (
    "subject.name",
    "subject.date_of_birth",
    "subject.citizenship",
    "subject.sex",
    "request.subject_id",
    "request.event_number",
    "request.file_number",
    "request.date",
    "request.to",
    "request.from",
    "basis.final_order",
    "basis.removal_proceedings",
    "basis.biometric",
    "basis.statements",
    "basis.transferred_custody",
    "cancels_previous",
    "warrant.signer_name",
    "warrant.signer_title",
    "warrant.court",
    "warrant.case_number",
    "warrant.offence",
)
"""Every reading there is, in the order they are shown."""


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Printed words that speak for a form, and how much they count."""

    text: str
    weight: int = 1


class Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a page of the form is known.

    One of the `titles` must stand on the first page, and none of the words in `rules_out`; `phrases` give the
    confidence. `later_pages` are words found only on its second and further pages; `revisions` name editions.
    """

    titles: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    rules_out: tuple[str, ...] = ()
    later_pages: tuple[str, ...] = ()
    revisions: tuple[str, ...] = ()


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value a person or machine filled in, found by the words printed beside it.

    `labels` are the printed words, the usual ones first. `stands` says where the value may stand, tried in turn:
    `wrapped` is the start of the next row, where running print goes on. `lines` is how many lines it may fill. `hint` is small print after the label that is not part of the value.
    `after` and `before` are printed words under and over which the label must stand, where they are found.
    """

    field: str
    labels: tuple[str, ...]
    kind: ValueKind
    stands: tuple[Standing, ...] = ("right", "below")
    lines: int = 1
    hint: str = ""
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


class Tick(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tick box, found by the words printed to the right of it."""

    field: str
    beside: tuple[str, ...]
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How title and labels were established: read, in part, by report, not at all; `ours` where none was to hand."""

    title: Established
    labels: Established


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One federal form: its id in the contract, title, kind, the facts its presence implies, and its print.

    `printed` are words of the form that are never part of a value. `traps` say what is easily mistaken. `prints` are
    its known prints, files beside `form.yaml`. `signers` are the capacities (values of `warrant.signed_by`) in which it
    is signed; a title that tells another is asked.
    """

    id: str
    title: str
    kind: FormKind
    facts: dict[str, str | bool]
    marks: Marks
    fields: tuple[Field, ...]
    ticks: tuple[Tick, ...] = ()
    printed: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    evidence: Evidence | None = None
    prints: tuple[Print, ...] = ()


def form_of(document: Document) -> Form:
    """A form from its parsed file. Raises ShelfError for an unknown key, field or value kind, and short marks."""
    form = document.typed(Form)
    fields, ticks = [entry.field for entry in form.fields], [entry.field for entry in form.ticks]
    known = {capacity for _, capacity in CAPACITIES}
    for index, name in enumerate(form.signers):
        if name not in known:
            raise document.error(("signers", index), f"'{name}' is no capacity{nearest(name, sorted(known))}")
    for group, names in (("fields", fields), ("ticks", ticks)):
        for index, name in enumerate(names):
            if name not in FIELDS:
                raise document.error(
                    (group, index, "field"), f"'{name}' is not a reading{nearest(name, FIELDS)}"
                )
    if not sum(phrase.weight for phrase in form.marks.phrases):
        raise document.error(
            ("marks", "phrases"), "no phrase has a weight: a form is known by more than its title"
        )
    for index, title in enumerate(form.marks.titles):
        if sum(map(str.isalnum, title)) < 10:
            raise document.error(
                ("marks", "titles", index), "too short to know a form by: 10 letters or more"
            )
    return form


def read_forms(shelf: Path) -> tuple[Form, ...]:
    """Every form of a shelf folder, by id. Raises ShelfError where a file is wrong or a folder name is not its id."""
    forms = []
    for path in sorted(shelf.glob("*/form.yaml")):
        document = read_document(path)
        form = form_of(document)
        if form.id != path.parent.name:
            raise document.error(("id",), f"the id '{form.id}' is not the folder's name '{path.parent.name}'")
        forms.append(msgspec.structs.replace(form, prints=read_prints(path.parent)))
    if not forms:
        raise ShelfError(f"{shelf}: no form there")
    return tuple(forms)
