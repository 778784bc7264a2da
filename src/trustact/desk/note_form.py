"""The forms for what no machine reads: a request that came without paper, and a document that could not be opened."""

from collections.abc import Collection, Iterable
from typing import Any, cast

from django import forms

from trustact.casework.confirm import AskedFact
from trustact.casework.paperless import FORMS, TITLES, Kind, Note
from trustact.desk.arrival_form import ArrivalForm
from trustact.desk.fact_sheet import may_attest
from trustact.desk.wording import words
from trustact.facts import Value
from trustact.records.office import Office

_AGENCY, _PURPOSE, _FORM = "request.agency", "request.purpose", "request.form"
_INPUT = {"class": "usa-input", "autocomplete": "off"}


def _text(label: str, help_text: str = "", most: int = 200) -> forms.CharField:
    widget = forms.TextInput(attrs=_INPUT)
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=most, widget=widget)


def _long(label: str, help_text: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 6, "class": "usa-textarea"})
    return forms.CharField(label=label, help_text=help_text, max_length=20_000, widget=widget)


class RequestFields(forms.Form):
    """What a person can say of any request: which agency asks, for what, and about whom."""

    agency = forms.ChoiceField(label="Which agency asks?", required=False)
    purpose = forms.ChoiceField(
        label="What is the request for?",
        help_text="Mixed where it serves a criminal investigation and civil immigration enforcement at once.",
        required=False,
        widget=forms.RadioSelect(attrs={"class": "usa-radio__input"}),
    )
    name = _text("Name of the subject")
    birth = forms.DateField(
        label="Date of birth",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "usa-input"}),
    )
    file_number = _text("File or reference number", "Theirs, such as an A-number or an NCIC number.", 60)

    def offer(self, asked: Iterable[AskedFact]) -> None:
        """Offer the values the law in force knows; what is not known stays not known."""
        values = {fact.name: fact.values for fact in asked}
        for name, fact in (("agency", _AGENCY), ("purpose", _PURPOSE)):
            field = cast("forms.ChoiceField", self.fields[name])
            known = [(str(value), words(value)) for value in values.get(fact, ())]
            field.choices = [*known, ("", "Not known")] if name == "purpose" else [("", "Not known"), *known]
        self.fields["agency"].widget.attrs["class"] = "usa-select"

    def facts(self, form: str, asked: Iterable[AskedFact], roles: Collection[str]) -> dict[str, Value]:
        """The facts said that these roles may attest; with none of them, the case waits for who may."""
        said = {_FORM: form, _AGENCY: self.cleaned_data["agency"], _PURPOSE: self.cleaned_data["purpose"]}
        may = {fact.name for fact in asked if may_attest(fact, roles)}
        return {name: value for name, value in said.items() if value and name in may}

    def readings(self) -> dict[str, Value]:
        """What was said of the person and of the request's own number."""
        said = self.cleaned_data
        birth = said["birth"].isoformat() if said["birth"] else ""
        found = {
            "subject.name": said["name"],
            "subject.date_of_birth": birth,
            "request.file_number": said["file_number"],
        }
        return {name: value for name, value in found.items() if value}


class NoteForm(ArrivalForm, RequestFields):
    """A request that came without paper: who asked for what, on what basis, when, and who took it."""

    kind = forms.ChoiceField(
        label="What was it?",
        choices=list(TITLES.items()),
        widget=forms.RadioSelect(attrs={"class": "usa-radio__input"}),
    )
    asked = _long("What was asked", "As nearly word for word as you can. It is sealed with the record.")
    basis = _text(
        "On what basis, as they said", "A warrant, a final order, a database hit, or none given.", 2000
    )
    caller = _text("Who asked", "Name and title.")
    office_named = _text("From which office", "As they named it.")
    reached = _text("Where they can be reached", "Telephone number or address.")
    taken_by = forms.CharField(
        label="Taken by",
        max_length=150,
        help_text="Who heard or saw it.",
        widget=forms.TextInput(attrs=_INPUT),
    )

    def __init__(
        self,
        office: Office,
        asked: Iterable[AskedFact],
        by: str,
        data: Any = None,
        *,
        last: tuple[str, str] = ("", ""),
    ) -> None:
        super().__init__(office, data, last=last)
        self.initial["taken_by"] = by
        self.fields["received_at"].label = "When it was asked"
        self.fields["received_at"].help_text = f"In the time of {office.settings.time_zone}. Empty: just now."
        self.fields["station"].label = "Where it was taken"
        self.offer(asked)

    def note(self) -> Note:
        """What the valid form says was asked."""
        said = self.cleaned_data
        return Note(
            kind=said["kind"],
            asked=said["asked"],
            basis=said["basis"],
            caller=said["caller"],
            agency=said["office_named"],
            reached=said["reached"],
            taken_by=said["taken_by"],
        )

    @property
    def request_form(self) -> str:
        """The value of `request.form` for the kind chosen."""
        return FORMS[cast("Kind", self.cleaned_data["kind"])]


class DescriptionForm(RequestFields):
    """What a person sees in a document that could not be opened, on the paper or in the original."""

    form = forms.ChoiceField(label="Which document is it?")
    says = _long("What it is and what it asks for", "As the paper or the original shows it.")

    def __init__(self, asked: Iterable[AskedFact], data: Any = None) -> None:
        super().__init__(data)
        self.offer(asked)
        values = next((fact.values for fact in asked if fact.name == _FORM), ())
        field = cast("forms.ChoiceField", self.fields["form"])
        field.choices = [("", "Choose"), *((str(value), words(value)) for value in values)]
        field.widget.attrs["class"] = "usa-select"
