"""What `teach` and `run` share: start, run the pipeline, show the end."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wellread.runs import progress

if TYPE_CHECKING:
    from wellread.config import RunConfig
    from wellread.pipeline import Taught


def start(as_json: bool) -> None:
    """Choose how progress shows."""
    progress.set_mode("silent" if as_json else "auto")


def finish(config: "RunConfig", out: Path | None, artifacts: Path | None, as_json: bool) -> None:
    """Run the pipeline and print what came of it."""
    from wellread.pipeline import teach
    from wellread.report.page import render_text
    from wellread.report.stage import collect
    from wellread.runs.run import look

    out = out or Path("runs") / (config.name or Path(config.corpus.papers[0]).resolve().stem)
    taught = teach(config, out, artifacts)
    if as_json:
        rows = [summary(t, out) for t in taught]
        whole = {"run": str(out), "report": str(out / "report.html"), "cells": rows} if config.grid else rows[0]
        print(json.dumps(whole, ensure_ascii=False))
    else:
        print(render_text(collect(look(out))))
        print(f"Report: {out / 'report.html'}")


def summary(taught: "Taught", out: Path) -> dict[str, Any]:
    """One taught model as a JSON object."""
    stages = taught.stages
    dose = stages["train"].stats["dose"]
    model = stages["train"].path / "model"
    row: dict[str, Any] = {
        "run": str(out),
        "model": str(model) if model.is_dir() else None,
        "texts": dose["texts"],
        "pairs": dose["pairs"],
        "tokens": dose["tokens"],
        "steps": stages["train"].stats.get("steps", dose["steps"]),
        "collapsed": stages["train"].stats["collapsed"],
        "seconds": {k: round(v, 1) for k, v in taught.seconds.items()},
        **{name: _scores(stages[name].stats) for name in ("floor", "closed_book", "in_context")},
        **({"retention": _retention(stages["retention"].stats)} if "retention" in stages else {}),
        "report": str(out / "report.html"),
    }
    return {"chosen": taught.chosen, **row} if taught.chosen else row


def _scores(stats: dict[str, Any]) -> dict[str, Any]:
    flat = _flat(stats)
    return {**flat, "by_kind": {kind: _flat(scores) for kind, scores in stats["by_kind"].items()}}


def _retention(stats: dict[str, Any]) -> dict[str, Any]:
    return {name: {k: score[k] for k in ("value", "low", "high", "n")} for name, score in stats.items()}


def _flat(scores: dict[str, Any]) -> dict[str, Any]:
    soft, strict = scores["soft"], scores["strict"]
    return {
        "soft": soft["value"],
        "strict": strict["value"],
        "n": strict["n"],
        "unscored": strict["unscored"],
        "strict_interval": [strict["low"], strict["high"]],
    }


def show_plan(plan: Any, as_json: bool) -> None:
    """What asking a language model would take: `plan` has passages, requests, tokens_in and _out, usd, seconds, and more."""
    if as_json:
        print(json.dumps(plan._asdict()))
        return
    cost = "unknown (give --price IN/OUT)" if plan.usd is None else f"about {plan.usd:.4g} usd"
    rows = {name: f"{getattr(plan, name):,}" for name in ("passages", "questions", "requests") if hasattr(plan, name)}
    rows["tokens"] = f"about {plan.tokens_in:,} read and {plan.tokens_out:,} written, more where an answer is refused"
    rows |= {
        "cost": cost,
        "time": f"about {plan.seconds / 60:.1f} min at 40 tokens a second for each request under way",
    }
    print("\n".join(f"{name:<10}{value}" for name, value in rows.items()), "Nothing was sent.", sep="\n")
