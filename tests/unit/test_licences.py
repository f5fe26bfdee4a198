"""Which licences each policy lets in."""

import pytest

from wellread.licences import refusal, shareable

FREE = ["CC0-1.0", "CC-BY-4.0", "CC-BY-3.0", "CC-BY", "CC BY 4.0", "CC-BY-SA-4.0", "public-domain", "Apache-2.0", "MIT"]
NC = ["CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC BY-NC 3.0"]
NO = [
    "CC-BY-ND-4.0",
    "CC-BY-NC-ND-4.0",
    "copyright",
    None,
    "Free for teaching",
    "CC-BY-XX-4.0",
    "MIT Press",
    "CC0 for the data",
]


@pytest.mark.parametrize("licence", FREE)
def test_free_ones_go_everywhere(licence) -> None:
    assert [refusal(licence, policy) for policy in ("private", "redistribute", "commercial")] == [None] * 3


@pytest.mark.parametrize("licence", NC)
def test_non_commercial(licence) -> None:
    assert refusal(licence, "private") is refusal(licence, "redistribute") is None
    assert "non-commercial" in refusal(licence, "commercial")


@pytest.mark.parametrize("licence", NO)
def test_what_may_not_be_passed_on(licence) -> None:
    assert refusal(licence, "private") is None
    assert refusal(licence, "redistribute")
    assert refusal(licence, "commercial")


def test_private_is_not_to_be_shared() -> None:
    assert [shareable(policy) for policy in ("private", "redistribute", "commercial")] == [False, True, True]
