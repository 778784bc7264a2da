"""The office's verbs: receive, read, confirm, decide, act, reply, report, publish. The only reader of the clock."""

from trustact.failures import BadInput


class Refused(BadInput):
    """A step the office cannot take: one line that says what, where and what to do."""


class CaseNotFound(Refused):
    """There is no case of that number."""


class CaseShredded(CaseNotFound):
    """The records of that case were shredded at the end of their retention."""
