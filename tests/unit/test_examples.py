"""The example papers: complete, consistent, and no examination question in any text that is trained on."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from wellread.corpus.config import CorpusConfig
from wellread.corpus.find import find
from wellread.corpus.parsers import markdown
from wellread.questions.leak import LeakIndex, stands_in
from wellread.questions.load import load

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PAPERS = sorted(path for part in ("development", "test") for path in (EXAMPLES / part).glob("*") if path.is_dir())
TELLINGS = ["original", "article", "interview", "qa", "textbook"]
LANGUAGES = ["de", "es", "it", "ja"]
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def text_of(path):
    return markdown.parse(path.read_bytes(), str(path), markdown.Params()).text


def questions_of(folder):
    return [placed.question for placed in load([str(folder / "questions.jsonl")])]


def texts_of(folder):
    return {name: text_of(folder / f"{name}.md") for name in TELLINGS}


def numbers(text):
    """The numbers of `text`, decimal commas as points."""
    return set(NUMBER.findall(re.sub(r"(?<=\d),(?=\d)", ".", unicodedata.normalize("NFKC", text))))


def test_fourteen_papers_with_ids_of_their_own():
    assert Counter(path.parent.name for path in PAPERS) == {"development": 8, "test": 6}
    assert len({path.name for path in PAPERS}) == 14
    load([str(path / "questions.jsonl") for path in PAPERS])  # refuses an id that comes twice


@pytest.mark.parametrize("folder", PAPERS, ids=lambda path: path.name)
class TestPaper:
    def test_files(self, folder):
        (paper,) = find(CorpusConfig(papers=(str(folder),), recursive=True))
        names = [telling.name for telling in paper.tellings]
        assert sorted(names) == sorted(TELLINGS + [f"languages/{language}" for language in LANGUAGES])
        assert paper.rejected == []
        assert 150 <= len((folder / "original.md").read_text(encoding="utf-8").split()) <= 250
        assert all((folder / f"{name}.md").read_text(encoding="utf-8").startswith("# ") for name in TELLINGS)

    def test_translations_keep_the_numbers(self, folder):
        wanted = numbers(text_of(folder / "original.md"))
        for language in LANGUAGES:
            text = text_of(folder / "languages" / f"{language}.md")
            assert len(text) > 300, language
            assert wanted - numbers(text) == set(), language

    def test_questions(self, folder):
        questions = questions_of(folder)
        kinds = Counter(question.kind for question in questions)
        assert len(questions) >= 20
        assert kinds["direct"] >= 8
        assert kinds["paraphrase"] >= 8
        assert kinds["reverse"] >= 4
        assert {question.paper for question in questions} == {folder.name}
        assert all(question.id.startswith(folder.name) for question in questions)

    def test_every_keyword_is_in_every_telling_and_in_the_answer_alone(self, folder):
        texts = texts_of(folder)
        for question in questions_of(folder):
            for spelling in (keyword[0] for keyword in question.keywords):
                assert not stands_in(spelling, question.question), (question.id, spelling)
                assert stands_in(spelling, question.answer), (question.id, spelling)
                missing = [name for name, text in texts.items() if not stands_in(spelling, text)]
                assert not missing, (question.id, spelling, missing)

    def test_no_question_is_in_a_text(self, folder):
        index = LeakIndex({question.id: question.question for question in questions_of(folder)})
        texts = texts_of(folder) | {name: text_of(folder / "languages" / f"{name}.md") for name in LANGUAGES}
        assert {name: found for name, text in texts.items() if (found := index.found_in(text))} == {}


def test_no_question_is_in_a_text_of_another_paper():
    index = LeakIndex({question.id: question.question for folder in PAPERS for question in questions_of(folder)})
    found = {folder.name: index.found_in(text) for folder in PAPERS for text in texts_of(folder).values()}
    assert {name: leaks for name, leaks in found.items() if leaks} == {}


MORE = sorted((EXAMPLES.parent / "benchmarks" / "questions").glob("*.jsonl"))


@pytest.mark.parametrize("file", MORE, ids=lambda path: path.stem)
def test_the_further_questions_ask_for_what_is_told_more_than_once(file):
    texts = texts_of(EXAMPLES / "development" / file.stem)
    questions = [placed.question for placed in load([str(file)])]
    assert Counter(question.kind for question in questions) == {"direct": 24, "paraphrase": 24, "reverse": 12}
    assert {question.paper for question in questions} == {file.stem}
    asked = {question.question for question in questions_of(EXAMPLES / "development" / file.stem)}
    assert asked.isdisjoint(question.question for question in questions)
    for question in questions:
        for spelling in (keyword[0] for keyword in question.keywords):
            assert not stands_in(spelling, question.question), (question.id, spelling)
            assert sum(spelling.casefold() in text.casefold() for text in texts.values()) > 1, (question.id, spelling)
    # A systematic name alone is eight words in a row.
    index = LeakIndex({question.id: question.question for question in questions if "yl)" not in question.question})
    assert {name: found for name, text in texts.items() if (found := index.found_in(text))} == {}


def test_there_are_further_questions():
    assert len(MORE) == 4
