"""Specimen documents with invented people, for the demonstration, the tests and training."""

from trustact.specimens.demo import demo_set
from trustact.specimens.specimen import FORMS, Level, Specimen, one

__all__ = ["FORMS", "Level", "Specimen", "demo_set", "one"]
