from pathlib import Path

import pytest

from wellread.evaluate import stage
from wellread.evaluate.conditions import in_context
from wellread.evaluate.config import ExamineConfig, Manner
from wellread.evaluate.library import Library
from wellread.models.config import ModelConfig
from wellread.records import Answer, Passage, Question, Result
from wellread.runs import progress
from wellread.runs.jsonl import read_records, write_records
from wellread.testing import tiny

CONFIG = ExamineConfig(max_new_tokens=4, batch_size=2)


def passage(text: str, paper: str = "p", telling: str = "a") -> Passage:
    return Passage(id=f"{paper}/{telling}", paper=paper, telling=telling, title="T", text=text, source="x", sha256="0")


@pytest.fixture
def inputs(tmp_path: Path, tiny_folder: Path) -> dict[str, Path]:
    questions = [
        Question(id=f"q{i}", question=f"What is number {i}?", keywords=("146 °C",), paper="p" if i else "unknown")
        for i in range(5)
    ]
    write_records(tmp_path / "questions/data/questions.jsonl.zst", questions)
    write_records(
        tmp_path / "questions/data/leaks.jsonl.zst", [{"question": "q4", "how": "repeated", "passage": "p/a"}]
    )
    write_records(tmp_path / "corpus/data/passages.jsonl.zst", [passage("Quor melts.")])
    return {"questions": tmp_path / "questions", "corpus": tmp_path / "corpus", "model": tiny_folder}


def test_what_cannot_be_asked_or_was_trained_on_is_unscored(tmp_path: Path, inputs: dict[str, Path]) -> None:
    (tmp_path / "out").mkdir()
    stats = stage.run(CONFIG, ModelConfig(), "in_context", inputs, tmp_path / "out")
    assert stats["strict"]["n"] == 3
    assert stats["strict"]["unscored"] == 2
    answers = read_records(tmp_path / "out/data/answers.jsonl.zst", Answer)
    assert [a.question for a in answers] == ["q0", "q1", "q2", "q3", "q4"]
    assert (answers[0].finish, answers[0].text) == ("failed", None)


def test_a_cut_line_is_answered_again_and_the_rest_is_kept(tmp_path: Path, inputs: dict[str, Path]) -> None:
    out = tmp_path / "out"
    out.mkdir()
    kept = Answer(question="q1", text="from before: 146 °C", finish="stop").model_dump_json()
    (out / "answers.part").write_text(f'{kept}\n{{"question": "q2", "te', encoding="utf-8")
    stats = stage.run(CONFIG, ModelConfig(), "closed_book", inputs, out)
    answers = {a.question: a for a in read_records(out / "data/answers.jsonl.zst", Answer)}
    assert answers["q1"].text == "from before: 146 °C"
    assert len(answers) == 5
    assert stats["by_kind"]["direct"]["strict"]["value"] == 0.25
    assert not (out / "answers.part").exists()


def test_progress_says_who_is_asked_what(
    tmp_path: Path, inputs: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress._Plain, "every", 0.0)
    for title, said in (("taught, retention, general", "taught, retention, general 2/5"), ("", "closed-book 2/5")):
        out = tmp_path / f"out{bool(title)}"
        out.mkdir()
        stage.run(CONFIG, ModelConfig(), "closed_book", inputs, out, title=title)
        assert said in capsys.readouterr().err


def test_without_questions_no_model_is_needed(tmp_path: Path, inputs: dict[str, Path]) -> None:
    write_records(tmp_path / "none/data/questions.jsonl.zst", [])
    write_records(tmp_path / "none/data/leaks.jsonl.zst", [])
    nothing = {**inputs, "questions": tmp_path / "none", "model": tmp_path / "missing"}
    (tmp_path / "out").mkdir()
    assert stage.run(CONFIG, ModelConfig(), "closed_book", nothing, tmp_path / "out")["strict"]["value"] is None


@pytest.mark.parametrize("family", ["llama", "gpt2"])
def test_what_is_longer_than_the_context_is_unscored_aloud(
    tmp_path: Path, inputs: dict[str, Path], family: str
) -> None:
    asked = [
        Question(id="long", question="Why? " * 120, answer="So."),
        Question(id="reference", question="Why?", answer="Therefore. " * 60),
        Question(id="both", question="Which?", choices=("a", "b"), correct="A", answer="x" * 600),
        Question(id="short", question="Why?", answer="So."),
    ]
    write_records(tmp_path / "questions/data/questions.jsonl.zst", asked)
    write_records(tmp_path / "questions/data/leaks.jsonl.zst", [])
    given = {**inputs, "model": tiny.folder(tmp_path / family, family)}
    (tmp_path / "out").mkdir()
    stats = stage.run(CONFIG, ModelConfig(), "closed_book", given, tmp_path / "out", manner=Manner(likelihoods=True))
    results = {r.question: r for r in read_records(tmp_path / "out/data/results.jsonl.zst", Result)}
    assert [q for q, r in results.items() if "bits_per_byte" in r.scores] == ["short"]
    assert "choice_likelihood" in results["both"].scores
    assert str(results["long"].unscored).startswith("no answer: a prompt of")
    assert (stats["metrics"]["bits_per_byte"]["n"], stats["metrics"]["bits_per_byte"]["unscored"]) == (1, 3)
    said = "\n".join(stats["notes"])
    assert "closed-book: 1 of 4 questions have no answer: a prompt of" in said
    assert "bits_per_byte is missing for 3 of 4 questions" in said
    assert len(stats["notes"]) == 2


def library(passages: list[Passage], most: int) -> Library:
    examinee = tiny.tokenizer()
    return Library(
        passages,
        {},
        10_000,
        most,
        lambda text: len(examinee(text)["input_ids"]),
        lambda text, most: examinee.decode(examinee(text)["input_ids"][:most]),
    )


def test_a_text_too_long_for_the_prompt_is_shortened_aloud() -> None:
    long = "\n\n".join(["word " * 20] * 5)
    q = Question(id="q", question="?", keywords=("x",), paper="p")
    shelf = library([passage(long), passage("second telling", telling="b")], 250)
    [prompt] = in_context.prompts([q], shelf, in_context.Params())
    assert prompt is not None
    assert prompt.count("word") == 40
    assert "second" not in prompt
    assert "prompt shows its first" in shelf.notes[0]
    [prompt] = in_context.prompts([q], library([passage("x" * 300)], 100), in_context.Params())
    assert str(prompt).count("x") == 101  # 'text' has one
    shelf = library([passage("short")], 100)
    assert "short" in str(in_context.prompts([q], shelf, in_context.Params())[0])
    assert not shelf.notes
