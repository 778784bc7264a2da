"""The first draft of a law's folder: a pack and a worked example that load and pass, to be written over."""

import datetime as dt

from trustact.failures import BadInput

_LAW = """\
# {name}. Write over every line: see docs/add-a-law.md.
law: {law}
name: {name_json}
citation: {name_json}
jurisdiction: to be written
binds: to be written
time_zone: America/New_York
{stands_on}begins: {begins}
before: nothing is modelled before {begins}
note: >-
  A scaffold. Nothing in it was read in the text of the law.

provisions:
  - provision: holds
    heading: Holding a person past eligibility for release
    cite: to be written
    versions:
      - from: {begins}
        rules:
          - rule: hold-civil-detainer
            actions: [hold]
            finding: prohibited
            when:
              all:
                - {{term: civil-detainer}}
                - {{term: at-release}}
                - {{term: no-other-basis}}
                - not: {{term: criminal-warrant}}
            says: to be written
            cite: to be written
            evidence: unverified

open_questions:
  - The whole text.
"""

_CASES = """\
# Worked examples of {name}: what the law must answer, in cases a person would recognise.
bases:
  released:
    facts:
      request.form: i-247a
      warrant.presented: false
      custody.in_custody: true
      custody.eligible_for_release: true
      custody.other_lawful_hold: false

cases:
  - case: plain-detainer
    title: A detainer, and the person is eligible for release
    at: {begins}
    base: released
    expect:
      hold: prohibited
"""


def scaffold(law: str, name: str, stands_on: str, begins: dt.date) -> dict[str, str]:
    """The files of a new law's folder, by name. Raises BadInput for an id that cannot be one."""
    parts = law.split("-")
    if not all(part.isalnum() and part == part.lower() for part in parts):
        raise BadInput(f"'{law}' is no law id: lower-case words joined by hyphens, such as us-ma-cambridge")
    words = {
        "law": law,
        "name": name,
        "name_json": '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"',
        "stands_on": f"stands_on: {stands_on}\n" if stands_on else "",
        "begins": begins.isoformat(),
    }
    return {"law.yaml": _LAW.format(**words), "cases.yaml": _CASES.format(**words)}
