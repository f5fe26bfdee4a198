"""Examination questions: read them, and check that no text to be trained on repeats them."""

from wellread.questions.config import QuestionsConfig

__all__ = ["QuestionsConfig"]
