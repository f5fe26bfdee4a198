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
    """Write data/passages: those of inputs["corpus"], then the rewrites of inputs["rewrite"]; the rest of data as in the corpus.

    A rewrite that has the name of a text of the paper (its interview, say) is called NAME-written.
    """
    own = read_records(inputs["corpus"] / "data" / "passages.jsonl.zst", Passage)
    written = read_records(inputs["rewrite"] / "data" / "passages.jsonl.zst", Passage)
    taken = {p.id for p in own}
    told = [_renamed(p) if p.id in taken else p for p in written]
    write_records(out / "data" / "passages.jsonl.zst", [*own, *told])
    for name in ("papers", UNRELATED):
        if (file := inputs["corpus"] / "data" / f"{name}.jsonl.zst").is_file():
            shutil.copyfile(file, out / "data" / file.name)
    return {"passages": len(own) + len(told), "written": len(told)}


def _renamed(passage: Passage) -> Passage:
    return passage.model_copy(update={"id": f"{passage.id}-written", "telling": f"{passage.telling}-written"})
