"""Plain Python, written by hand: one function an action, early returns, no trace. The reference and the yard."""

from bench.cases import Case
from bench.policy.rules import CIVIL, ERA_1, ERA_2, JUDICIAL

ENGINE = "plain Python"
Outcomes = tuple[str, ...]


def decide(case: Case) -> Outcomes:
    """The outcomes of the six actions."""
    return hold(case), transfer(case), notify(case), interview(case), share(case), "permitted C1"


def hold(case: Case) -> str:  # noqa: PLR0911  # early returns are how one writes it
    kind, judge, eligible = case["document_kind"], case["judge_signed"], case["eligible_for_release"]
    offence = case["criminal_offence"]
    if kind == "criminal_warrant" and judge and offence:
        return "permitted H1"
    if kind == "judicial_order" and judge:
        return "permitted H2"
    if case["received"] < ERA_1:
        return "permitted H3"
    if eligible and kind in CIVIL:
        return "prohibited H4"
    if eligible is False:
        return "permitted H5"
    if kind == "criminal_warrant" and judge is not False and offence is not False:
        return "undetermined H1?"
    if kind == "judicial_order" and judge is None:
        return "undetermined H2?"
    if eligible is None:
        return "undetermined H5?"
    return "prohibited H6"


def transfer(case: Case) -> str:
    judicial = case["document_kind"] in JUDICIAL
    judge, received = case["judge_signed"], case["received"]
    if judicial and judge:
        return "permitted T1"
    if received < ERA_1:
        return "permitted T2"
    violent = received < ERA_2 and case["offence_class"] == "violent"
    if violent and case["criminal_offence"]:
        return "permitted T3"
    if judicial and judge is None:
        return "undetermined T1?"
    if violent and case["criminal_offence"] is None:
        return "undetermined T3?"
    return "prohibited T4"


def notify(case: Case) -> str:  # noqa: PLR0911  # early returns are how one writes it
    judicial = case["document_kind"] in JUDICIAL
    judge, received = case["judge_signed"], case["received"]
    if judicial and judge:
        return "permitted N1"
    if received < ERA_1:
        return "permitted N2"
    if received < ERA_2:
        if case["offence_class"] in ("felony", "violent"):
            return "permitted N3"
        joint = False
    else:
        joint = case["task_force"] and case["request_purpose"] == "criminal_investigation"
        if joint and case["criminal_offence"]:
            return "permitted N4"
    if judicial and judge is None:
        return "undetermined N1?"
    if joint and case["criminal_offence"] is None:
        return "undetermined N4?"
    return "prohibited N5"


def interview(case: Case) -> str:
    consent, judge = case["written_consent"], case["judge_signed"]
    order = case["document_kind"] == "judicial_order"
    if consent:
        return "permitted I1"
    if order and judge:
        return "permitted I2"
    if case["task_force"] and case["request_purpose"] == "criminal_investigation":
        return "permitted I3"
    if consent is None:
        return "undetermined I1?"
    if order and judge is None:
        return "undetermined I2?"
    return "prohibited I4"


def share(case: Case) -> str:  # noqa: PLR0911  # early returns are how one writes it
    purpose, judge, judicial = (
        case["request_purpose"],
        case["judge_signed"],
        case["document_kind"] in JUDICIAL,
    )
    offence = case["criminal_offence"]
    if judicial and judge:
        return "permitted S1"
    if purpose == "criminal_investigation" and offence:
        return "permitted S2"
    if purpose == "civil_enforcement" and case["received"] >= ERA_1:
        return "undetermined S1?" if judicial and judge is None else "prohibited S3"
    if case["received"] < ERA_1:
        return "permitted S4"
    if judicial and judge is None:
        return "undetermined S1?"
    if purpose == "criminal_investigation" and offence is None:
        return "undetermined S2?"
    return "prohibited S5"
