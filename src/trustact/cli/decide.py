"""`trustact decide`: findings for facts in a JSON object."""

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from trustact.casework.clock import now
from trustact.cli.inputs import own_shelf, read_object
from trustact.failures import BadInput, nearest
from trustact.law.answer import Answer, answer
from trustact.law.finding import Finding
from trustact.law.loading import load_law
from trustact.law.period import moment
from trustact.terms import ACTION_LABELS, EVIDENCE_LABELS, VERDICT_LABELS, Action

if TYPE_CHECKING:
    from trustact.law.explain import Trace


@click.command(epilog='Example: echo \'{"request.form": "i-247a"}\' | trustact decide us-ma-boston --facts -')
@click.argument("law")
@click.option(
    "--facts",
    "facts_file",
    required=True,
    metavar="FILE",
    help="A JSON object of facts; - for standard input.",
)
@click.option("--at", metavar="MOMENT", help="ISO 8601 with offset, or a date; now without.")
@click.option("--action", "actions", multiple=True, metavar="A", help="Only this action; may be repeated.")
@click.option("--trace", is_flag=True, help="Why each rule applies, and why each other one does not.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@own_shelf
def decide(
    law: str,
    facts_file: str,
    at: str | None,
    actions: tuple[str, ...],
    laws: Path | None,
    *,
    trace: bool,
    as_json: bool,
) -> None:
    """Say what LAW lets the agency do, on the facts in a JSON object."""
    text = load_law(law, laws)
    facts = read_object(facts_file)
    when = moment(at, text.data.time_zone) if at else now()
    for action in actions:
        if action not in list(Action):
            raise BadInput(f"there is no action '{action}'{nearest(action, Action)}")
    found = answer(text, facts, when, actions or None)
    traces: Sequence[Trace] = ()
    if trace:
        from trustact.law.explain import explain

        traces = explain(text, facts, when, actions or None)
    if as_json:
        click.echo(traced_json(found, traces) if trace else found.encode())
    else:
        click.echo(words(found, traces))


def traced_json(found: Answer, traces: "Sequence[Trace]") -> bytes:
    """An answer as JSON, each finding with its trace: a sentence, and the standing of every rule."""
    told = msgspec.to_builtins(found)
    for finding, trace in zip(told["findings"], traces, strict=True):
        finding["trace"] = {"sentence": trace.sentence, "rules": msgspec.to_builtins(trace.rules)}
    return msgspec.json.encode(told)


def words(found: Answer, traces: "Sequence[Trace]" = ()) -> str:
    """An answer for people, a paragraph a finding, with the traces under their findings."""
    lines = [f"{found.law} at {found.at.isoformat()}", f"pack {found.pack_digest}"]
    lines += [f"Note: {note}" for note in found.notes]
    for finding, trace in zip_longest(found.findings, traces):
        lines += ["", *_finding(finding)]
        lines += [f"      {rule.rule}: {rule.sentence}" for rule in (trace.rules if trace else ())]
    if found.duties:
        lines += ["", "Duties:"]
        lines += [
            f"  {d.duty}, due {d.due or 'at no stated time'}: {d.says} ({d.cite})" for d in found.duties
        ]
    return "\n".join(lines)


def _finding(finding: Finding) -> list[str]:
    lines = [f"{VERDICT_LABELS[finding.finding].upper()}: {ACTION_LABELS[finding.action]} ({finding.action})"]
    for reason in finding.because:
        lines.append(f"    {reason.says}")
        lines.append(f"      {reason.cite} [{EVIDENCE_LABELS[reason.evidence]}; {reason.rule}]")
    if finding.missing:
        lines.append(f"    Not known: {', '.join(finding.missing)}")
        lines.append(
            f"    Ask next: {finding.ask_next or 'nothing an officer can answer; counsel must settle it'}"
        )
    if finding.meanwhile:
        lines.append(f"    Meanwhile: {VERDICT_LABELS[finding.meanwhile].lower()}")
    return lines
