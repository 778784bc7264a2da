"""The form on which a legal hold is placed, on one case or on every case."""

from typing import Any

from django import forms

from trustact.casework.hold import MOST

ONE, EVERY = "one", "every"


class HoldForm(forms.Form):
    """What a hold covers, and why. Cleaned, `number` is empty for every case, as `hold.place` takes it."""

    covers = forms.ChoiceField(
        label="What does it cover?",
        choices=[(ONE, "One case"), (EVERY, "Every case")],
        initial=ONE,
        widget=forms.RadioSelect(attrs={"class": "usa-radio__input"}),
    )
    number = forms.CharField(
        label="Number of the case",
        help_text="As in 2025-00007. Empty for every case.",
        required=False,
        widget=forms.TextInput(attrs={"class": "usa-input", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Who asked for it, in which matter: the court, the docket, the paper and its day.",
        widget=forms.Textarea(attrs={"rows": 3, "class": "usa-textarea", "maxlength": MOST}),
    )

    def clean(self) -> dict[str, Any]:
        """What was said; a number must stand where one case is meant, and nowhere else."""
        said = super().clean() or self.cleaned_data
        if said.get("covers") == ONE and not said.get("number"):
            self.add_error("number", "Name the case, as in 2025-00007.")
        if said.get("covers") == EVERY and said.get("number"):
            self.add_error("number", "This names one case: leave it empty, or choose one case above.")
        return said
