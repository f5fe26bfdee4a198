"""Licences by their short names."""

import pytest

from wellread.corpus.licence import short_name

DEED = "http://creativecommons.org/licenses/"


@pytest.mark.parametrize(
    ("links", "words", "name"),
    [
        ([DEED + "by/4.0/"], "", "CC BY 4.0"),
        (["https://creativecommons.org/licenses/by-nc-nd/3.0"], "", "CC BY-NC-ND 3.0"),
        ([], f"under the licence ({DEED}by-sa/4.0/).", "CC BY-SA 4.0"),
        (["http://creativecommons.org/publicdomain/zero/1.0/"], "", "CC0 1.0"),
        (["http://creativecommons.org/publicdomain/zero/1.0/", DEED + "by/4.0/"], "", "CC BY 4.0"),
        ([], "a Creative Commons Attribution 4.0 International License", "CC BY 4.0"),
        ([], "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0", "CC BY-NC-ND 4.0"),
        ([], "the Creative Commons Attribution (CC BY) license", "CC BY"),
        ([], "CC BY-SA 3.0", "CC BY-SA 3.0"),
        ([], "CC-BY", "CC BY"),
        ([], "All rights\n reserved.", "All rights reserved."),
        ([], "", None),
    ],
)
def test_short_name(links, words, name):
    assert short_name(links, words) == name
