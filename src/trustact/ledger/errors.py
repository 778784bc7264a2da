"""What the ledger room raises when something does not hold."""


class VerificationError(Exception):
    """A ledger, proof, checkpoint or entry that does not verify: one line that says what is wrong and where.

    Raised only for material that came from outside. An argument the caller got wrong is a ValueError.
    """
