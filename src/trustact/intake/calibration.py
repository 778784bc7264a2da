"""What a confidence says: of readings from pictures of known prints like this one, the share that was right.

Measured on 1,420 values of specimens in every state of a fax (seeds 50 to 55, for tuning); `python -m bench reading` lays
what is said beside what is right on seeds held back. A person's check of the same field is always worth more.
"""

from trustact.intake.looks import Settled, Status

_RIGHT: dict[Status, tuple[tuple[float, float], ...]] = {
    "accepted": ((0.95, 0.999), (0.8, 0.985), (0.0, 0.955)),
    "ask": ((0.8, 0.88), (0.6, 0.83), (0.4, 0.43), (0.3, 0.1), (0.0, 0.02)),
}
"""For each status, from which agreement of the looks on (0 to 1) what share was right."""


def calibrated(settled: Settled, status: Status) -> float:
    """The share of values right, 0 to 1, whose looks agree as much, and that were accepted or asked; 0 without a value."""
    if settled.value is None:
        return 0.0
    return next(right for least, right in _RIGHT[status] if settled.confidence >= least)
