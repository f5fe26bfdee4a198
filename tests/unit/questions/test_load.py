"""Questions from files, and each mistake in one line with its place."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.errors import InputError
from wellread.questions.config import QuestionsConfig
from wellread.questions.load import load, resolve

GOOD = {"id": "q1", "question": "Which catalyst?", "keywords": ["ruthenium", ["96 %", "96%"]]}


def line(**changes):
    row = GOOD | changes
    return json.dumps({name: value for name, value in row.items() if value is not ...}, ensure_ascii=False)


@pytest.fixture
def write(tmp_path):
    def write(text, name="questions.jsonl"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def refusal(*paths):
    with pytest.raises(InputError) as caught:
        load(paths)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_good_questions(write):
    text = "\ufeff" + line() + "\r\n\n  \n" + line(id="q2", kind="reverse", answer="A\u2028B", paper="p") + "\n"
    first, second = load([write(text)])
    assert first.question.keywords == (("ruthenium",), ("96 %", "96%"))
    assert first.question.kind == "direct"
    assert (second.question.kind, second.question.answer, second.question.paper) == ("reverse", "A\u2028B", "p")
    assert (first.line, second.line) == (1, 4)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{", "line 2, column 2: not JSON"),
        ("[1]", "line 2: not a JSON object"),
        ("[" * 100_000, "line 2: not JSON that can be read"),
        ("1" * 5000, "line 2: not JSON"),
        (line(id=...), "line 2: 'id' is missing. Each question needs id, question, keywords."),
        (line(question=...), "line 2: 'question' is missing"),
        (line(keywords=...), "line 2: 'keywords' is missing"),
        (line(id=""), "line 2: 'id' is empty"),
        (line(question=" "), "line 2: 'question' is empty"),
        (line(keywords=[]), "line 2: 'keywords' is empty"),
        (line(keywords=None), "line 2: 'keywords' is empty"),
        (line(keywords=["a", " "]), "line 2: a keyword is empty"),
        (line(keywords=["a", []]), "line 2: 'keywords' has the wrong type"),
        (line(keywords="ruthenium"), "line 2: 'keywords' has the wrong type. It must be a list"),
        (line(keywords=[5]), "line 2: 'keywords' has the wrong type"),
        (line(id=7), "line 2: 'id' has the wrong type. It must be a string"),
        (line(answer=["x"]), "line 2: 'answer' has the wrong type"),
        (line(keyword=["x"]), "line 2: unknown field 'keyword'. Did you mean 'keywords'?"),
        (
            line(kind="revers"),
            "line 2: unknown kind 'revers'. Did you mean 'reverse'? Kinds: direct, paraphrase, reverse",
        ),
        (line(kind=["direct"]), "line 2: unknown kind ['direct']. "),
        ('{"id": "a", "id": "b"}', "line 2: 'id' stands twice in the object"),
        (line(id="q0"), "line 2: id 'q0' is already in"),
        ('{"id": "\\ud800", "question": "x", "keywords": ["y"]}', "line 2: 'id' has the wrong type"),
    ],
)
def test_mistakes_name_file_and_line(bad, said, write):
    path = write(line(id="q0") + "\n" + bad + "\n" + line(id="q9"))
    assert refusal(path).startswith(f"{path} {said}")


def test_duplicate_ids_across_files_name_both_lines(write):
    first, second = write("\n" + line()), write(line(), "more.jsonl")
    assert refusal(first, second).startswith(f"{second} line 1: id 'q1' is already in {first} line 2. ")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "is empty"),
        (b"\n \n", "only white space"),
        (line().encode() + b"\n\xff", "is not UTF-8: byte 0xff at offset 88, line 2"),
        (line().encode() + b"\n\x00", "byte 0x00 at offset 88, line 2"),
    ],
)
def test_files_that_hold_no_questions(raw, said, write):
    assert said in refusal(write(raw))


def test_files_named_wrongly(write, tmp_path):
    path = write(line())
    assert f"Did you mean '{path}'?" in refusal(str(tmp_path / "question.jsonl"))
    assert "is named twice" in refusal(path, path)
    assert "Is a directory" in refusal(str(tmp_path))


def test_resolve(tmp_path, write):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    inside = write(line(), "a/questions.jsonl")
    papers = (str(tmp_path / "a"), str(tmp_path / "b"), str(tmp_path / "a"))
    assert resolve(QuestionsConfig(), papers).questions == (inside,)
    assert resolve(QuestionsConfig(), ()).questions == ()
    named = QuestionsConfig(questions=(inside,))
    assert resolve(named, ()) == named
    with pytest.raises(InputError, match="no such file"):
        resolve(QuestionsConfig(questions=(str(tmp_path / "none.jsonl"),)), papers)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
ROWS = st.fixed_dictionaries({}, optional=dict.fromkeys(("id", "question", "keywords", "kind", "answer", "x"), JSON))


@settings(max_examples=100, deadline=None)
@given(row=ROWS)
def test_any_object_is_a_question_or_one_clear_line(row, tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "q.jsonl"
    path.write_text(json.dumps(GOOD | row), encoding="utf-8")
    try:
        said = f"{path} line {load([str(path)])[0].line}"
    except InputError as error:
        said = str(error)
    assert said.startswith(f"{path} line 1")
    assert "\n" not in said
