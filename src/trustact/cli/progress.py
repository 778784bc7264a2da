"""Progress of a long command, a line a step, with the seconds it took."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import click


@contextmanager
def step(says: str) -> Iterator[None]:
    """Say what begins; when it is done, how long it took."""
    click.echo(f"  {says} ", nl=False)
    sys.stdout.flush()
    begun = perf_counter()
    yield
    click.echo(click.style(f"({perf_counter() - begun:.1f} s)", dim=True))


def heading(number: int, says: str) -> None:
    """The heading of a part."""
    click.echo()
    click.echo(click.style(f"{number}. {says}", bold=True))
