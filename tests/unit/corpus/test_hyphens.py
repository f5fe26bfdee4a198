"""Words that the end of a line cut."""

import pytest

from wellread.corpus.hyphens import vocabulary, whole


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["the conduc-", "tor is a conductor"], "the conductor is a conductor"),
        (["a well-known glass is well-", "known"], "a well-known glass is well-known"),
        (["incubated for 2–", "3 days"], "incubated for 2–3 days"),
        (["MgS–", "P2S5 glasses"], "MgS–P2S5 glasses"),
        (["it was – at", "first – cold"], "it was – at first – cold"),
        (["it was cold –", "as ever"], "it was cold – as ever"),
    ],
)
def test_lines_become_one_text(lines, text):
    assert whole(lines, vocabulary(lines)) == text
