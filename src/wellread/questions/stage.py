"""The stage `questions`: examination questions in, checked against the passages that will be trained on."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wellread.files import existing, read_bytes, sha256
from wellread.questions.config import QuestionsConfig
from wellread.questions.leak import LeakIndex, stands_in
from wellread.questions.load import Placed, load, resolve
from wellread.records import Paper, Passage, Question
from wellread.runs.jsonl import read_records, write_records

NAME = "questions"
VERSION = 3


def sources(config: QuestionsConfig, papers: Iterable[str]) -> dict[str, str]:
    """Each file of questions: 'folder/file' -> SHA-256 of its contents.

    `papers` are the paths that the corpus is made from. Reads all questions, so that each InputError of `run` comes
    here, before anything is written.
    """
    files = resolve(config, papers).questions or ()
    load(files)
    found: dict[str, str] = {}
    for path in (existing(name) for name in files):
        real = path.resolve()
        name = f"{real.parent.name}/{real.name}"
        found[name if name not in found else str(real)] = sha256(read_bytes(path))
    return found


def run(config: QuestionsConfig, inputs: Mapping[str, Path], out: Path, *, keyless: bool = False) -> dict[str, Any]:
    """Write data/questions and data/leaks; return the counts. `config` comes from `resolve`, with its files named.

    With `keyless`, questions may come without anything to score them by.

    Raises InputError, before anything is written, for a question that can't be used.
    """
    if config.questions is None:
        raise ValueError("the files of questions are not resolved")
    licences = {p.id: p.licence for p in read_records(inputs["corpus"] / "data" / "papers.jsonl.zst", Paper)}
    papers = list(licences)
    passages = read_records(inputs["corpus"] / "data" / "passages.jsonl.zst", Passage)
    questions = [_with_paper(placed, papers) for placed in load(config.questions, keyless=keyless)]
    questions = [
        q if q.licence or not q.paper else q.model_copy(update={"licence": licences.get(q.paper)}) for q in questions
    ]
    leaks = list(_leaks(questions, passages))
    write_records(out / "data" / "questions.jsonl.zst", questions)
    write_records(out / "data" / "leaks.jsonl.zst", leaks)
    repeated = {leak["question"] for leak in leaks if leak["how"] == "repeated"}
    return {
        "questions": len(questions),
        "by_kind": dict(Counter(question.kind for question in questions)),
        "repeated": len(repeated),
        "overlap": len({leak["question"] for leak in leaks} - repeated),
        "echo": sum(is_echo(question) for question in questions),
        "other_paper": sum(question.paper is not None and question.paper not in papers for question in questions),
    }


def is_echo(question: Question) -> bool:
    """Whether the question itself holds all its keywords, so that no answer can earn anything."""
    return bool(question.keywords) and all(
        any(stands_in(spelling, question.question) for spelling in keyword) for keyword in question.keywords
    )


def _with_paper(placed: Placed, papers: list[str]) -> Question:
    """The question with its paper: the one it names, else the one whose folder its file lies in, or the only one there is.

    A folder's own questions are about its paper, also where it was given another name since they were written.
    """
    if placed.question.paper in papers:
        return placed.question
    folder = placed.path.resolve().parent
    # Of two papers with one name, the id has the name of the folder above before it.
    for name in (folder.name, f"{folder.parent.name}-{folder.name}"):
        if name in papers:
            return placed.question.model_copy(update={"paper": name})
    only = papers[0] if len(papers) == 1 else None
    return placed.question.model_copy(update={"paper": placed.question.paper or only})


def _leaks(questions: list[Question], passages: list[Passage]) -> Iterable[dict[str, str]]:
    index = LeakIndex({question.id: question.question for question in questions})
    for passage in passages:
        for name, how in index.found_in(passage.text).items():
            yield {"question": name, "how": how, "passage": passage.id}
