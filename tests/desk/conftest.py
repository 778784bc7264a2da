"""A desk for tests: the real settings over a real office, a client for each person, a document that reads well."""

import importlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache as kept
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, override_settings

from trustact.casework.events import case_of
from trustact.casework.read import record_reading
from trustact.casework.receive import receive
from trustact.desk.opened import _opened
from trustact.desk.signin import person_named
from trustact.intake.document import Read, read_document
from trustact.intake.form import read_forms
from trustact.records.office import Office
from trustact.shelves import shelf
from trustact.specimens import matter
from trustact.specimens.people import CULTURES
from trustact.specimens.places import station
from trustact.specimens.specimen import BOSTON, Sending, compose

settings.SECRET_KEY = "the settings of the record alone have none"

SERGEANT = "Sgt. R. Okafor"
OFFICER = "Ofc. Trần Thị Lan"
LIEUTENANT = "Lt. Marisol Quispe"

DETAINER = {
    "request.form": "i-247a",
    "request.agency": "ice-ero",
    "request.purpose": "civil-immigration",
    "warrant.presented": "false",
    "custody.in_custody": "true",
    "custody.eligible_for_release": "true",
    "custody.other_lawful_hold": "false",
}


def web_settings(office: Office) -> dict[str, Any]:
    """The settings of the desk, for an office that is already connected."""
    module = importlib.import_module("trustact.desk.settings")
    kept = ("DATABASES", "SECRET_KEY")
    found = {name: getattr(module, name) for name in dir(module) if name.isupper() and name not in kept}
    return {**found, "OFFICE": office.folder, "ALLOWED_HOSTS": [*module.ALLOWED_HOSTS, "testserver"]}


def _served(office: Office) -> Iterator[Office]:
    with override_settings(**web_settings(office)):
        call_command("migrate", verbosity=0)
        cache.clear()
        yield office
        _opened.cache_clear()


@pytest.fixture
def desk(office: Office) -> Iterator[Office]:
    """An office whose desk answers."""
    yield from _served(office)


@pytest.fixture
def either_desk(either_office: Office) -> Iterator[Office]:
    """The same on SQLite and on PostgreSQL."""
    yield from _served(either_office)


@pytest.fixture
def signed_in(desk: Office) -> Callable[..., Client]:
    """A client in which a person with a role has signed in."""

    def sign_in(name: str = SERGEANT, role: str = "supervisor") -> Client:
        client = Client()
        client.force_login(person_named(name, role))
        return client

    return sign_in


@pytest.fixture
def sergeant(signed_in: Callable[..., Client]) -> Client:
    """A supervisor, signed in."""
    return signed_in()


@pytest.fixture(scope="session")
def packet() -> bytes:
    """An I-247A with its I-200, as a PDF with text."""
    return _sent("i-247a", "i-200")


@pytest.fixture(scope="session")
def plain() -> bytes:
    """An I-247G alone, as a PDF with text, which is read without OCR."""
    return _sent("i-247g")


def _sent(*forms: str) -> bytes:
    case = matter.invent(
        7, date(2025, 5, 30), to=station("C-11"), bases=frozenset({"biometric"}), culture=CULTURES[0]
    )
    sending = Sending(
        name="packet",
        forms=forms,
        print_id="A",
        level="text",
        received=datetime(2025, 5, 31, 22, 10, tzinfo=BOSTON),
        seed=7,
    )
    return compose(case, sending).data


def take(office: Office, data: bytes = b"II*\0 no picture", station: str = "D-4") -> str:
    """A document taken in, not read."""
    return receive(office, data, station=station, channel="fax", by=SERGEANT).number


@kept
def _read(data: bytes) -> Read:
    return read_document(data, forms=read_forms(shelf("forms")))


def take_and_read(office: Office, data: bytes) -> str:
    """A document taken in, and the reading of it recorded; the same bytes are read once for all tests."""
    number = take(office, data)
    record_reading(office, case_of(number), _read(data), "trustact")
    return number


def attest(client: Client, number: str, **changed: str) -> Any:
    """The answer to facts sent as the form sends them; a keyword `custody__in_custody` is that fact."""
    facts = {**DETAINER, **{name.replace("__", "."): value for name, value in changed.items()}}
    return client.post(f"/cases/{number}/facts/", facts)
