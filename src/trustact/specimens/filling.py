"""What is filled in on a form: every named value of a matter as a print types it, and every named tick box."""

from typing import NamedTuple

from trustact.specimens import matter
from trustact.specimens.matter import Matter
from trustact.specimens.page import PrintId, Reads
from trustact.specimens.people import Official
from trustact.specimens.places import COURT


class Filling(NamedTuple):
    """A value as typed, lines parted by newlines, and what a reader should make of it."""

    text: str
    reads: Reads = ()


def values(case: Matter, print_id: PrintId) -> dict[str, Filling]:
    """Every value there is, by the name a `specimen.yaml` calls it."""
    return (
        _subject(case, print_id) | _request(case, print_id) | _signed(case, print_id) | _court(case, print_id)
    )


def _subject(case: Matter, print_id: PrintId) -> dict[str, Filling]:
    person = case.subject
    return {
        "subject.name": _read("subject.name", matter.name(case, print_id)),
        "subject.given_first": Filling(person.given_first),
        "subject.date_of_birth": Filling(
            matter.day(person.born, print_id), (("subject.date_of_birth", person.born.isoformat()),)
        ),
        "subject.citizenship": _read("subject.citizenship", person.citizenship),
        "subject.sex": _read("subject.sex", matter.sex(case, print_id)),
        "subject.entered": Filling(matter.day(matter.entered(case), print_id)),
    }


def _request(case: Matter, print_id: PrintId) -> dict[str, Filling]:
    return {
        "request.subject_id": _read("request.subject_id", case.subject_id),
        "request.event_number": _read("request.event_number", case.event_number),
        "request.file_number": _read("request.file_number", matter.a_number(case, print_id)),
        "request.date": Filling(
            matter.day(case.issued, print_id), (("request.date", case.issued.isoformat()),)
        ),
        "request.to": _read("request.to", case.to.addressee),
        "request.from": _read("request.from", case.sender.sender),
        "issued": Filling(matter.day(case.issued, print_id)),
        "station": Filling(f"Boston Police Department, District {case.to.code}"),
        "sender": Filling(case.sender.name),
        "sender.phone": Filling(case.sender.phone),
        "cancels": Filling(matter.day(case.cancels, print_id) if case.cancels else ""),
    }


def _signed(case: Matter, print_id: PrintId) -> dict[str, Filling]:
    """Immigration officers: `officer` signs a detainer, `supervisor` a warrant, where it is read who signed."""
    where = case.sender.address.split(", ", 1)[1]
    return {
        "officer": Filling(matter.signed(case.officer, print_id)),
        "supervisor": Filling(matter.signed(case.supervisor, print_id), _signer(case.supervisor)),
        "supervisor.name": _read("warrant.signer_name", case.supervisor.name),
        "supervisor.title": _read("warrant.signer_title", case.supervisor.title),
        "supervisor.day_and_place": Filling(f"{matter.day(case.issued, print_id)}, {where}"),
    }


def _court(case: Matter, print_id: PrintId) -> dict[str, Filling]:
    court = case.court
    return {
        "court.district": Filling(
            COURT, (("warrant.court", f"UNITED STATES DISTRICT COURT for the {COURT}"),)
        ),
        "court.case_number": _read("warrant.case_number", court.case_number),
        "court.offence": _read("warrant.offence", court.offence),
        "court.date": Filling(
            matter.day(court.issued, print_id), (("request.date", court.issued.isoformat()),)
        ),
        "court.signer": Filling(matter.signed(court.signer, print_id), _signer(court.signer)),
    }


def _read(field: str, text: str) -> Filling:
    """A value whose reading is its own text, lines joined by a space."""
    return Filling(text, ((field, " ".join(text.split())),))


def _signer(official: Official) -> Reads:
    return (("warrant.signer_name", official.name), ("warrant.signer_title", official.title))


def ticks(case: Matter) -> dict[str, tuple[bool, str]]:
    """Every named tick box: whether it is ticked, and the reading field, empty if none reads it."""
    found = {f"basis.{basis}": (basis in case.bases, f"basis.{basis}") for basis in matter.BASES}
    found |= {f"not {name}": (not ticked, "") for name, (ticked, _) in found.items()}
    found["cancels_previous"] = (case.cancels is not None, "cancels_previous")
    return found | {f"court.{filed}": (filed == case.court.document, "") for filed in matter.FILED}
