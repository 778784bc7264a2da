"""Several processes for work that falls into many pieces: as many as there are cores for it, and only where it is worth it."""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_all_start_methods, get_context
from typing import Any, TypeVar

from trustact.failures import OutsideFailed

T = TypeVar("T")
R = TypeVar("R")

PIECES = 16  # that a process is given at once
_WORTH = 64  # pieces: fewer are done sooner than a process is made

_work: Callable[[Any], Any]


def in_order(work: Callable[[T], R], things: Iterable[T], /) -> Iterator[R]:
    """What the function makes of each thing, in their order, as `map` gives it, made by several processes at once.

    They are forked, so that the function and what it holds need no copy. By this process alone where there is one core,
    little to do, or another thread, which a fork could catch in the middle of something. Raises OutsideFailed where one
    of them dies.
    """
    rest = iter(things)
    begin = list(islice(rest, _WORTH))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    alone = len(begin) < _WORTH or cores < 2 or threading.active_count() > 1
    if alone or "fork" not in get_all_start_methods():
        return map(work, chain(begin, rest))
    return _forked(work, chain(begin, rest), cores)


def _forked(work: Callable[[T], R], things: Iterator[T], cores: int) -> Iterator[R]:
    """Pieces wait for their turn, but never many of them: memory stays flat however much there is to do."""
    with ProcessPoolExecutor(cores, get_context("fork"), _remember, (work,)) as pool:
        waiting: deque[Future[list[Any]]] = deque()
        try:
            while pieces := list(islice(things, PIECES)):
                waiting.append(pool.submit(_do, pieces))
                if len(waiting) > 2 * cores:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool:
            raise OutsideFailed(
                "a process of this audit was ended from outside, as where memory runs out: nothing is verified"
            ) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _remember(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603 - a forked process does one thing
    _work = work


def _do(pieces: Sequence[Any]) -> list[Any]:
    return list(map(_work, pieces))
