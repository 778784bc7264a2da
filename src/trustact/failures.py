"""The two ways a step can fail that a person can mend, each one clear line: what, where, and what to do."""


class BadInput(Exception):
    """What was given cannot be taken; the command ends with exit code 2."""


class OutsideFailed(Exception):
    """Something outside the program failed: a folder, a database, a port. The command ends with exit code 3."""
