"""Faxed pages of an unknown print read from recorded OCR: most words accepted, none wrong; every tick asked."""

import pytest

from tests.intake import paper, recording
from trustact.intake.form import Form


@pytest.mark.parametrize("name", sorted(recording.FAXES))
def test_nothing_accepted_from_a_fax_is_wrong(name: str, forms: dict[str, Form]) -> None:
    found = recording.replay(name, forms["i-247a"])
    accepted = {field: reading.value for field, reading in found.items() if reading.status == "accepted"}

    assert accepted.items() <= paper.DETAINER.items()
    ticks = {field for field, reading in found.items() if isinstance(reading.value, bool)}
    assert ticks.isdisjoint(accepted)
    assert len(accepted) >= len(paper.DETAINER) - len(ticks) - 1


@pytest.mark.parametrize("name", sorted(recording.FAXES))
def test_a_recording_names_its_engines(name: str) -> None:
    engines = recording.replayed(name).engines

    assert set(engines) == {"rapidocr", "tesseract"}
    assert all(version[0].isdigit() for version in engines.values())
