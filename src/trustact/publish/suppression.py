"""Withholding small counts, where the law or the department wants it: a person behind a 1 may be recognized.

A count from 1 to one less than the threshold is withheld. Zero is never withheld. Where only one part of a
table is withheld it could be found by subtraction, so the next smallest count goes with it.
"""

import msgspec

from trustact.publish.figures import Figure, Figures, Part


def withhold(figures: Figures, below: int | None) -> Figures:
    """The figures with counts under the threshold withheld (None); unchanged where there is no threshold.

    Money is not a count and is never withheld as a sum, but its parts, one a case, are.
    """
    if below is None:
        return figures
    return Figures(
        items=tuple(_figure(figure, below) for figure in figures.items),
        lines=tuple(_figure(figure, below) for figure in figures.lines),
        beside=tuple(_figure(figure, below) for figure in figures.beside),
        listed=_amount(figures.listed, below),
        by_district=_parts(figures.by_district, below),
        by_month=_parts(figures.by_month, below),
        by_channel=_parts(figures.by_channel, below),
    )


def _figure(figure: Figure, below: int) -> Figure:
    if figure.unit == "cents":
        return msgspec.structs.replace(figure, parts=())
    amount, parts = _amount(figure.amount, below), _parts(figure.parts, below)
    return msgspec.structs.replace(figure, amount=amount, parts=parts)


def _amount(amount: int | None, below: int) -> int | None:
    return None if amount is not None and 0 < amount < below else amount


def _parts(parts: tuple[Part, ...], below: int) -> tuple[Part, ...]:
    shown = {part.code: _amount(part.amount, below) for part in parts}
    hidden = [code for code, amount in shown.items() if amount is None]
    if len(hidden) == 1:
        others = [(amount, code) for code, amount in shown.items() if amount]
        if others:
            shown[min(others)[1]] = None
    return tuple(Part(part.code, part.label, shown[part.code]) for part in parts)
