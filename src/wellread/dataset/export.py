"""A data set written: a file for each table, a card, the list of what was left out."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from wellread.dataset.card import card
from wellread.dataset.rows import TABLES, Gathered, gather
from wellread.dataset.sharing import licensed, refused, without
from wellread.errors import ConfigError, InputError, RunConflictError
from wellread.licences import Policy
from wellread.questions.leakage import Text, counts, leaks
from wellread.runs.files import disk_full_is_said, write_text
from wellread.runs.jsonl import write_records

Form = Literal["jsonl", "parquet"]
NAMED = 5
"""Refused papers to name in the message."""


def export(
    sources: tuple[str, ...], out: Path, *, form: Form, policy: Policy, told: Mapping[str, str], leave_out: bool
) -> dict[str, Any]:
    """Write what `sources` hold to the new folder `out` and return the counts.

    `told` maps papers to the licences that the user vouches for. Raises InputError, before anything is written, where a paper
    may not be shared under `policy` and `leave_out` isn't set; RunConflictError where `out` exists.
    """
    if out.exists():
        raise RunConflictError(f"{out} exists", "Choose another --out.")
    if form == "parquet":
        _parquet()
    found = gather(sources)
    licensed(found, told)
    reasons = refused(found, policy, told)
    if reasons and not leave_out:
        raise _not_shareable(reasons, policy)
    dropped = without(found, reasons)
    if not any(found.tables.values()):
        raise InputError(f"nothing may be shared under {policy}", "Say what you know: --allow PAPER=LICENCE.")
    leaked = counts(_leaks(found))
    half = out.with_name(f"{out.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    with disk_full_is_said(out):
        files = {table: _write(half, table, list(rows.values()), form) for table, rows in found.tables.items() if rows}
        write_text(half / "README.md", card(out.resolve().name, found, files, policy, leaked))
        if reasons:
            write_records(
                half / "rejected" / "papers.jsonl",
                ({"what": paper, "reason": reason} for paper, reason in sorted(reasons.items())),
            )
        half.replace(out)
    rows = {table: len(found.tables[table]) for table in files}
    return {"rows": rows, "leaks": leaked, "papers": len({row["paper"] for row in found.rows()}), "given_twice": found.given_twice,
            "left_out": {"papers": len(reasons), "rows": dropped}}  # fmt: skip


def _leaks(found: Gathered) -> Iterator[dict[str, Any]]:
    """Examination questions that stand in the other tables."""
    asked = {name: row["question"] for name, row in found.tables["examination"].items()}
    said = (
        Text(f"{table}/{name}", table, "\n".join(row.get(column) or "" for column in ("prompt", "text", "chosen")))
        for table in ("texts", "training", "preferences")
        for name, row in found.tables[table].items()
    )
    return leaks(asked, said) if asked else iter(())


def _not_shareable(reasons: Mapping[str, str], policy: Policy) -> InputError:
    first = "; ".join(f"{paper}: {reason}" for paper, reason in sorted(reasons.items())[:NAMED])
    more = f"; and {len(reasons) - NAMED} more" if len(reasons) > NAMED else ""
    many = "1 paper" if len(reasons) == 1 else f"{len(reasons)} papers"
    return InputError(
        f"{many} may not be shared ({policy}): {first}{more}",
        "Leave them out with --leave-out, or vouch for a licence with --allow PAPER=LICENCE.",
    )


def _write(folder: Path, table: str, rows: list[dict[str, Any]], form: Form) -> str:
    """One table as a file; its name within the folder."""
    split, columns = TABLES[table]
    name = f"{table}/{split}.{form}"
    (folder / table).mkdir(parents=True, exist_ok=True)
    ordered = [{column: row.get(column) for column in columns} for row in rows]
    if form == "parquet":
        import pyarrow

        lists = {"choices": pyarrow.list_(pyarrow.string()), "keywords": pyarrow.list_(pyarrow.list_(pyarrow.string()))}
        kinds = {**lists, "tolerance": pyarrow.float64()}
        schema = pyarrow.schema([(column, kinds.get(column, pyarrow.string())) for column in columns])
        _parquet().write_table(pyarrow.Table.from_pylist(ordered, schema), folder / name, compression="zstd")
    else:
        write_text(folder / name, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ordered))
    return name


def _parquet() -> Any:
    try:
        from pyarrow import parquet
    except ImportError:
        raise ConfigError("Parquet needs pyarrow", "pip install 'wellread[parquet]', or --to jsonl.") from None
    return parquet
