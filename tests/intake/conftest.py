"""What the intake tests share: the forms of the bundled shelf."""

import pytest

from trustact.intake.form import Form, read_forms
from trustact.shelves import shelf


@pytest.fixture(scope="session")
def forms() -> dict[str, Form]:
    return {form.id: form for form in read_forms(shelf("forms"))}
