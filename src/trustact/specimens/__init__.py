"""Specimen documents with invented people, for the demonstration, the tests and training."""

from trustact.specimens.demo import demo_set
from trustact.specimens.specimen import Level, Specimen, one
from trustact.specimens.template import LOOK_ALIKE, templates

__all__ = ["LOOK_ALIKE", "Level", "Specimen", "demo_set", "one", "templates"]
