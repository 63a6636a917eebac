"""Ctrl-C and SIGTERM: a run that is stopped cleans up, as one that fails does."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stoppable() -> Iterator[None]:
    """SIGTERM stops as Ctrl-C does: with a KeyboardInterrupt, which holds the number of the signal."""
    with _handled(_stop):
        yield


@contextmanager
def stopping_later(do: Callable[[], None]) -> Iterator[None]:
    """Meanwhile the first signal only calls ``do``, and stops at the end; a second one is at once."""
    received: list[int] = []

    def note(number: int, _: Any) -> None:
        if received:
            raise KeyboardInterrupt(number)
        received.append(number)
        do()

    try:
        with _handled(note):
            yield
    finally:
        if received:  # what went wrong by stopping is not what happened
            raise KeyboardInterrupt(received[0])


@contextmanager
def not_stopping() -> Iterator[None]:
    """Meanwhile signals do nothing: for what takes no time, and must be done as a whole."""
    with _handled(signal.SIG_IGN):
        yield


def _stop(number: int, _: Any) -> None:
    raise KeyboardInterrupt(number)


@contextmanager
def _handled(handler: Any) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # only there can it be said
        yield
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}
    try:
        for number in SIGNALS:
            signal.signal(number, handler)
        yield
    finally:
        for number, was in before.items():
            signal.signal(number, was or signal.SIG_DFL)
