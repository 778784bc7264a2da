"""The sheet of facts: what is asked, who may answer, and what is sent on."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from trustact.casework.confirm import AskedFact
from trustact.casework.dossier import Dossier, FactLine
from trustact.desk.fact_sheet import ContradictionError, answers, groups
from trustact.facts import Value

ASKED = (
    AskedFact("custody.in_custody", "Is the person in our custody?", "", "officer", (True, False)),
    AskedFact("warrant.presented", "Did a warrant come?", "", "officer", (True, False)),
    AskedFact("warrant.signed_by", "Who signed?", "", "supervisor", ("magistrate-judge", "dhs-officer")),
    AskedFact("position.clerk", "Does a clerk suffice?", "", "counsel", (True, False)),
)


def file(facts: dict[str, Value], proposed: dict[str, Value]) -> Dossier:
    def lines(known: dict[str, Value]) -> tuple[FactLine, ...]:
        return tuple(FactLine(name, name, value) for name, value in known.items())

    return Dossier(
        number="2025-00001", stage="read", document="", media_type="", receipts=(), form=None, form_title="",
        form_confidence=0.0, pages=(), readings=(), remarks=(), reading_error="", attested_readings={},
        proposed=lines(proposed), facts=lines(facts), attested_by="", decisions=(), dispositions=(), letters=(),
        copy_of="", timeline=(),
    )  # fmt: skip


NOTHING = file({}, {})


def shown(found: list, name: str) -> tuple[str, bool, bool]:  # type: ignore[type-arg]
    question = next(q for group in found for q in group.questions if q.name == name)
    return question.answer, question.proposed, question.open


def test_a_proposal_is_preselected_and_marked_until_somebody_attests() -> None:
    proposed: dict[str, Value] = {"warrant.presented": True}
    assert shown(groups(ASKED, file({}, proposed), {"officer"}), "warrant.presented") == ("Yes", True, True)
    settled = file({"warrant.presented": False}, proposed)
    assert shown(groups(ASKED, settled, {"officer"}), "warrant.presented") == ("No", False, True)


def test_what_nobody_knows_is_not_known() -> None:
    assert shown(groups(ASKED, NOTHING, {"officer"}), "custody.in_custody") == ("Not known", False, True)
    assert answers(ASKED, NOTHING, {"officer"}, {"custody.in_custody": ""}) == {}


def test_an_officer_sees_a_supervisors_question_and_does_not_answer_it() -> None:
    assert shown(groups(ASKED, NOTHING, {"officer"}), "warrant.signed_by") == ("Not known", False, False)
    sent = {"warrant.presented": "true", "warrant.signed_by": "dhs-officer"}
    assert answers(ASKED, NOTHING, {"officer"}, sent) == {"warrant.presented": True}
    assert answers(ASKED, NOTHING, {"supervisor"}, sent) == {
        "warrant.presented": True,
        "warrant.signed_by": "dhs-officer",
    }


def test_what_a_supervisor_attested_stands_when_an_officer_attests_the_rest() -> None:
    known = file({"warrant.signed_by": "magistrate-judge"}, {})
    assert answers(ASKED, known, {"officer"}, {"warrant.presented": "true"}) == {
        "warrant.presented": True,
        "warrant.signed_by": "magistrate-judge",
    }


def test_a_proposal_for_a_supervisor_is_never_attested_by_an_officer() -> None:
    proposed = file({}, {"warrant.signed_by": "magistrate-judge"})
    assert answers(ASKED, proposed, {"officer"}, {}) == {}


def test_counsels_positions_are_never_asked() -> None:
    everyone = groups(ASKED, NOTHING, {"officer", "supervisor", "counsel"})
    assert not [q for group in everyone for q in group.questions if q.name.startswith("position.")]


def test_a_warrant_that_did_not_come_has_no_signer() -> None:
    with pytest.raises(ContradictionError, match="No warrant or court order came"):
        answers(
            ASKED, NOTHING, {"supervisor"}, {"warrant.presented": "false", "warrant.signed_by": "dhs-officer"}
        )


@given(sent=st.dictionaries(st.sampled_from([fact.name for fact in ASKED]), st.text(max_size=20)))
def test_whatever_is_sent_only_values_of_the_facts_come_out(sent: dict[str, str]) -> None:
    for roles in ({"officer"}, {"supervisor"}, {"counsel"}, set[str]()):
        try:
            facts = answers(ASKED, NOTHING, roles, sent)
        except ContradictionError:
            continue
        assert all(
            value in fact.values for fact in ASKED for name, value in facts.items() if name == fact.name
        )
        assert roles & {"officer", "supervisor"} or not facts


def test_the_page_asks_only_what_the_law_asks(sergeant: Client, desk: object) -> None:
    from tests.desk.conftest import take

    page = sergeant.get(f"/cases/{take(desk)}/").content.decode()  # type: ignore[arg-type]
    assert 'name="custody.eligible_for_release"' in page
    assert "nyc.violent" not in page
    assert "position." not in page
