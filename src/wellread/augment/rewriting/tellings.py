"""The stage `tellings`: what a language model wrote of the papers, beside their own texts, as one corpus to train on."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wellread.records import UNRELATED, Passage
from wellread.runs.jsonl import read_records, write_records

NAME = "tellings"
VERSION = 1


def run(inputs: Mapping[str, Path], out: Path) -> dict[str, Any]:
    """Write data/passages: those of inputs["corpus"], then the rewrites of inputs["rewrite"]; the rest of data as in the corpus."""
    own = read_records(inputs["corpus"] / "data" / "passages.jsonl.zst", Passage)
    written = read_records(inputs["rewrite"] / "data" / "passages.jsonl.zst", Passage)
    write_records(out / "data" / "passages.jsonl.zst", [*own, *written])
    for name in ("papers", UNRELATED):
        if (file := inputs["corpus"] / "data" / f"{name}.jsonl.zst").is_file():
            shutil.copyfile(file, out / "data" / file.name)
    return {"passages": len(own) + len(written), "written": len(written)}
