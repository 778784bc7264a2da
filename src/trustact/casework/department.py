"""The office's department as letters and reports print it."""

from trustact.publish.department import Department
from trustact.records.office import Office


def department_of(office: Office) -> Department:
    """Name, signing office, address, stations and channels, from the office's settings."""
    own = office.settings
    name = f"{own.agency} (training)" if own.training else own.agency
    return Department(name, own.signing_office, own.address, own.stations, own.channels)
