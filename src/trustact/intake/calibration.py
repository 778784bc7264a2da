"""What a confidence says: of readings from pictures of known prints like this one, the share that was right.

Measured on 4,077 values of 191 persons' specimens in every state of a fax (seeds 600 to 690 and 830 to 929, for tuning) and,
with a line reader before this one, on 4,893 of 120 persons' standard and bad faxes (seeds 1020 to 1139). Of 55 persons later
(seeds 100742 to 100796, which are for tuning since) the first row of those accepted was right in 3,736 of 3,738, the second in
776 of 786 and the third in 43 of 47. `python -m bench reading` lays what is said beside what is right on seeds held back.
A person's check of the same field is always worth more.
"""

from trustact.intake.looks import Settled, Status

_RIGHT: dict[Status, tuple[tuple[float, float], ...]] = {
    "accepted": ((0.98, 0.999), (0.7, 0.99), (0.0, 0.92)),
    "ask": ((0.85, 0.9), (0.6, 0.83), (0.5, 0.61), (0.4, 0.36), (0.3, 0.17), (0.0, 0.08)),
}
"""For each status, from which agreement of the looks on (0 to 1) what share was right."""


def calibrated(settled: Settled, status: Status) -> float:
    """The share of values right, 0 to 1, whose looks agree as much, and that were accepted or asked; 0 without a value."""
    if settled.value is None:
        return 0.0
    return next(right for least, right in _RIGHT[status] if settled.confidence >= least)
