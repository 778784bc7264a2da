"""What is known of a case: the readings taken as right, and the facts a person attested."""

from trustact.casework.events import Happening, latest
from trustact.facts import Value


def accepted_readings(happened: list[Happening]) -> dict[str, Value]:
    """The readings taken as right: those a person attested, else those the machine accepted."""
    confirmed = latest(happened, "facts-attested")
    if confirmed:
        return dict(confirmed.particulars["readings"])
    read = latest(happened, "document-read")
    lines = read.particulars["readings"] if read else []
    return {line["field"]: line["value"] for line in lines if line["status"] == "accepted"}


def attested(happened: list[Happening]) -> dict[str, Value]:
    """The facts last attested in a case; none where nobody has attested any."""
    last = latest(happened, "facts-attested")
    return dict(last.particulars["facts"]) if last else {}
