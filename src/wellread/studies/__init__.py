"""Searches as they stand in an Optuna store: frozen records, read from SQLite, PostgreSQL and journal files, never written."""

from wellread.studies.read import is_store, read
from wellread.studies.study import Parameter, Study, Trial

__all__ = ["Parameter", "Study", "Trial", "is_store", "read"]
