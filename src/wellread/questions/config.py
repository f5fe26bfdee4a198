"""Settings of the questions: which files hold them."""

from wellread.records import Frozen
from wellread.runs.fingerprint import runtime


class QuestionsConfig(Frozen):
    """Where the examination questions are."""

    questions: tuple[str, ...] | None = runtime(
        None, description="files of questions; where not given, questions.jsonl in each paper's folder"
    )
