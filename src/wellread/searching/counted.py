"""What stages counted, as a trial's outcome keeps it."""

from collections.abc import Mapping
from typing import Any

from wellread.records import REHEARSAL, UNRELATED, Score


def scores_of(stats: Mapping[str, Any]) -> dict[str, Score]:
    """Metric -> its mean, from what an examination returned."""
    every = {"soft": stats["soft"], "strict": stats["strict"], **stats["metrics"]}
    return {name: Score.model_validate(score) for name, score in every.items()}


def dose_of(dose: Mapping[str, Any]) -> dict[str, Any]:
    """Texts, tokens, epochs and exposures, from the dose that training counted."""
    genres = dose["genres"]
    others = genres.get(UNRELATED, {"examples": 0, "tokens": 0})
    target = {name: g for name, g in genres.items() if name not in (UNRELATED, REHEARSAL)}
    tokens = sum(g["tokens"] for g in genres.values())
    return {
        "texts": {
            "target": dose["texts"] - others["examples"],
            "unrelated": others["examples"],
            "total": dose["texts"],
        },
        "tokens": {"target": sum(g["tokens"] for g in target.values()), "total": tokens},
        "epochs": genres["text"]["exposures"] if "text" in genres else 0,
        "exposures": round(sum(g["exposures"] for g in target.values()), 2),
    }
