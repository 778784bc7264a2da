"""The yardstick as data: a pack on a shelf of its own, and its rules as rows for the other engines."""
