"""What the ledger room raises when something does not hold."""

from trustact.failures import Failure


class VerificationError(Failure):
    """A ledger, proof, checkpoint or entry that does not verify: one line that says what is wrong and where.

    Raised only for material that came from outside. An argument the caller got wrong is a ValueError.
    """
