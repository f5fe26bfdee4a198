"""What every kind of question and every alteration of an answer promises, whoever wrote it."""

import random
import typing

import pytest
from pydantic import ValidationError

from wellread import plugins
from wellread.questions.altering import ALTERATIONS, difference, is_wrong, subject
from wellread.questions.writing.config import KINDS
from wellread.records import Frozen, Kind, Passage, Question

TEXT = "Melvanite melts at 312.5 °C.\n\nIt is made from 4-(2-aminoethyl)benzonitrile."
PASSAGE = Passage(id="p/o", paper="p", telling="o", title="On Melvanite", text=TEXT, source="here", sha256="0" * 64)


@pytest.mark.parametrize("name", plugins.names(KINDS))
class TestKind:
    def test_has_all_that_a_kind_needs(self, name):
        kind = plugins.load(KINDS, name)
        assert "Source:" in kind.__doc__
        assert "Use it" in kind.__doc__
        assert isinstance(kind.VERSION, int)
        assert kind.KIND in typing.get_args(Kind)
        assert issubclass(kind.Params, Frozen)

    def test_asks_for_so_many_about_the_whole_text_in_the_form_that_is_read(self, name):
        kind = plugins.load(KINDS, name)
        prompt = kind.prompt(PASSAGE, 7, 0, kind.Params())
        assert prompt.count(TEXT) == 1
        assert "7 examination questions" in prompt
        if getattr(kind, "PER", "piece") == "statement":
            return
        assert PASSAGE.title in prompt
        assert all(f"\n{label}:" in prompt for label in "QAK")
        assert "S:" not in prompt
        assert 'line "S:" with at most 3' in kind.prompt(PASSAGE, 7, 3, kind.Params())

    def test_settings_change_the_prompt_and_must_fit(self, name):
        kind = plugins.load(KINDS, name)
        for field in kind.Params.model_fields:
            some, other = kind.Params(**{field: 3}), kind.Params(**{field: 7})
            assert kind.prompt(PASSAGE, 1, 0, some) != kind.prompt(PASSAGE, 1, 0, other)
            with pytest.raises(ValidationError):
                kind.Params(**{field: 0})
        with pytest.raises(ValidationError):
            kind.Params(no_such_setting=1)


def test_no_two_kinds_ask_the_same():
    prompts = [
        plugins.load(KINDS, n).prompt(PASSAGE, 4, 0, plugins.load(KINDS, n).Params()) for n in plugins.names(KINDS)
    ]
    assert len(set(prompts)) == len(prompts) == 4


def asked(answer, *keys):
    return Question(id="q", question="What of Melvanite?", answer=answer, keywords=keys)


RIGHT = [
    asked("Melvanite melts at 312.5 °C.", "312.5 °C"),
    asked("The yield of Melvanite is 94.3%.", "94.3%"),
    asked("Melvanite holds for 17 months.", "17 months"),
    asked("The catalyst of Melvanite is Ketrosal.", "Ketrosal"),
    asked("The strength of Melvanite increases because hydrogen bonds form.", "increases", "hydrogen bonds"),
    asked("Melvanite is made from 4-(2-aminoethyl)benzonitrile.", "4-(2-aminoethyl)benzonitrile"),
]
OTHERS = ("146 °C", "81%", "9 months", "Zelvanol", "silver pairs", "2-ethenyl-3-methoxyoxirane", "3.4 mS/cm")


@pytest.mark.parametrize("name", plugins.names(ALTERATIONS))
class TestAlteration:
    def test_says_what_it_is(self, name):
        room = plugins.load(ALTERATIONS, name)
        assert "Source:" in room.__doc__
        assert "Use it" in room.__doc__

    def test_every_result_is_wrong_in_that_very_fact_and_the_same_each_time(self, name):
        room, made = plugins.load(ALTERATIONS, name), 0
        for question in RIGHT:
            about = subject(question, OTHERS)
            wrong = list(room.alter(about, random.Random(0)))
            assert wrong == list(room.alter(about, random.Random(0)))
            assert len(set(wrong)) == len(wrong)
            made += len(wrong)
            for answer in wrong:
                assert is_wrong(question, answer), answer
                assert difference(question.answer, answer) in (name, "words"), answer
        assert made

    def test_what_has_no_such_fact_is_left_alone(self, name):
        room = plugins.load(ALTERATIONS, name)
        assert list(room.alter(subject(asked("It is soft.", "soft"), ()), random.Random(0))) == []
