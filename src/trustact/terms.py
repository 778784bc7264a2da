"""The vocabulary of trustact: actions, findings, kinds of evidence. Frozen, no behaviour.

The words are those of the laws and of records practice; `docs/glossary.md` explains each.
"""

from enum import StrEnum


class Action(StrEnum):
    """A thing an agency might do about a person it holds or is asked about."""

    HOLD = "hold"
    ARREST = "arrest"
    NOTIFY_RELEASE = "notify_release"
    TRANSFER = "transfer"
    ALLOW_INTERVIEW = "allow_interview"
    SHARE_PERSONAL_INFORMATION = "share_personal_information"
    SHARE_IMMIGRATION_STATUS = "share_immigration_status"
    SHARE_CRIMINAL_HISTORY = "share_criminal_history"
    USE_RESOURCES = "use_resources"
    ASK_IMMIGRATION_STATUS = "ask_immigration_status"
    RELAY_REQUEST = "relay_request"
    RETURN_FORM = "return_form"


ACTION_LABELS: dict[Action, str] = {
    Action.HOLD: "Hold past eligibility for release",
    Action.ARREST: "Arrest on the document, or on the officers' own grounds",
    Action.NOTIFY_RELEASE: "Tell the requesting agency of the release",
    Action.TRANSFER: "Transfer to immigration authorities",
    Action.ALLOW_INTERVIEW: "Allow an interview in custody",
    Action.SHARE_PERSONAL_INFORMATION: "Share personal information that is not public",
    Action.SHARE_IMMIGRATION_STATUS: "Share citizenship or immigration status",
    Action.SHARE_CRIMINAL_HISTORY: "Share criminal history",
    Action.USE_RESOURCES: "Use money, staff, facilities or databases",
    Action.ASK_IMMIGRATION_STATUS: "Ask the person about immigration status",
    Action.RELAY_REQUEST: "Pass the request to the next custodian",
    Action.RETURN_FORM: "Complete and return the agency section",
}


class Verdict(StrEnum):
    """What the law says of one action. Neither of the last two is ever permission."""

    PROHIBITED = "prohibited"
    REQUIRED = "required"
    PERMITTED = "permitted"
    NOT_REGULATED = "not-regulated"
    UNDETERMINED = "undetermined"


VERDICT_LABELS: dict[Verdict, str] = {
    Verdict.PROHIBITED: "Prohibited",
    Verdict.REQUIRED: "Required",
    Verdict.PERMITTED: "Permitted",
    Verdict.NOT_REGULATED: "Not regulated by this law",
    Verdict.UNDETERMINED: "Undetermined",
}


class Evidence(StrEnum):
    """How the text of a rule was established, from the strongest word to the weakest."""

    TEXT = "text"
    PARTIAL = "partial"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


EVIDENCE_LABELS: dict[Evidence, str] = {
    Evidence.TEXT: "operative words read",
    Evidence.PARTIAL: "only part of the text read",
    Evidence.SECONDARY: "press or official summary",
    Evidence.UNVERIFIED: "not verified",
}
