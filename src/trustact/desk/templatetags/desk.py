"""Tags and filters of the desk's templates."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from trustact.desk import wording
from trustact.desk.forms import OUTCOMES, RELEASES, TRANSFERS
from trustact.publish.department import Department
from trustact.terms import ACTION_LABELS, EVIDENCE_LABELS, VERDICT_LABELS, Action, Evidence, Verdict

register = template.Library()

register.filter("words", wording.words)


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the design system, for the eye alone: the word stands beside it."""
    sprite = static("vendor/uswds/dist/img/sprite.svg")
    return format_html(
        '<svg class="usa-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        sprite,
        name,
    )


@register.simple_tag
def verdict(value: str) -> SafeString:
    """A finding as icon and word, in the shape of its kind."""
    found = Verdict(value)
    mark = icon(wording.VERDICT_ICONS[found])
    return format_html('<span class="verdict verdict--{}">{}{}</span>', found, mark, VERDICT_LABELS[found])


@register.simple_tag(takes_context=True)
def moment(context: dict[str, Any], at: dt.datetime | dt.date | str) -> SafeString:
    """A moment in the agency's time zone, to the minute, or a day."""
    if isinstance(at, str):
        at = dt.datetime.fromisoformat(at) if "T" in at else dt.date.fromisoformat(at)
    if isinstance(at, dt.datetime):
        zone: ZoneInfo = context["zone"]
        local = at.astimezone(zone)
        return format_html(
            '<time datetime="{}">{} {}</time>', local.isoformat(), _day(local), f"{local:%H:%M}"
        )
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), _day(at))


def _day(day: dt.date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


@register.filter
def action_label(value: str) -> str:
    """An action in plain words."""
    return ACTION_LABELS[Action(value)]


@register.filter
def evidence_label(value: str) -> str:
    """How a rule's text was established, spelled out."""
    return EVIDENCE_LABELS[Evidence(value)]


@register.filter
def stage_label(value: str) -> str:
    """A stage in plain words."""
    return wording.STAGE_LABELS[value]


@register.filter
def term_words(value: str) -> str:
    """The name of a term as words."""
    return value.replace("-", " ")


@register.simple_tag
def amount(value: int | None, unit: str) -> str:
    """An amount of a report in its unit; a small count that is withheld says so."""
    if value is None:
        return "withheld"
    return f"${value / 100:,.2f}" if unit == "cents" else f"{value:,}"


@register.simple_tag(takes_context=True)
def station(context: dict[str, Any], code: str) -> str:
    """A station as the department calls it."""
    found: Department = context["department"]
    return found.station(code)


@register.simple_tag(takes_context=True)
def channel(context: dict[str, Any], code: str) -> str:
    """A channel as the department calls it."""
    found: Department = context["department"]
    return found.channel(code)


@register.filter
def attester_label(value: str) -> str:
    """Who may attest a fact, in plain words."""
    return wording.ATTESTERS[value]


@register.filter
def verdict_label(value: str) -> str:
    """A finding in plain words."""
    return VERDICT_LABELS[Verdict(value)]


@register.filter
def outcome_label(value: str) -> str:
    """What was done about a request, in plain words."""
    return OUTCOMES[value]


@register.filter
def release_label(value: str) -> str:
    """How custody ended, in plain words."""
    return RELEASES[value]


@register.filter
def transfer_label(value: str) -> str:
    """To whom a person was transferred, in plain words."""
    return TRANSFERS[value]


@register.filter
def contradiction(value: str) -> str:
    """A contradiction as recorded (`hold: done although prohibited`) with the action in plain words."""
    action, _, how = value.partition(": ")
    return f"{action_label(action)}: {how}"


@register.simple_tag
def place(box: tuple[float, float, float, float]) -> SafeString:
    """A reading's box, in points from the top left, as the attributes of a rectangle."""
    x0, y0, x1, y1 = box
    size = (f"{x0:.1f}", f"{y0:.1f}", f"{x1 - x0:.1f}", f"{y1 - y0:.1f}")
    return format_html('x="{}" y="{}" width="{}" height="{}"', *size)


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    """The value of a key with a dot in it."""
    return mapping.get(key, "")


@register.filter
def reading_value(value: str | bool | None) -> str:
    """What was read of a field: a tick box in words, and nothing said plainly."""
    if value is None or value == "":
        return "not read"
    if isinstance(value, bool):
        return "ticked" if value else "not ticked"
    return value
