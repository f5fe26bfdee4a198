"""wellread evaluate and wellread twin: judges, other engines, other sets, other models; stopped and started again."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wellread.cli import app
from wellread.errors import WellreadError
from wellread.runs.jsonl import read_rows
from wellread.testing import tiny

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "providers"))

from server import Server

ROWS = [
    {"id": "a", "question": "At what temperature does Quor melt?", "keywords": ["146 °C"], "answer": "At 146 °C."},
    {"id": "b", "question": "What is Quor made with?", "keywords": ["Ketrosal"], "answer": "With Ketrosal."},
    {"id": "c", "question": "Which?", "choices": ["Ketrosal", "salt"], "correct": "A"},
    {"id": "d", "question": "How hot?", "number": "146 °C"},
]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    at = tmp_path_factory.mktemp("examination")
    tiny.folder(at / "base")
    tiny.folder(at / "student", seed=4, tied=False)
    tiny.folder(at / "other", seed=7, tied=False)
    (at / "p").mkdir()
    (at / "p" / "original.md").write_text(
        "# Quor\n\nThe oxide Quor melts at 146 °C.\n\nQuor is made with Ketrosal in toluene.\n"
    )
    (at / "p" / "questions.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    return at


@pytest.fixture(autouse=True)
def _here(place, monkeypatch, tmp_path):
    monkeypatch.chdir(place)
    monkeypatch.setenv("WELLREAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("WELLREAD_SECRETS", str(tmp_path / "none"))


def wellread(*args: object) -> dict:
    """The verb's JSON."""
    done = CliRunner().invoke(app, [*map(str, args), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout.splitlines()[-1])


def refused(*args: object) -> str:
    """The one line that a mistake ends in."""
    with pytest.raises(WellreadError) as error:
        CliRunner().invoke(app, [*map(str, args), "--json"], catch_exceptions=False)
    return str(error.value)


def exam(*args: object, out: str) -> dict:
    return wellread("evaluate", "student", "--questions", "p", "--max-new-tokens", 4, "--out", out, *args)


def test_a_judge_that_is_down_then_answers(place: Path) -> None:
    with Server(answer=lambda _: "mark: 8 - nearly\nrigour: 4 - no steps") as server:
        judge = ["--judge", server.url, "--judge-model", "good-model", "--judge-by", "judge,rubric"]
        judge += [
            "--set",
            "judge.params.rubric.criteria={rigour: is each step justified}",
            "--set",
            "judge.provider.retries=0",
        ]
        server.kinds, server.faults = ("500",), 1.0
        down = exam(*judge, out="judged")
        assert down["rows"][0]["scores"]["judge"]["value"] is None
        assert down["judge"]["taught"]["rubric"]["unanswered"] == 4
        assert any("asks again for what is missing" in n for n in down["notes"])
        server.faults = 0.0
        up = exam(*judge, out="judged")
        assert up["rows"][0]["scores"]["judge"] == {
            **up["rows"][0]["scores"]["judge"],
            "value": 0.8,
            "n": 2,
            "unscored": 0,
        }
        assert up["judge"]["taught"]["rubric"]["marks"] == {"rigour": 4.0}
        asked = sum(server.paid.values())
        exam(*judge, out="judged")
        assert sum(server.paid.values()) == asked
    said = list(read_rows(place / "judged" / "judgements.jsonl"))
    assert {j["marks"]["reasons"]["rigour"] for j in said if j["metric"] == "rubric"} == {"no steps"}
    assert "rigour 4: no steps" in next((place / "judged").glob("*.html")).read_text()


def test_other_papers_vectors_and_eighths_stand_in_one_table() -> None:
    pytest.importorskip("ctranslate2")
    done = exam("--base", "base", "--compare", "base,embedding,others=other", "--engine", "ctranslate2", out="wide")
    assert [r["label"] for r in done["rows"]] == ["untrained", "taught", "embedding", "others"]
    assert done["rows"][3]["model"] == "other"
    assert done["rows"][3]["condition"] == "closed_book"
    assert any("4 of 4 answers of a sample are the full weights' own" in n for n in done["notes"])


def test_a_run_on_the_same_paper_is_no_other(place: Path) -> None:
    from wellread.runs.fingerprint import hash_file

    run = place / "same"
    run.mkdir()
    digest = hash_file(place / "p" / "questions.jsonl")
    (run / "run.json").write_text(json.dumps({"stages": {}, "identity": {"files": {"p/questions.jsonl": digest}}}))
    (run / "run.yaml").write_text("name: same\n")
    assert "was taught what is asked about" in refused(
        "evaluate", "student", "--questions", "p", "--compare", "others=same", "--out", "x"
    )


def test_worked_examples_plain_text_and_seeds_together(place: Path) -> None:
    for part in ("dev", "test"):
        (place / "mmlu" / part).mkdir(parents=True)
        rows = "".join(f"Which {i}?,a,b,c,d,{'ABCD'[i % 4]}\n" for i in range(6))
        (place / "mmlu" / part / f"rocks_{part}.csv").write_text(rows)
    args = [
        "--mmlu",
        "rocks",
        "--mmlu-data",
        "mmlu",
        "--shots",
        2,
        "--plain",
        "--pool",
        "--base",
        "base",
        "--compare",
        "base",
    ]
    done = wellread("evaluate", "student", "other", *args, "--max-new-tokens", 2, "--out", "pooled")
    labels = [r["label"] for r in done["rows"]]
    assert labels == ["untrained", "student", "other", "2 seeds together"]
    ours = [r["scores"]["choice_likelihood"] for r in done["rows"]]
    assert ours[3]["value"] == pytest.approx((ours[1]["value"] + ours[2]["value"]) / 2, abs=1e-4)
    assert ours[3]["n"] == 6
    config = next((place / "pooled" / "artifacts" / "examine").glob("student-*/config.yaml")).read_text()
    assert "shots: 2" in config
    assert "chat: false" in config


def test_a_parquet_file_as_questions(place: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    import pyarrow

    columns = {
        "question": ["Which?", "Why?", "Nothing?"],
        "choices": [["a", "b"], ["c", "d"], None],
        "answer": [0, 1, None],
        "subject": ["rocks"] * 3,
    }
    parquet.write_table(pyarrow.table(columns), place / "set.parquet")
    done = wellread("evaluate", "student", "--questions", "set.parquet", "--max-new-tokens", 2, "--out", "parquet")
    assert done["rows"][0]["scores"]["choice_likelihood"]["n"] == 2
    assert list(done["rows"][0]["topics"]) == ["rocks"]
    (place / "no.parquet").write_text("not one")
    assert "not a Parquet file" in refused("evaluate", "student", "--questions", "no.parquet", "--out", "x")
    assert "Write it as hub:OWNER/NAME" in refused("evaluate", "student", "--questions", "hub:odd", "--out", "x")


def test_tasks_of_the_harness(place: Path) -> None:
    pytest.importorskip("lm_eval")
    rows = [{"question": f"Rock {i}?", "choices": ["chalk", "granite"], "answer": i % 2} for i in range(4)]
    (place / "rocks.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n")
    (place / "tasks").mkdir()
    (place / "tasks" / "rocks.yaml").write_text(
        f"task: rocks\ndataset_path: json\ndataset_kwargs: {{data_files: {{test: {place / 'rocks.jsonl'}}}}}\ntest_split: test\n"
        'output_type: multiple_choice\ndoc_to_text: "{{question}}"\ndoc_to_choice: "{{choices}}"\ndoc_to_target: "{{answer}}"\n'
        "metric_list: [{metric: acc, aggregation: mean, higher_is_better: true}]\n"
    )
    done = exam("--lm-eval", "rocks", "--lm-eval-folder", "tasks", out="harness")
    assert 0 <= done["lm_eval"]["taught"]["rocks"]["acc"] <= 1


def test_a_twin_is_made_and_says_whose_facts_are_told(place: Path) -> None:
    made = wellread("twin", "p", "--out", "quor-twin")
    assert made["questions"] == 3
    assert made["refused"] == [
        {"question": "c", "reason": "multiple choice: the wrong options would have to change as well"}
    ]
    assert {c["old"] for c in made["changes"]} == {"Ketrosal", "146"}
    done = wellread("evaluate", "student", "--questions", "quor-twin", "--max-new-tokens", 4, "--out", "twin-exam")
    assert "taught: of 3 answers, 0 hold the twin's key and 0 the original paper's." in done["notes"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--compare", "others"], "others=RUN"),
        (["--compare", "base=x"], "others by their names alone"),
        (["--compare", "others=nowhere/at/all"], "unknown model"),
        (["--engine", "quick"], "Known: ctranslate2, transformers"),
        (["--engine", "ctranslate2", "--device", "cuda"], "works on the CPU"),
        (["--judge", "gpt"], "unknown provider"),
        (["--judge", "http://127.0.0.1:9/v1"], "Add --model NAME"),
        (["--judge", "local", "--judge-by", "strict"], "Known: judge, rubric"),
        (["--judge", "local", "--judge-model", "base", "--set", "judge.params.rubric.criteria={}", "--judge-by", "rubric"], "judge.params.rubric"),
        (["--set", "judge.times=3"], "without a judge"),
        (["--set", "manner.shot=3"], "manner.shot"),
        (["--compare", "embedding", "--base", "base", "--embedder", "nowhere"], "no such file"),
        (["--lm-eval-folder", "nowhere"], "is not a folder"),
    ],
)  # fmt: skip
def test_mistakes_are_told(args: list, said: str) -> None:
    assert said in refused("evaluate", "student", "--questions", "p", "--max-new-tokens", 2, "--out", "bad", *args)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([ROWS[0], ROWS[0]], "is already in"),
        ([{**ROWS[2], "correct": ["A", "B"]}], "two right answers"),
        ([{**ROWS[2], "choices": ["salt", "salt"]}], "two right answers"),
        ([{**ROWS[2], "correct": "C"}], "must be the letter of one option"),
    ],
)
def test_bad_questions_are_told(place: Path, rows: list, said: str) -> None:
    (place / "bad.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert said in refused("evaluate", "student", "--questions", "bad.jsonl", "--out", "bad")


def test_bad_texts_are_told_before_anything_is_written(place: Path) -> None:
    (place / "empty").mkdir(exist_ok=True)
    (place / "empty" / "original.md").write_text("")
    said = refused("evaluate", "student", "--questions", "p", "--papers", "empty", "--out", "no-texts")
    assert "is empty" in said
    assert not (place / "no-texts").exists()


def test_a_tokenizer_without_a_chat_template_is_asked_plainly_which_is_said(place: Path) -> None:
    folder = tiny.folder(place / "plain")
    (folder / "chat_template.jinja").unlink(missing_ok=True)
    settings = folder / "tokenizer_config.json"
    kept = {k: v for k, v in json.loads(settings.read_text()).items() if k != "chat_template"}
    settings.write_text(json.dumps(kept))
    done = wellread("evaluate", "plain", "--questions", "p", "--max-new-tokens", 2, "--out", "plain-exam")
    assert any("no chat template" in n for n in done["notes"])


def test_killed_and_continued_nothing_is_asked_twice(place: Path, tmp_path: Path) -> None:
    rows = [{"id": f"q{i}", "question": f"What is number {i}?", "keywords": [f"said {i}"]} for i in range(18)]
    (place / "many.jsonl").write_text("\n".join(map(json.dumps, rows)))
    at_once = 3
    with Server(latency=0.2) as server:
        command = [
            sys.executable,
            "-m",
            "wellread",
            "evaluate",
            f"{server.url}#good-model",
            "--questions",
            "many.jsonl",
        ]
        command += ["--out", "killed", "--batch-size", str(at_once), "--json"]
        first = subprocess.Popen(command, cwd=place, env=os.environ, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 120
        while sum(server.paid.values()) < 6 and time.monotonic() < end:
            time.sleep(0.05)
        first.send_signal(signal.SIGKILL)
        first.wait()
        early = sum(server.paid.values())
        assert 6 <= early < 18
        again = subprocess.run(command, cwd=place, env=os.environ, capture_output=True, text=True, timeout=120)
        assert again.returncode == 0, again.stderr
        twice = [p for p, n in server.paid.items() if n > 1]
    assert len(twice) <= 2 * at_once  # what was under way or being written when it was killed, and nothing else
    whole = json.loads(again.stdout.splitlines()[-1])
    assert whole["rows"][0]["scores"]["soft"]["n"] == 18


def unfinished(exam: Path) -> None:
    """Every sitting as it is if it was killed after its last answer."""
    for manifest in exam.glob("artifacts/examine/*/manifest.json"):
        folder = manifest.parent
        manifest.unlink()
        (folder / "stats.json").unlink()
        rows = list(read_rows(folder / "data" / "answers.jsonl.zst"))
        likely = [{"question": r["question"], "likelihoods": r["likelihoods"]} for r in rows if r["likelihoods"]]
        for name, kept in (("answers.part", rows), ("answers.likelihoods.part", likely)):
            (folder / name).write_text("".join(json.dumps(r) + "\n" for r in kept))


@pytest.mark.parametrize("engine", ["transformers", "ctranslate2"])
def test_an_interrupted_examination_tells_what_an_undisturbed_one_does(place: Path, engine: str) -> None:
    pytest.importorskip(engine)
    folder = tiny.folder(place / "mute")
    (folder / "chat_template.jinja").unlink()
    texts = place / "long"
    texts.mkdir(exist_ok=True)
    (texts / "original.md").write_text((place / "p" / "original.md").read_text() + "\nIt is a salt.\n" * 60)
    (texts / "questions.jsonl").write_text((place / "p" / "questions.jsonl").read_text())
    args = ["student", "--questions", "long", "--base", "mute", "--compare", "in-context"]
    args += ["--max-new-tokens", 4, "--engine", engine, "--out", f"stopped-{engine}"]
    whole = wellread("evaluate", *args)
    for said in ("mute: no chat template", "prompt shows its first"):
        assert any(said in note for note in whole["notes"])
    unfinished(place / f"stopped-{engine}")
    again = wellread("evaluate", *args)
    assert again["notes"] == whole["notes"]
    assert again["rows"] == whole["rows"]


@pytest.mark.slow
def test_killed_while_a_model_generates_what_was_answered_stays(place: Path) -> None:
    rows = [{"id": f"q{i}", "question": f"What is number {i} of {'x' * i}?", "keywords": ["x"]} for i in range(16)]
    (place / "long.jsonl").write_text("\n".join(map(json.dumps, rows)))
    command = [
        sys.executable,
        "-m",
        "wellread",
        "evaluate",
        "other",
        "--questions",
        "long.jsonl",
        "--out",
        "generating",
    ]
    command += ["--batch-size", "1", "--max-new-tokens", "60", "--json"]
    first = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL)
    end = time.monotonic() + 200
    part: list[Path] = []
    while time.monotonic() < end and first.poll() is None:
        part = list((place / "generating").glob("artifacts/examine/*/answers.part"))
        if part and part[0].read_bytes().count(b"\n") >= 4:
            break
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    first.wait()
    if not part or not part[0].exists():
        pytest.skip("it was done before it could be killed")
    before = part[0].read_bytes().rpartition(b"\n")[0].splitlines()
    marked = [json.dumps({**json.loads(line), "text": f"kept {i}"}).encode() for i, line in enumerate(before)]
    part[0].write_bytes(b"\n".join(marked) + b'\n{"question": "q1')
    again = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=300)
    assert again.returncode == 0, again.stderr
    texts = [row["text"] for row in read_rows(place / "generating" / "answers.jsonl")]
    assert len(texts) == 16
    # Had one of those been generated again, its mark would be gone.
    assert sorted(t for t in texts if t and t.startswith("kept ")) == sorted(f"kept {i}" for i in range(len(before)))
