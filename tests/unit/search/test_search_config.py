import pytest
from pydantic import ValidationError

from wellread.errors import ConfigError
from wellread.search.config import SearchConfig


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"sampler": "tpee"}, "unknown sampler 'tpee'. Did you mean 'tpe'"),
        ({"pruner": "hyperband"}, "unknown pruner 'hyperband'"),
        ({"objectives": ("scores",)}, "unknown objective 'scores'. Did you mean 'score'"),
        ({"objectives": ("score", "score")}, "named twice"),
        ({"params": {"gp": {}}}, "unknown search.params: name 'gp'"),
        ({"params": {"tpe": {"start": 3}}}, "Did you mean 'startup'"),
        ({"params": {"tpe": {"startup": 0}}}, "search.params.tpe.startup"),
        ({"objectives": ("score", "cost"), "pruner": "asha"}, "single objective"),
        ({"test_papers": ("a",), "test_questions": ("b",)}, "both test_papers and test_questions"),
    ],
)
def test_what_it_refuses(given: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError) as e:
        SearchConfig.model_validate(given)
    assert said in str(e.value)


def test_numbers_are_bounded() -> None:
    with pytest.raises(ValidationError):
        SearchConfig(test_share=1.0)
