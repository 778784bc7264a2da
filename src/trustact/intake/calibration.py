"""What a confidence says: of readings from pictures of known prints like this one, the share that was right.

Measured on 3,506 values of 440 specimens in every state of a fax, each another person's (seeds 100 to 320 and 550 to 775,
for tuning); `python -m bench reading` lays what is said beside what is right on seeds held back. A person's check of the
same field is always worth more.
"""

from trustact.intake.looks import Settled, Status

_RIGHT: dict[Status, tuple[tuple[float, float], ...]] = {
    "accepted": ((0.98, 0.999), (0.85, 0.995), (0.0, 0.985)),
    "ask": ((0.85, 0.88), (0.7, 0.82), (0.6, 0.74), (0.5, 0.59), (0.4, 0.42), (0.3, 0.26), (0.0, 0.06)),
}
"""For each status, from which agreement of the looks on (0 to 1) what share was right."""


def calibrated(settled: Settled, status: Status) -> float:
    """The share of values right, 0 to 1, whose looks agree as much, and that were accepted or asked; 0 without a value."""
    if settled.value is None:
        return 0.0
    return next(right for least, right in _RIGHT[status] if settled.confidence >= least)
