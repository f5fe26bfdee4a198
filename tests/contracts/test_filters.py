"""Every filter keeps the contract: frozen Params with defaults, a reason or None, the same for the same paper."""

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellread import plugins
from wellread.corpus.ingest.config import FILTERS, from_mapping, settings
from wellread.corpus.ingest.draft import Draft
from wellread.errors import ConfigError
from wellread.records import Frozen

NAMES = plugins.names(FILTERS)
DRAFT = Draft("Garnet electrolytes", "Conductivity of LLZO.", "We measured", 1000, "en")
drafts = st.builds(
    Draft, st.text(), st.text(), st.text(), st.integers(0, 10**6), st.none() | st.sampled_from(["en", "de"])
)
# name -> settings and a paper that they refuse
REFUSES = {
    "keywords": ({"pattern": "polymer|glass"}, DRAFT),
    "language": ({"only": ["de", "ja"]}, DRAFT),
    "length": ({"least": 1001}, DRAFT),
}


@pytest.mark.parametrize("name", NAMES)
def test_params_are_frozen_and_described(name: str) -> None:
    module = plugins.load(FILTERS, name)
    assert module.__doc__
    assert issubclass(module.Params, Frozen)
    module.Params()


@pytest.mark.parametrize("name", NAMES)
@hypothesis.settings(deadline=None)
@given(draft=drafts)
def test_a_reason_or_none_the_same_twice(name: str, draft: Draft) -> None:
    module = plugins.load(FILTERS, name)
    said = module.check(draft, module.Params())
    assert said is None or (isinstance(said, str) and said and "\n" not in said)
    assert module.check(draft, module.Params()) == said


@pytest.mark.parametrize("name", NAMES)
def test_keeps_by_default_and_refuses_when_set(name: str) -> None:
    module = plugins.load(FILTERS, name)
    assert module.check(DRAFT, module.Params()) is None
    values, draft = REFUSES[name]
    assert module.check(draft, settings(FILTERS, name, {name: values}))


def test_keywords_look_at_title_and_abstract() -> None:
    check = plugins.load(FILTERS, "keywords").check

    def kept(pattern: str, draft: Draft = DRAFT) -> bool:
        return check(draft, settings(FILTERS, "keywords", {"keywords": {"pattern": pattern}})) is None

    assert kept("GARNET")
    assert kept("llzo")
    assert not kept("measured")
    assert kept("measured", DRAFT._replace(abstract=""))


def test_slips_show_before_any_work() -> None:
    for values in (
        {"filters": ("lenght",)},
        {"filter": {"length": {"lest": 1}}},
        {"filter": {"keywords": {"pattern": "("}}},
    ):
        with pytest.raises(ConfigError):
            from_mapping(values)
