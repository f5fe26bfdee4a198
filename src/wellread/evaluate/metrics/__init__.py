"""Metrics, one file each: `score(question, answer) -> float | None`; None where the question can't be scored."""
