"""What no machine reads: a request that came without paper, and a document that a person describes."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trustact.casework import CaseNotFound, Refused
from trustact.casework.confirm import facts_asked
from trustact.casework.paperless import Note, describe, note_down
from trustact.desk.arrival_form import ArrivalForm
from trustact.desk.note_form import DescriptionForm, NoteForm
from trustact.desk.opened import office
from trustact.desk.recent import remember, remembered
from trustact.desk.signin import roles_of
from trustact.desk.steps import by_post
from trustact.desk.views.errors import NothingHere


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """The form for a call, an e-mail, an alert, a look-up or a task-force request; once sent, its receipt."""
    person, asked = cast("User", request.user), facts_asked(office())
    if request.method != "POST":
        form = NoteForm(office(), asked, person.username, last=remembered(request))
        return render(request, "desk/note.html", {"form": form})
    form = NoteForm(office(), asked, person.username, request.POST)
    if form.is_valid():
        remember(request, form.cleaned_data["station"], form.cleaned_data["channel"])
        try:
            receipt = note_down(
                office(),
                form.note(),
                **form.arrival(),
                facts=form.facts(form.request_form, asked, roles_of(person)),
                readings=form.readings(),
                by=person.username,
                delivery=f"note|{person.username}|{form.cleaned_data['key']}",
            )
            return redirect("receipts", receipt.entry)
        except Refused as no:
            form.add_error(None, str(no))
    return render(request, "desk/note.html", {"form": form}, status=422)


def note_of_text(form: ArrivalForm, text: str, by: str) -> int:
    """The ledger entry of the text of an e-mail that was pasted; its facts wait for a person. Raises Refused."""
    pasted = Note(kind="email", asked=text, taken_by=by)
    delivery = f"text|{by}|{form.cleaned_data['key']}"
    return note_down(office(), pasted, **form.arrival(), by=by, delivery=delivery).entry


@by_post
def describe_document(request: HttpRequest, number: str) -> HttpResponse:
    """Record what a person sees in a document that could not be opened."""
    person, asked = cast("User", request.user), facts_asked(office())
    form = DescriptionForm(asked, request.POST)
    if not form.is_valid():
        return render(request, "desk/description.html", {"form": form, "number": number}, status=422)
    facts = form.facts(form.cleaned_data["form"], asked, roles_of(person))
    try:
        describe(office(), number, form.cleaned_data["says"], person.username, facts, form.readings())
    except CaseNotFound as no:
        raise NothingHere(str(no)) from None
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, "The document is described, and the law in force was applied to it.")
    return redirect("case", number)
