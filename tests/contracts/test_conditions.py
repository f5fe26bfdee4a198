"""What every condition of an examination must do."""

import pytest

from wellread import plugins
from wellread.evaluate.library import Library
from wellread.records import Frozen, Passage, Question

CONDITIONS = "wellread.evaluate.conditions"
PLAIN = Question(id="q", question="At what temperature does Quor melt?", keywords=("146 °C",), paper="p")
CHOICE = Question(
    id="c", question="Which catalyst?", choices=("iron", "Ketrosal"), correct="B", paper="p", topic="rocks"
)
STRANGER = Question(id="s", question="What is salt?", keywords=("NaCl",))
SHOT = Question(id="x", question="Which rock?", choices=("chalk", "water"), correct="A", topic="rocks")


def passage(paper: str, text: str) -> Passage:
    return Passage(id=f"{paper}/a", paper=paper, telling="a", title="", text=text, source="", sha256="")


PASSAGES = [passage("p", "# Quor\n\nQuor melts at 146 °C.\n\nKetrosal is its catalyst."), passage("r", "Salt is NaCl.")]


def library(passages: list[Passage], most: int = 500, shots: dict | None = None) -> Library:
    def cut(text: str, n: int) -> str:
        return text if len(text.split()) <= n else " ".join(text.split()[:n])

    return Library(passages, shots or {}, 1000, most, lambda t: len(t.split()), cut)


@pytest.fixture(scope="module", params=plugins.names(CONDITIONS))
def condition(request):
    return plugins.load(CONDITIONS, request.param)


def test_it_has_a_name_settings_and_a_reason(condition) -> None:
    assert condition.__doc__.startswith(f"{condition.__name__.rsplit('.', 1)[-1]}: ")
    assert condition.LABEL
    assert isinstance(condition.IMPOSSIBLE, str)
    assert issubclass(condition.Params, Frozen)


def test_one_prompt_for_each_question_or_none(condition) -> None:
    asked = [PLAIN, CHOICE, STRANGER]
    for passages in (PASSAGES, []):
        prompts = condition.prompts(asked, library(passages), condition.Params())
        assert len(prompts) == 3
        assert all(p is None or p.strip() for p in prompts)
        assert None not in prompts or condition.IMPOSSIBLE
    assert condition.prompts([], library(PASSAGES), condition.Params()) == []


def test_the_right_letter_is_never_told(condition) -> None:
    [prompt] = condition.prompts([CHOICE], library([]), condition.Params())
    assert prompt is None or ("B. Ketrosal" in prompt and "Answer: B" not in prompt)


def ask(name: str, question: Question, shelf: Library, **settings) -> str | None:
    module = plugins.load(CONDITIONS, name)
    [prompt] = module.prompts([question], shelf, module.Params(**settings))
    return prompt


def test_closed_book_shows_the_question_alone() -> None:
    assert ask("closed_book", PLAIN, library(PASSAGES)) == PLAIN.question


def test_worked_examples_come_before_a_choice() -> None:
    prompt = ask("closed_book", CHOICE, library([], shots={"rocks": [SHOT]}))
    assert prompt == (
        "The following are multiple choice questions (with answers) about rocks.\n\n"
        "Which rock?\nA. chalk\nB. water\nAnswer: A\n\nWhich catalyst?\nA. iron\nB. Ketrosal\nAnswer:"
    )


def test_without_examples_a_text_to_be_continued_still_ends_where_the_letter_follows() -> None:
    shelf = library([])
    shelf.chat = False
    assert ask("closed_book", CHOICE, shelf) == (
        "The following are multiple choice questions (with answers) about rocks.\n\n"
        "Which catalyst?\nA. iron\nB. Ketrosal\nAnswer:"
    )
    assert ask("closed_book", PLAIN, shelf) == PLAIN.question


def test_as_many_worked_examples_as_fit_which_is_noted() -> None:
    shelf = library([], shots={"rocks": [SHOT] * 200})
    prompt = str(ask("closed_book", CHOICE, shelf))
    assert 50 < prompt.count("Which rock?") < 200
    assert len(prompt.split()) <= shelf.context
    assert prompt.endswith("Which catalyst?\nA. iron\nB. Ketrosal\nAnswer:")
    assert shelf.notes == [
        f"1 of 1 questions follow fewer worked examples than wanted, {prompt.count('Which rock?')} at least: "
        "more don't fit in the model's context"
    ]


@pytest.mark.parametrize("name", ["in_context", "retrieval"])
def test_a_question_without_room_for_a_text_takes_none_from_the_others(name: str) -> None:
    endless = PLAIN.model_copy(update={"id": "e", "question": "why " * 2000})
    module = plugins.load(CONDITIONS, name)
    prompts = module.prompts([PLAIN, endless], library(PASSAGES), module.Params())
    assert "146 °C" in prompts[0]


def test_paragraphs_that_are_cut_are_noted() -> None:
    shelf = library(PASSAGES, most=5)
    ask("retrieval", PLAIN, shelf)
    assert shelf.notes == ["1 of 1 questions follow a part of the paragraphs found for them (room for 5 tokens)"]
    shelf = library(PASSAGES)
    ask("retrieval", PLAIN, shelf)
    assert not shelf.notes


def test_in_context_shows_the_paper_of_the_question() -> None:
    assert "146 °C" in str(ask("in_context", PLAIN, library(PASSAGES)))
    assert "NaCl" not in str(ask("in_context", PLAIN, library(PASSAGES)))
    assert ask("in_context", STRANGER, library(PASSAGES)) is None


def test_in_context_shows_the_section_of_the_question_or_all_of_them() -> None:
    told = {"abstract": "Quor is new.", "methods": "Quor melts at 146 °C."}
    parts = [
        Passage(id=f"p/{k}", paper="p", telling=k, title="", text=t, source="", sha256="", section=k)
        for k, t in told.items()
    ]
    parts.insert(
        1, parts[0].model_copy(update={"id": "p/abstract/interview", "telling": "interview", "text": "Told anew."})
    )
    whole = str(ask("in_context", PLAIN, library(parts)))
    assert "Quor is new.\n\nQuor melts at 146 °C." in whole
    assert "anew" not in whole
    asked = PLAIN.model_copy(update={"passage": "p/methods"})
    assert "new" not in str(ask("in_context", asked, library(parts)))
    assert "146 °C" in str(ask("in_context", asked, library(parts)))


def test_retrieval_finds_the_paragraph_whatever_its_paper() -> None:
    prompt = str(ask("retrieval", STRANGER, library(PASSAGES), paragraphs=1))
    assert "Salt is NaCl." in prompt
    assert "Quor" not in prompt
    assert len(str(ask("retrieval", PLAIN, library(PASSAGES, most=5), paragraphs=3)).split()) < 30


def test_choices_only_hides_the_question() -> None:
    prompt = str(ask("choices_only", CHOICE, library(PASSAGES)))
    assert "Which catalyst" not in prompt
    assert "B. Ketrosal" in prompt
    assert ask("choices_only", PLAIN, library(PASSAGES)) is None
