"""Two persons: what one proposes another carries out, and a name written otherwise is no other person."""


def same(one: str, other: str) -> bool:
    """Whether two names are one person's, whatever their capitals and blanks."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
