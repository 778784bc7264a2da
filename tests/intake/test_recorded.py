"""Faxed pages of an unknown print read from recorded OCR: most words read right, and every one of them asked."""

import pytest

from tests.intake import paper, recording
from trustact.intake.form import Form


@pytest.mark.parametrize("name", sorted(recording.FAXES))
def test_what_is_read_from_a_fax_in_an_unknown_print_is_asked_and_mostly_right(
    name: str, forms: dict[str, Form]
) -> None:
    found = recording.replay(name, forms["i-247a"])

    assert {reading.status for reading in found.values()} == {"ask"}
    right = [field for field, reading in found.items() if reading.value == paper.DETAINER.get(field)]
    ticks = {field for field, reading in found.items() if isinstance(reading.value, bool)}
    assert len(set(right) - ticks) >= len(paper.DETAINER) - len(ticks) - 1


@pytest.mark.parametrize("name", sorted(recording.FAXES))
def test_a_recording_names_its_engines(name: str) -> None:
    engines = recording.replayed(name).engines

    assert set(engines) == {"rapidocr", "tesseract"}
    assert all(engines.values())
