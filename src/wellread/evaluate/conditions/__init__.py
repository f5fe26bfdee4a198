"""Conditions of an examination, one file each: what the model is shown beside the question.

A condition has `LABEL`, `Params` and `prompts(questions, library, params)`: the user's turn for each question, None where
the condition isn't possible for it.
"""

#: A condition is named by its file's stem.
Condition = str

__all__ = ["Condition"]
