"""What every style and every preservation check promises, whoever wrote it."""

import pytest
from pydantic import ValidationError

from wellread import plugins
from wellread.augment import translation
from wellread.augment.facts import Told
from wellread.augment.languages import DEFAULT, NAMES
from wellread.augment.pairs import CHECKS, Pair
from wellread.augment.rewriting.config import STYLES
from wellread.records import Frozen, Passage

TEXT = "Melvanite melts at 312.5 °C.\n\nIt is made from 4-(2-aminoethyl)benzonitrile."
PASSAGE = Passage(id="p/o", paper="p", telling="o", title="On Melvanite", text=TEXT, source="here", sha256="0" * 64)


@pytest.mark.parametrize("name", plugins.names(STYLES))
class TestStyle:
    def test_has_all_that_a_style_needs(self, name):
        style = plugins.load(STYLES, name)
        assert "Source:" in style.__doc__
        assert "Use it" in style.__doc__
        assert isinstance(style.VERSION, int)
        assert issubclass(style.Params, Frozen)
        assert 0 < style.PROMISE.keeps <= 1
        assert 0 < style.PROMISE.length[0] < 1 < style.PROMISE.length[1]
        assert all(word == word.casefold() for word in style.PROMISE.words)

    def test_asks_for_the_whole_text_once_and_for_nothing_but_the_result(self, name):
        style = plugins.load(STYLES, name)
        prompt = style.prompt(PASSAGE, style.Params())
        assert prompt.count(TEXT) == 1
        assert PASSAGE.title in prompt
        assert "Write only the result" in prompt
        assert prompt == style.prompt(PASSAGE, style.Params())

    def test_settings_change_the_prompt_and_must_fit(self, name):
        style = plugins.load(STYLES, name)
        for field in style.Params.model_fields:
            assert style.prompt(PASSAGE, style.Params(**{field: 3})) != style.prompt(
                PASSAGE, style.Params(**{field: 7})
            )
            with pytest.raises(ValidationError):
                style.Params(**{field: 0})
        with pytest.raises(ValidationError):
            style.Params(no_such_setting=1)


def test_no_two_styles_ask_the_same():
    prompts = [plugins.load(STYLES, n).prompt(PASSAGE, plugins.load(STYLES, n).Params()) for n in plugins.names(STYLES)]
    assert len(set(prompts)) == len(prompts) == 10


@pytest.mark.parametrize("code", [*DEFAULT, "fr", "sw"])
def test_translation_names_the_language(code):
    assert f"into {NAMES[code]}" in translation.prompt(PASSAGE, code)


@pytest.mark.parametrize("name", plugins.names(CHECKS))
class TestCheck:
    def test_has_all_that_a_check_needs(self, name):
        check = plugins.load(CHECKS, name)
        assert "Source:" in check.__doc__
        assert issubclass(check.Params, Frozen)

    def test_says_what_is_wrong_in_words_and_odd_texts_do_no_harm(self, name):
        check = plugins.load(CHECKS, name)
        for source, text in (
            (TEXT, "Nivelmate melts at 213 K, as the text says. I'm sorry."),
            ("", ""),
            (TEXT, ""),
            ("", TEXT),
            ("…", "((["),
        ):
            for what in check.check(Pair(Told(source, "en"), Told(text, "en")), check.Params()):
                assert what.strip()
                assert "\n" not in what
