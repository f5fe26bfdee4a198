"""wellread evaluate: what a model knows, beside what it could know, and what it forgot."""

import json
from pathlib import Path
from typing import Annotated

import typer

from wellread.cli._options import Json

EXAMPLES = """
Examples:

  wellread evaluate runs/polyether --compare base,in-context,retrieval --retention --out exam

  wellread evaluate student --base bundled --questions questions.jsonl --papers papers/polyether --compare base

  wellread evaluate student --base bundled --compare base --mmlu college_chemistry --mmlu-data mmlu --shots 5

  wellread evaluate http://127.0.0.1:8000/v1 --questions questions.csv

  wellread evaluate seed1 seed2 seed3 --pool --questions questions.jsonl --base bundled --compare base

  wellread evaluate --rescore predictions.jsonl

MODEL is a run, a model folder, `bundled`, a .gguf file, a hub id or the address of a server (http://HOST/v1#NAME). A run
brings its questions, papers and untrained model along. Questions come as JSON lines, CSV, or MMLU's files. Interrupted? The
same command continues; what was answered is kept in the folder named by --out.
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
    compare: Annotated[str, typer.Option(help="base, in-context, retrieval, choices-only; several with commas.")] = "",
    label: Annotated[list[str] | None, typer.Option(help="What to call each MODEL, in order; repeatable.")] = None,
    pool: Annotated[
        bool, typer.Option("--pool", help="The models are seeds of one recipe: show them together too.")
    ] = False,
    retention: Annotated[bool, typer.Option("--retention", help="Ask what was known before, too.")] = False,
    mmlu: Annotated[str | None, typer.Option(help="MMLU subjects, with commas.")] = None,
    mmlu_data: Annotated[Path | None, typer.Option(help="The folder with MMLU's dev and test folders.")] = None,
    shots: Annotated[int, typer.Option(min=0, help="Worked examples before each MMLU question.")] = 5,
    plain: Annotated[bool, typer.Option("--plain", help="Ask as a text to be continued, not as a chat.")] = False,
    rescore: Annotated[list[Path] | None, typer.Option(help="Score the answers in a published log again.")] = None,
    max_new_tokens: Annotated[int, typer.Option(min=1, help="The longest answer, in tokens.")] = 64,
    batch_size: Annotated[int, typer.Option(min=1, help="Questions answered at a time.")] = 32,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
    out: Annotated[Path, typer.Option(help="Where answers and page go.")] = Path("exam"),
    as_json: Json = False,
) -> None:
    """Build the exam, hold it, print the table."""
    from wellread.cli._show import start
    from wellread.errors import ConfigError
    from wellread.evaluate.config import ExamineConfig, Manner
    from wellread.exam_inputs import Exam, mmlu_files
    from wellread.examining import examine
    from wellread.models.device import check
    from wellread.report.exam_page import render, render_text
    from wellread.runs.files import write_text

    start(as_json)
    if rescore:
        _rescore(rescore, as_json)
        return
    if not models:
        raise ConfigError("no model to examine", "Name one, for example: wellread evaluate runs/polyether")
    names = [
        label[i] if label and i < len(label) else "taught" if len(models) == 1 else m for i, m in enumerate(models)
    ]
    if len(set(names)) < len(names) or "untrained" in names:
        raise ConfigError("two models have the same label, or one is called untrained", "Name each with --label.")
    asked, examples = mmlu_files(mmlu.split(",") if mmlu else [], mmlu_data, shots)
    exam = Exam(
        models=dict(zip(names, models, strict=True)),
        base=base,
        questions=(*(questions or ()), *asked),
        papers=tuple(papers or ()),
        compare=tuple(c.strip() for c in compare.split(",") if c.strip()),
        retention=retention,
        examine=ExamineConfig(max_new_tokens=max_new_tokens, batch_size=batch_size),
        manner=Manner(shots=shots if examples else 0, chat=not plain, likelihoods=True),
        device=check(device),
        pool=pool,
        shots_from=examples,
    )
    page = examine(exam, out)
    write_text(out / "report.html", render(page))
    if as_json:
        rows = [r.model_dump(mode="json") for r in page.rows]
        kept = [r.model_dump(mode="json") for r in page.retention]
        whole = {
            "out": str(out),
            "rows": rows,
            "retention": kept,
            "notes": page.notes,
            "report": str(out / "report.html"),
        }
        print(json.dumps(whole, ensure_ascii=False))
    else:
        print(render_text(page))
        print(f"Report: {out / 'report.html'}")


def _rescore(logs: list[Path], as_json: bool) -> None:
    """Score published answers again and print ours beside theirs."""
    from wellread.evaluate.rescoring import rescored
    from wellread.report.exam_page import rescored_text

    found = {str(log): rescored(log) for log in logs}
    if as_json:
        print(json.dumps({"logs": {name: r.model_dump(mode="json") for name, r in found.items()}}, ensure_ascii=False))
        return
    for name, result in found.items():
        print(rescored_text(name, result.scores, result.published, result.agreement, result.rows, result.unread))
