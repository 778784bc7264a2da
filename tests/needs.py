"""What tests need of the computer: programs that may be missing, and other processes that take their time."""

import os
import time
from collections.abc import Callable
from typing import NoReturn

import pytest

PATIENCE = 120.0
"""Seconds; far more than anything waited for takes, so that only what never happens fails."""


def missing(reason: str) -> NoReturn:
    """Skip a test for want of a program, saying which; in CI nothing may be missing, and the test fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def until(happens: Callable[[], object], what: str) -> None:
    """Wait for what another process does, asking again and again; fail, saying what, where it never happens."""
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline, f"still not: {what}"
        time.sleep(0.02)
