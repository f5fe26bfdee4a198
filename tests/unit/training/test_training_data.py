"""What a student is trained on: told apart, and known again."""

import json
from pathlib import Path

from wellread.records import Example, Passage
from wellread.runs.jsonl import read_records, write_records
from wellread.train.config import TrainConfig
from wellread.train.mixture import epochs
from wellread.train.sources import read_jsonl
from wellread.training.data import gather, hashes


def rows(path: Path, *values: dict[str, str | None]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(value) + "\n" for value in values))
    return path


def test_texts_of_two_files_of_one_name_are_two_passages(tmp_path: Path) -> None:
    files = [rows(tmp_path / place / "texts.jsonl", {"text": f"Of {place}."}) for place in "ab"]
    gather((*map(str, files), str(files[0])), tmp_path / "out")
    made = list(read_records(tmp_path / "out" / "data" / "examples.jsonl.zst", Example))
    assert [e.id for e in made] == ["texts/1", "texts/1#2"]
    assert [e.passage for e in made] == ["texts/1", "texts/1#2"]


def test_lines_of_a_file_are_no_tellings_of_one_paper(tmp_path: Path) -> None:
    """Beside a pair in the same file, a hundred texts would else be read once in all."""
    texts = [{"text": f"Text {i}."} for i in range(100)]
    file = rows(tmp_path / "mine.jsonl", *texts, {"prompt": "Q?", "completion": "A."})
    read, _ = read_jsonl(file, None)
    assert set(epochs(read, TrainConfig())[:100]) == {15}
    told = [{"text": f"Telling {i}.", "paper": "10.1/a"} for i in range(5)]
    read, _ = read_jsonl(rows(tmp_path / "told.jsonl", *told), None)
    assert epochs(read, TrainConfig(readings=15)) == [3] * 5


def test_a_prompt_of_null_is_a_text(tmp_path: Path) -> None:
    [example], _ = read_jsonl(rows(tmp_path / "x.jsonl", {"prompt": None, "text": "A."}), None)
    assert (example.maker, example.prompt) == ("text", None)


def artefact(path: Path, text: str) -> Path:
    passage = Passage(id="p/o", paper="p", telling="o", title="T", text=text, source="s", sha256="0")
    write_records(path / "data" / "passages.jsonl.zst", [passage])
    (path / "manifest.json").write_text("{}")
    return path


def test_what_a_run_made_of_its_texts_does_not_change_them(tmp_path: Path) -> None:
    run = tmp_path / "run"
    artefact(run / "artifacts" / "corpus" / "x-1", "One.")
    stages = {"corpus": {"artifact": "artifacts/corpus/x-1", "status": "done"}}
    (run / "run.json").write_text(json.dumps({"stages": stages, "identity": {}}))
    (run / "run.yaml").write_text("{}")
    before = hashes((str(run),))
    (run / "report.json").write_text("{}")
    rows(run / "artifacts" / "examine" / "y-1" / "stats.json", {})
    assert hashes((str(run),)) == before
    artefact(run / "artifacts" / "corpus" / "x-1", "Two.")
    assert hashes((str(run),)) != before


def test_every_file_of_a_folder_of_papers_counts(tmp_path: Path) -> None:
    """A paper in HTML is a paper."""
    for name in ("a.md", "b.html"):
        (tmp_path / name).write_text("One.")
        before = hashes((str(tmp_path),))
        (tmp_path / name).write_text("Two.")
        assert hashes((str(tmp_path),)) != before
