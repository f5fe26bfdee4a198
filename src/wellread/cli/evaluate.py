"""wellread evaluate: what a model knows, beside what it could know, and what it forgot."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from wellread.cli._options import Json, Settings

EXAMPLES = """
Examples:

  wellread evaluate runs/polyether --compare base,in-context,retrieval --retention --out exam

  wellread evaluate student --base bundled --questions questions.jsonl --papers papers/polyether --compare base

  wellread evaluate student --base bundled --compare base --mmlu college_chemistry --mmlu-data mmlu --shots 5

  wellread evaluate http://127.0.0.1:8000/v1 --questions questions.csv

  wellread evaluate seed1 seed2 seed3 --pool --questions questions.jsonl --base bundled --compare base

  wellread evaluate runs/polyether --judge http://127.0.0.1:8000/v1 --judge-model NAME --judge-by judge,rubric --judge-times 3

  wellread evaluate runs/polyether --compare base,others=runs/thermoelectric,embedding --engine ctranslate2

  wellread evaluate student --lm-eval my_task --lm-eval-folder tasks/

  wellread evaluate --rescore predictions.jsonl

MODEL is a run, a model folder, `bundled`, a .gguf file, a hub id or the address of a server (http://HOST/v1#NAME). A run
brings its questions, papers and untrained model along. Questions come as JSON lines, CSV, Parquet, MMLU's files, or
from the hub (hub:OWNER/NAME:CONFIG@SPLIT). Interrupted, or the judge was down? The same command continues; what was answered
is kept in the folder named by --out. --set reaches examine.*, manner.* and judge.*, such as
--set judge.provider.price=0.15/0.60 --set judge.provider.budget=1usd --set manner.conditions.retrieval.paragraphs=5
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("evaluate", epilog=EXAMPLES, help="Examine any model under several conditions, in one table.")(evaluate)


def evaluate(
    models: Annotated[
        list[str] | None, typer.Argument(metavar="MODEL...", help="Who is examined; the first counts.")
    ] = None,
    questions: Annotated[
        list[str] | None, typer.Option(help="Files of questions, or a paper's folder; repeatable.")
    ] = None,
    papers: Annotated[
        list[str] | None, typer.Option(help="The papers that the questions are about; repeatable.")
    ] = None,
    base: Annotated[str | None, typer.Option(help="The untrained model. [default: that of the run]")] = None,
    compare: Annotated[
        str, typer.Option(help="base, in-context, retrieval, embedding, choices-only, others=RUN; several with commas.")
    ] = "",
    label: Annotated[list[str] | None, typer.Option(help="What to call each MODEL, in order; repeatable.")] = None,
    pool: Annotated[
        bool, typer.Option("--pool", help="The models are seeds of one recipe: show them together too.")
    ] = False,
    retention: Annotated[bool, typer.Option("--retention", help="Ask what was known before, too.")] = False,
    mmlu: Annotated[str | None, typer.Option(help="MMLU subjects, with commas.")] = None,
    mmlu_data: Annotated[Path | None, typer.Option(help="The folder with MMLU's dev and test folders.")] = None,
    shots: Annotated[int, typer.Option(min=0, help="Worked examples before each MMLU question.")] = 5,
    plain: Annotated[bool, typer.Option("--plain", help="Ask as a text to be continued, not as a chat.")] = False,
    judge: Annotated[str | None, typer.Option(help="Who judges answers: local, openai, replay, or a URL.")] = None,
    judge_model: Annotated[str, typer.Option(help="The judge's name there.")] = "",
    judge_by: Annotated[str, typer.Option(help="judge, rubric, or both with a comma.")] = "judge",
    judge_times: Annotated[int, typer.Option(min=1, max=20, help="How often each answer is judged.")] = 1,
    engine: Annotated[str, typer.Option(help="transformers, or ctranslate2 (8 bits, CPU).")] = "transformers",
    embedder: Annotated[
        Path | None, typer.Option(help="A sentence-embedding model for `embedding`. [default: the model asked]")
    ] = None,
    lm_eval: Annotated[str | None, typer.Option(help="Tasks of lm-evaluation-harness, with commas.")] = None,
    lm_eval_folder: Annotated[Path | None, typer.Option(help="A folder with task files of your own.")] = None,
    rescore: Annotated[list[Path] | None, typer.Option(help="Score the answers in a published log again.")] = None,
    max_new_tokens: Annotated[int, typer.Option(min=1, help="The longest answer, in tokens.")] = 64,
    batch_size: Annotated[int, typer.Option(min=1, help="Questions answered at a time.")] = 80,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
    set_: Settings = None,
    out: Annotated[Path, typer.Option(help="Where answers and page go.")] = Path("exam"),
    as_json: Json = False,
) -> None:
    """Build the exam, hold it, print the table."""
    from wellread.cli._show import start
    from wellread.cli._values import parse
    from wellread.errors import ConfigError
    from wellread.examining.exam import examine
    from wellread.examining.inputs import mmlu_files
    from wellread.examining.settings import Exam, comparisons, settings_from
    from wellread.models.device import check
    from wellread.report.exam_page import render, render_text
    from wellread.runs.files import write_text

    start(as_json)
    if rescore:
        _rescore(rescore, as_json)
        return
    if not models:
        raise ConfigError("no model to examine", "Name one, for example: wellread evaluate runs/polyether")
    names = _labels(models, label or [])
    asked, examples = mmlu_files(_listed(mmlu), mmlu_data, shots)
    values: dict[str, Any] = {
        "examine": {"max_new_tokens": max_new_tokens, "batch_size": batch_size},
        "manner": {"shots": shots if examples else 0, "chat": not plain, "likelihoods": True},
    }
    if embedder:
        values["manner"]["conditions"] = {"embedding": {"model": str(embedder)}}
    if judge:
        provider = {"name": judge, "model": judge_model}
        values["judge"] = {"provider": provider, "metrics": _listed(judge_by), "times": judge_times}
    compared, others = comparisons(compare)
    exam = Exam(
        models=dict(zip(names, models, strict=True)),
        base=base,
        others=others,
        questions=(*(questions or ()), *asked),
        papers=tuple(papers or ()),
        compare=compared,
        retention=retention,
        settings=settings_from(values, parse(set_ or [])),
        engine=engine,
        device=check(device),
        pool=pool,
        shots_from=examples,
        harness=tuple(_listed(lm_eval)),
        harness_folder=None if lm_eval_folder is None else str(lm_eval_folder),
    )
    page, more = examine(exam, out)
    write_text(out / "report.html", render(page))
    if as_json:
        rows = [r.model_dump(mode="json") for r in page.rows]
        kept = [r.model_dump(mode="json") for r in page.retention]
        whole = {
            "out": str(out),
            "rows": rows,
            "retention": kept,
            "notes": page.notes,
            **more,
            "report": str(out / "report.html"),
        }
        print(json.dumps(whole, ensure_ascii=False))
    else:
        print(render_text(page))
        print(f"Report: {out / 'report.html'}")


def _labels(models: list[str], given: list[str]) -> list[str]:
    """What each model is called: as `given`, a single one else 'taught', several by their names."""
    from wellread.errors import ConfigError
    from wellread.examining.settings import COMPARISONS

    if len(given) > len(models):
        raise ConfigError(f"{len(given)} labels for {len(models)} models", "Give one --label for each MODEL, in order.")
    names = [*given, *(["taught"] if len(models) == 1 else models)[len(given) :]]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(f"two models are called {name!r}", "Name each with --label.")
        if name in ("untrained", *COMPARISONS):
            raise ConfigError(f"a model can't be called {name!r}: a row of the table is", "Choose another --label.")
    return names


def _listed(names: str | None) -> list[str]:
    return [n.strip() for n in (names or "").split(",") if n.strip()]


def _rescore(paths: list[Path], as_json: bool) -> None:
    """Score published answers again and print ours beside theirs."""
    from wellread.report.published_page import render_text
    from wellread.reporting import scored_again

    logs = [scored_again(path) for path in paths]
    if as_json:
        print(json.dumps({"logs": {log.name: log.model_dump(mode="json") for log in logs}}, ensure_ascii=False))
    else:
        print(render_text(logs))
