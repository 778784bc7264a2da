"""One-time codes: typed as people type them, used once, before they expire."""

import datetime as dt
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trustact.desk.signin import ALPHABET, issue_code, person_named, redeem, roles_of
from trustact.records.models import SignInCode
from trustact.records.office import Office

NOW = dt.datetime(2025, 6, 1, 6, 14, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def test_a_code_lets_one_person_in_once(either_office: Office) -> None:
    code = issue_code(person_named("Sgt. R. Okafor", "supervisor"), NOW)
    person = redeem(code, NOW)
    assert person is not None
    assert person.get_username() == "Sgt. R. Okafor"
    assert redeem(code, NOW) is None


def test_a_code_is_twelve_symbols_in_three_groups_and_kept_as_its_hash_alone(office: Office) -> None:
    code = issue_code(person_named("Sgt. R. Okafor", "supervisor"), NOW)
    assert re.fullmatch(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", code)
    assert code.replace("-", "") not in str(list(SignInCode.objects.values()))


def test_a_code_expires_and_is_forgotten(office: Office) -> None:
    person = person_named("Sgt. R. Okafor", "supervisor")
    code = issue_code(person, NOW)
    assert redeem(code, NOW + 15 * MINUTE) is None
    assert redeem(code, NOW + 14 * MINUTE) is not None
    issue_code(person, NOW)
    issue_code(person, NOW + 20 * MINUTE)
    assert SignInCode.objects.count() == 1


def test_a_person_who_left_is_not_let_in(office: Office) -> None:
    person = person_named("Sgt. R. Okafor", "supervisor")
    code = issue_code(person, NOW)
    person.is_active = False
    person.save()
    assert redeem(code, NOW) is None


def test_codes_are_read_as_people_type_them(office: Office) -> None:
    person = person_named("Sgt. R. Okafor", "supervisor")
    for typed in (str.lower, lambda c: c.replace("-", " "), lambda c: c.replace("0", "O").replace("1", "l")):
        assert redeem(typed(issue_code(person, NOW)), NOW) == person


@given(text=st.text(max_size=40))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_else_lets_nobody_in(office: Office, text: str) -> None:
    if not SignInCode.objects.exists():
        issue_code(person_named("Sgt. R. Okafor", "supervisor"), NOW)
    assert redeem(text, NOW) is None


def test_a_person_has_the_roles_given(office: Office) -> None:
    person_named("A. Ruiz", "officer")
    assert roles_of(person_named("A. Ruiz", "supervisor")) == {"officer", "supervisor"}
    assert not person_named("A. Ruiz", "officer").has_usable_password()
