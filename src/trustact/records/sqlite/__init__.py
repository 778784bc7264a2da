"""A database backend of Django: SQLite with a waiting of our own. Django looks for it in `base`."""

PATIENCE = 20
"""Seconds until waiting to write is given up."""
