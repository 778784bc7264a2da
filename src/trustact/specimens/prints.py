"""The four prints of each family of forms: type, rules and ticks."""

from typing import Literal

from trustact.specimens.page import PrintId, Style

DETAINER: dict[PrintId, Style] = {
    "A": Style(
        label_font="Aileron",
        value_font="DejaVu Sans Mono",
        size=8.9,
        value_size=9,
        margin=40,
        top=38,
        leading=0.5,
        border="box",
        stroke=0.7,
        tick="cross",
        frame=True,
        outlined_bold=True,
    ),
    "B": Style(
        label_font="Libertinus Serif",
        value_font="Aileron",
        size=9.4,
        value_size=9.6,
        margin=50,
        top=44,
        border="line",
        stroke=0.5,
        tick="bracket",
    ),
    "C": Style(
        label_font="Aileron",
        value_font="Libertinus Serif",
        size=9,
        value_size=10.5,
        margin=46,
        top=40,
        border="box",
        stroke=0.4,
        tick="letter",
        outlined_bold=True,
    ),
    "D": Style(
        label_font="New Computer Modern",
        value_font="DejaVu Sans Mono",
        size=9,
        value_size=9.4,
        margin=58,
        top=58,
        border="line",
        stroke=0.8,
        tick="cross",
    ),
}
"""The I-247 forms. A: sans, ruled boxes, a frame. B: serif, underlined blanks, bracketed ticks. C: sans, thin boxes, lettered ticks."""

WARRANT: dict[PrintId, Style] = {
    "A": Style(
        label_font="Libertinus Serif",
        value_font="DejaVu Sans Mono",
        size=11.8,
        value_size=10,
        margin=54,
        top=46,
        border="box",
        stroke=0.8,
        tick="cross",
    ),
    "B": Style(
        label_font="New Computer Modern",
        value_font="Libertinus Serif",
        size=10.6,
        value_size=11.5,
        margin=64,
        top=56,
        border="line",
        stroke=0.5,
        tick="letter",
        frame=True,
    ),
    "C": Style(
        label_font="Aileron",
        value_font="Aileron",
        size=10,
        value_size=10,
        margin=60,
        top=50,
        border="box",
        stroke=0.6,
        tick="letter",
        outlined_bold=True,
    ),
    "D": Style(
        label_font="Libertinus Serif",
        value_font="New Computer Modern",
        size=11,
        value_size=11,
        margin=72,
        top=70,
        border="line",
        stroke=0.7,
        tick="cross",
    ),
}
"""The administrative warrants, I-200 and I-205."""

COURT: dict[PrintId, Style] = {
    "A": Style(
        label_font="Libertinus Serif",
        value_font="Libertinus Serif",
        size=11,
        value_size=11.5,
        margin=60,
        top=44,
        border="line",
        stroke=0.6,
        tick="cross",
    ),
    "B": Style(
        label_font="New Computer Modern",
        value_font="DejaVu Sans Mono",
        size=10.4,
        value_size=9.6,
        margin=68,
        top=52,
        border="line",
        stroke=0.6,
        tick="letter",
    ),
    "C": Style(
        label_font="Libertinus Serif",
        value_font="Aileron",
        size=11.4,
        value_size=10.5,
        margin=56,
        top=48,
        border="line",
        stroke=0.5,
        tick="letter",
    ),
    "D": Style(
        label_font="New Computer Modern",
        value_font="Libertinus Serif",
        size=11,
        value_size=12,
        margin=76,
        top=64,
        border="line",
        stroke=0.8,
        tick="cross",
    ),
}
"""The courts' AO 442."""

LOOKS: dict[Literal["detainer", "warrant", "court"], dict[PrintId, Style]] = {
    "detainer": DETAINER,
    "warrant": WARRANT,
    "court": COURT,
}
"""The families of forms, as a `specimen.yaml` names them."""
