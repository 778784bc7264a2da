"""A letter as data: `laws/<id>/letters/<name>.yaml`, typed. Counsel edits the words; no Python is needed.

A paragraph stands in a letter when its condition over the kind of document and the findings holds. A list
paragraph adds, for each action asked for that has its finding, the provisions behind it.
"""

from pathlib import Path

import msgspec

from trustact.publish.rows import FormClass
from trustact.publish.wording import check_placeholders
from trustact.shelves import read_document
from trustact.terms import Action, Verdict

PLACEHOLDERS = ("department", "number", "received_on", "station")


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of a letter form as written."""


class When(_Data, frozen=True):
    """The condition of a paragraph: the kind is one of these (any if none is named), and each finding too."""

    form_class: tuple[FormClass, ...] = ()
    finding: dict[Action, tuple[Verdict, ...]] = {}

    def holds(self, form_class: FormClass, findings: dict[Action, Verdict]) -> bool:
        """Whether the condition holds; an action without a finding satisfies no condition about it."""
        named = not self.form_class or form_class in self.form_class
        return named and all(findings.get(action) in verdicts for action, verdicts in self.finding.items())


class Paragraph(_Data, frozen=True):
    """A paragraph: its words with `{placeholders}`, when it stands, the finding whose actions it lists."""

    says: str
    when: When = When()
    list: Verdict | None = None


class Authority(_Data, frozen=True):
    """A law or case in full, for citations that begin with `cites`."""

    cites: str
    full: str


class LetterForm(_Data, frozen=True):
    """A letter as counsel words it.

    `asks`: for each kind of document, the actions it asks for, in the order the letter speaks of them.
    `phrases`: what each of those actions is called.
    """

    letter: str
    law: str
    title: str
    salutation: str
    closing: str
    office: str
    signer: str
    asks: dict[FormClass, tuple[Action, ...]]
    phrases: dict[Action, str]
    paragraphs: tuple[Paragraph, ...]
    authorities: tuple[Authority, ...]


def read_letter_form(path: Path) -> LetterForm:
    """The letter form in a file. Raises ShelfError with file and line for a mistake."""
    document = read_document(path)
    form = document.typed(LetterForm)
    for kind, actions in form.asks.items():
        for action in actions:
            if action not in form.phrases:
                raise document.error(("asks", kind), f"'{action}' has no phrase under 'phrases'")
    says = [paragraph.says for paragraph in form.paragraphs]
    check_placeholders(document, ("paragraphs",), says, PLACEHOLDERS)
    return form
