"""Questions from tables."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.errors import InputError
from wellread.questions.load import load

MMLU = Path(__file__).parents[4] / "shared" / "data" / "mmlu"


@pytest.fixture
def write(tmp_path):
    def write(text, name="q.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_a_table_with_a_header(write) -> None:
    path = write(
        'ID,Question,keywords,answer,number,tolerance\nq1,"How hot, and why?",146 °C | 146 C; Ketrosal,"At 146 °C",146 °C,0.05\n\nq2,Why?,,It is so.,,\n'
    )
    first, second = (p.question for p in load([path]))
    assert first.keywords == (("146 °C", "146 C"), ("Ketrosal",))
    assert (first.number, first.tolerance, first.question) == ("146 °C", 0.05, "How hot, and why?")
    assert (second.id, second.keywords, second.answer) == ("q2", (), "It is so.")


def test_options_in_columns_or_in_one(write) -> None:
    path = write("question,A,B,C,correct\nWhich?,x,y,z,b\n")
    [placed] = load([path])
    assert (placed.question.choices, placed.question.correct, placed.question.id) == (("x", "y", "z"), "B", "q-1")
    [placed] = load([write("question\tchoices\tcorrect\nWhich?\tx; y\tA\n", "q.tsv")])
    assert placed.question.choices == ("x", "y")


def test_mmlu(write) -> None:
    path = write('"Which, then?",1,2,3,4,D\n"A ""word""\nand more",a,b,c,d,A\n', "college_chemistry_test.csv")
    first, second = (p.question for p in load([path]))
    assert (first.id, first.topic, first.correct) == ("college_chemistry_test-1", "college_chemistry", "D")
    assert second.question == 'A "word"\nand more'
    [twice] = load([write("q,1,1,2,3,A\n", "twice.csv")])  # published sets are taken as they are
    assert twice.question.choices == ("1", "1", "2", "3")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n", "line 1: neither a header nor question"),
        ("q,1,2,3,4,F\n", "'correct' must be the letter of one option: A, B, C, D."),
        ("question,A,B,C,correct\nq,1,1,2,A\n", "two right answers: '1' stands twice"),
        ("question,A,B\nWhich?,x,y\n", "'correct' is None"),
        ("question,keywords\nWhich?,x,y\n", "3 cells under 2 columns"),
        ("question,colour\nWhich?,x\n", "unknown field 'colour'"),
        ("question,number,tolerance\nWhich?,5 g,some\n", "tolerance 'some' is not a number"),
        ('question,keywords\n"Which?,x\n', "not CSV"),
        ("question,keywords\n", "holds no questions"),
        ("question,keywords\nWhich?,\n", "'keywords' is missing"),
    ],
)
def test_mistakes(write, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        load([write(text)])
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_a_key_only_on_request(write) -> None:
    path = write("question,keywords\nWhich?,\n")
    assert load([path], keyless=True)[0].question.keywords == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('"choices": ["x", "y"], "correct": ["A", "B"]', "two right answers"),
        ('"choices": ["x"], "correct": "A"', "1 choices"),
        ('"choices": ["x", " "], "correct": "A"', "a choice is empty"),
        ('"choices": "xy", "correct": "A"', "'choices' has the wrong type"),
        ('"correct": "A", "answer": "x"', "'correct' without 'choices'"),
        ('"number": "5 g", "tolerance": -1', "'tolerance' has the wrong type"),
    ],
)
def test_mistakes_in_json(write, row: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        load([write(f'{{"id": "q", "question": "?", {row}}}', "q.jsonl")])


@given(st.text(alphabet=' ,;|"\nquestionABCcorrect1é', max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_table_is_read_or_refused_in_one_line(tmp_path_factory, text: str) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "q.csv"
    path.write_text(text, encoding="utf-8")
    said = ""
    try:
        load([str(path)])
    except InputError as error:
        said = str(error)
    assert "\n" not in said


@pytest.mark.shared
@pytest.mark.skipif(not MMLU.is_dir(), reason="no shared data")
def test_the_published_files() -> None:
    for subject in ("college_chemistry", "college_physics"):
        test = load([str(MMLU / "test" / f"{subject}_test.csv")])
        dev = load([str(MMLU / "dev" / f"{subject}_dev.csv")])
        assert (len(test), len(dev)) == (100 if subject == "college_chemistry" else 102, 5)
        assert all(len(p.question.choices) == 4 for p in test)


def test_only_line_ends_end_a_row(write) -> None:
    path = write("Which\u2028one\x0cis it?,a\x85b,b,c,d,B\r\nWhy?,a,b,c,d,A\r\n", "rocks_test.csv")
    first, second = (p.question for p in load([path]))
    assert (first.question, first.choices[0], first.correct) == ("Which\u2028one\x0cis it?", "a\x85b", "B")
    assert second.question == "Why?"
