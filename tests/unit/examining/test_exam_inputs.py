"""What a run brings along to its examination, whichever verb made it."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from wellread.errors import ConfigError, InputError
from wellread.examining.inputs import candidate, completed, mmlu_files
from wellread.examining.settings import Exam
from wellread.runs.fingerprint import hash_file


def a_run(folder: Path, settings: dict[str, Any], stages: dict[str, str]) -> Path:
    folder.mkdir()
    (folder / "run.yaml").write_text(yaml.safe_dump(settings))
    listed = {name: {"artifact": f"artifacts/{name}/x", "status": status} for name, status in stages.items()}
    (folder / "run.json").write_text(json.dumps({"stages": listed, "identity": {}}))
    return folder


@pytest.fixture
def questions(tmp_path: Path) -> str:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "a", "question": "What is salt?", "keywords": ["NaCl"]}')
    return str(path)


def test_a_student_brings_its_model_and_no_papers(tmp_path: Path, questions: str) -> None:
    student = a_run(tmp_path / "s", {"model": {"name": "base"}, "data": ["x"], "stages": []}, {"data": "done"})
    exam = completed(Exam(models={"taught": str(student)}, questions=(questions,)))
    assert (exam.base, exam.papers, exam.questions) == ("base", (), (questions,))


def test_a_run_brings_papers_and_questions(tmp_path: Path, questions: str) -> None:
    settings = {
        "model": {"name": "base"},
        "corpus": {"papers": ["p"]},
        "questions": {"questions": [questions]},
        "grid": {},
    }
    run = a_run(tmp_path / "r", settings, {"corpus": "done"})
    exam = completed(Exam(models={"taught": str(run)}))
    # Names in a run.yaml are meant from where it lies.
    assert (exam.base, exam.papers, exam.questions) == ("base", (str(run / "p"),), (questions,))


def test_a_run_that_kept_no_model_says_why(tmp_path: Path) -> None:
    grid, chain = {"grid": {"train.seed": [1, 2]}}, {"stages": [{}, {}]}
    for name, settings, said in (
        ("grid", grid, "a grid keeps scores"),
        ("one", {}, "no taught model yet"),
        ("chain", chain, "no taught model yet"),
    ):
        run = a_run(tmp_path / name, settings, {"train.1" if name == "chain" else "001.train": "done"})
        with pytest.raises(InputError, match=said):
            candidate(str(run), Exam(models={}), tmp_path)
    (run / "adapter").mkdir()
    with pytest.raises(InputError, match="an adapter, not a whole model"):
        candidate(str(run), Exam(models={}), tmp_path)


@pytest.mark.parametrize("learned", ["a", "b"])
def test_others_that_were_taught_any_of_the_questions_are_refused(tmp_path: Path, learned: str) -> None:
    files = {}
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        files[name] = tmp_path / name / "questions.jsonl"
        files[name].write_text(f'{{"id": "{name}", "question": "What is {name}?", "keywords": ["x"]}}')
    run = a_run(tmp_path / "r", {}, {})
    identity = {"files": {"there/questions.jsonl": hash_file(files[learned])}}
    (run / "run.json").write_text(json.dumps({"stages": {}, "identity": identity}))
    with pytest.raises(ConfigError, match="was taught what is asked about"):
        completed(Exam(models={"taught": "m"}, others=str(run), questions=tuple(map(str, files.values()))))


@pytest.mark.parametrize("flat", [True, False])
def test_mmlu_files_lie_in_their_parts_folders_or_side_by_side(tmp_path: Path, flat: bool) -> None:
    for part in ("dev", "test"):
        at = tmp_path if flat else tmp_path / part
        at.mkdir(exist_ok=True)
        (at / f"rocks_{part}.csv").write_text("Which?,a,b,c,d,B\n")
    for names in (["rocks"], ["all"]):
        tests, examples = mmlu_files(names, tmp_path, 5)
        assert [Path(f).name for f in (*tests, *examples)] == ["rocks_test.csv", "rocks_dev.csv"]
    with pytest.raises(InputError, match=r"holds no subject 'rock'.*rocks"):
        mmlu_files(["rock"], tmp_path, 0)
    with pytest.raises(InputError, match="holds no MMLU files"):
        mmlu_files(["all"], tmp_path / "dev" / "nothing", 0)
