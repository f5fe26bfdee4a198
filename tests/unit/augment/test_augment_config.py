import pytest

from wellread import plugins
from wellread.augment.config import DEFAULT_VIEWS, VIEWS, AugmentConfig, settings
from wellread.errors import ConfigError


def test_the_default_views_exist():
    assert AugmentConfig().views == DEFAULT_VIEWS
    assert set(DEFAULT_VIEWS) <= set(plugins.names(VIEWS))


def test_unknown_names_list_the_known_and_name_the_nearest():
    with pytest.raises(ConfigError, match=r"unknown view 'closs'.*'cloze'"):
        AugmentConfig(views=("closs",))
    with pytest.raises(ConfigError, match=r"unknown view 'closs'.*'cloze'"):
        AugmentConfig(params={"closs": {}})
    with pytest.raises(ConfigError, match=r"'copie'.*'copies'"):
        AugmentConfig(views=("permuted",), params={"permuted": {"copie": 2}})


def test_a_value_that_does_not_fit_is_named():
    with pytest.raises(ConfigError, match=r"params\.permuted\.copies: .*'many'"):
        AugmentConfig(params={"permuted": {"copies": "many"}})


def test_settings_reach_the_view():
    assert settings("permuted", {"copies": 7}).copies == 7
