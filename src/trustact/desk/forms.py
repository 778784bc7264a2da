"""The form on which a person records what the agency did."""

from decimal import Decimal
from typing import Any, get_args

from django import forms

from trustact.casework.act import Disposition, HeldReason, Outcome, Release, TransferredTo

OUTCOMES = {
    "not-acted-upon": "The request was not acted upon",
    "held": "The person was held on the request",
    "not-in-custody": "The person was not, or no longer, in our custody",
}
RELEASES = {
    "unknown": "Not known",
    "bailed": "Released on bail",
    "to-court": "Taken to court",
    "charges-dropped": "Released: charges dropped",
    "time-served": "Released: time served",
    "otherwise": "Released otherwise",
    "not-released": "Not released: still in lawful custody",
}
HELD_REASONS = {
    "": "Not kept",
    "judicial-criminal-warrant": "A judicial warrant in a criminal matter",
    "other-lawful-basis": "Another lawful basis, apart from the request",
    "court-order": "A court's order or writ",
}
TRANSFERS = {
    "none": "To nobody",
    "immigration": "To immigration authorities",
    "other-agency": "To another agency",
}

CLASSES: dict[type[forms.Widget], str] = {
    forms.CheckboxInput: "usa-checkbox__input",
    forms.NumberInput: "usa-input",
    forms.RadioSelect: "usa-radio__input",
    forms.Select: "usa-select",
    forms.Textarea: "usa-textarea",
}


def _choices(kind: Any, labels: dict[str, str]) -> list[tuple[str, str]]:
    return [(value, labels[value]) for value in get_args(kind)]


class OutcomeForm(forms.Form):
    """What was done about a request: outcome, release, any hold or transfer."""

    outcome = forms.ChoiceField(
        label="What was done about the request?",
        choices=_choices(Outcome, OUTCOMES),
        widget=forms.RadioSelect,
    )
    release = forms.ChoiceField(label="How did custody end?", choices=_choices(Release, RELEASES))
    held_past_eligibility = forms.BooleanField(
        label="The person was kept after becoming eligible for release", required=False
    )
    held_reason = forms.ChoiceField(
        label="Why was the person kept?", choices=_choices(HeldReason, HELD_REASONS), required=False
    )
    transferred_to = forms.ChoiceField(
        label="To whom was the person transferred?",
        choices=_choices(TransferredTo, TRANSFERS),
        initial="none",
        widget=forms.RadioSelect,
    )
    reimbursement = forms.DecimalField(
        label="Reimbursed by the federal government, in dollars",
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        initial=0,
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What a later reader needs to know. It is sealed with the record.",
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.widget.attrs["class"] = CLASSES[type(field.widget)]

    def disposition(self) -> Disposition:
        """What the valid form says."""
        said = self.cleaned_data
        dollars: Decimal = said["reimbursement"] or Decimal(0)
        return Disposition(
            outcome=said["outcome"],
            release=said["release"],
            held_past_eligibility=said["held_past_eligibility"],
            held_reason=said["held_reason"],
            transferred_to=said["transferred_to"],
            reimbursement_cents=int(dollars * 100),
            note=said["note"],
        )
