"""The stage `preferences`: questions with answers in, pairs of a right and a wrong answer out."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wellread.providers.provider import Provider
from wellread.questions.preferring.config import PreferConfig
from wellread.questions.preferring.pairs import by_provider, by_rule
from wellread.records import Question
from wellread.runs.jsonl import write_records

NAME = "preferences"
VERSION = 2


def run(config: PreferConfig, provider: Provider | None, questions: Sequence[Question], out: Path) -> dict[str, Any]:
    """Write data/preferences, preferences.jsonl and rejected/preferences; without a `provider`, by rule.

    Raises the provider's errors where it stops; the same call then continues.
    """
    done = by_provider(questions, config, provider) if provider else by_rule(questions, config)
    write_records(out / "data" / "preferences.jsonl.zst", done.kept)
    write_records(out / "preferences.jsonl", (p.model_dump(mode="json", exclude_defaults=True) for p in done.kept))
    write_records(out / "rejected" / "preferences.jsonl", done.rejected)
    return {
        "questions": len(questions),
        "kept": len(done.kept),
        "by_difference": dict(Counter(p.maker.removeprefix("preferences-") for p in done.kept).most_common()),
        "rejected": dict(Counter(row["reason"] for row in done.rejected).most_common()),
        **done.tally.counts(),
    }
