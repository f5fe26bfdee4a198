"""Optuna without its talk: its notes, Alembic's and their warnings are not for the reader of a report."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing of what Optuna and Alembic say about upgrades of our copy, and their changes to logging undone."""
    root = logging.getLogger()
    before = root.level, root.handlers[:]
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)
        root.setLevel(before[0])
        root.handlers[:] = before[1]
