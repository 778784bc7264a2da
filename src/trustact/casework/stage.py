"""The stage of a case, and its fingerprints, as its events make them."""

from collections.abc import Sequence

from trustact.casework.events import Happening
from trustact.casework.known import accepted_readings
from trustact.casework.links import marks
from trustact.records.office import Office

_UNREAD = ("received", "quarantined")


def stage_of(happened: Sequence[Happening]) -> str:
    """The stage a case is in after these events, oldest first."""
    stage = "received"
    for h in happened:
        match h.kind:
            case "document-read" if stage in _UNREAD:
                stage = "read"
            case "request-noted":
                stage = "read"
            case "reading-failed" if stage in _UNREAD:
                stage = "quarantined"
            case "law-applied":
                stage = "decided"
            case "disposition-proposed":
                stage = "second-person"
            case "disposition-recorded":
                stage = "supervisor" if h.particulars["contradicts"] else "acted"
            case "set-aside":
                stage = "set-aside"
    return stage


def marks_of(office: Office, happened: list[Happening]) -> tuple[str, str]:
    """The fingerprints a case has after these events: of its form's own marks, and of its subject."""
    found = ("", "")
    for position, h in enumerate(happened):
        if h.kind == "document-read":
            form = h.particulars["form"]
        elif h.kind == "facts-attested":
            form = str(h.particulars["facts"].get("request.form", ""))
        else:
            continue
        found = marks(office, form, accepted_readings(happened[: position + 1]))
    return found
