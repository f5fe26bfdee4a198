"""Examinations: conditions, metrics, statistics."""
