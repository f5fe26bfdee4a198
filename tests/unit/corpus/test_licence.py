"""Licences by their short names."""

import pytest

from wellread.corpus.licence import licence, licence_in

DEED = "http://creativecommons.org/licenses/"
ZERO = "http://creativecommons.org/publicdomain/zero/1.0/"


@pytest.mark.parametrize(
    ("links", "words", "name"),
    [
        ([DEED + "by/4.0/"], "", "CC-BY-4.0"),
        (["https://creativecommons.org/licenses/by-nd-nc/3.0"], "", "CC-BY-NC-ND-3.0"),
        (["http://www.creativecommons.org/licences/by-nc/2.0/uk/"], "", "CC-BY-NC-2.0"),
        (["https://creativecommons.org/licenses/by/"], "", "CC-BY"),
        ([], f"under the licence ({DEED}by-sa/4.0/).", "CC-BY-SA-4.0"),
        ([ZERO], "", "CC0-1.0"),
        ([ZERO, DEED + "by/4.0/"], "", "CC-BY-4.0"),
        ([DEED + "by/4.0/"], "Creative Commons Attribution-NonCommercial License", "CC-BY-NC"),
        (["creativeCommonsBy-nc-nd"], "© 2020 Some House", "CC-BY-NC-ND"),
        ([], "a Creative Commons Attribution 4.0 International License", "CC-BY-4.0"),
        ([], "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0", "CC-BY-NC-ND-4.0"),
        ([], "Creative Commons Attribution Non Commercial (CC BY-NC 4.0) licence", "CC-BY-NC-4.0"),
        ([], "Creative Commons License (Attribution–Noncommercial–Share Alike 3.0 Unported)", "CC-BY-NC-SA-3.0"),
        ([], "Creative Commons Attribution and Share Alike", "CC-BY-SA"),
        ([], "Creative Commons Attribution License, which permits unrestricted non-commercial use", "CC-BY"),
        ([], "the Creative Commons Attribution (CC BY) license", "CC-BY"),
        ([], "Creative Commons Namensnennung - Nicht kommerziell - Keine Bearbeitungen 4.0", "CC-BY-NC-ND-4.0"),
        ([], "クリエイティブ・コモンズ 表示 - 非営利 4.0 国際", "CC-BY-NC-4.0"),
        ([], "CC BY-SA 3.0", "CC-BY-SA-3.0"),
        ([], "CC BY NC ND", "CC-BY-NC-ND"),
        ([], "CC-BY", "CC-BY"),
        ([], "made available under the Creative Commons CC0 public domain dedication", "CC0-1.0"),
        ([], "a U.S. Government work and is in the public domain in the USA", "public-domain"),
        ([], "All rights\n reserved.", "copyright"),
        ([], "© 2020 A Publisher B.V.", "copyright"),
        (["http://doi.wiley.com/10.1002/tdm_license_1.1"], "", "copyright"),
        ([], "public-domain", "public-domain"),
        ([], "Deposited as CCDC 12; see CC bysomething", None),
        ([], "licencia Creative Commons Reconocimiento-NoComercial-SinObraDerivada 4.0", "CC-BY-NC-ND-4.0"),
        ([], "Licencia Creative Commons Atribución-NoComercial-CompartirIgual 4.0", "CC-BY-NC-SA-4.0"),
        (
            [],
            "Creative Commons Attribution - Pas d’Utilisation Commerciale - Pas de Modification 4.0",
            "CC-BY-NC-ND-4.0",
        ),
        ([], "Creative Commons Attribution - Partage dans les Mêmes Conditions 4.0", "CC-BY-SA-4.0"),
        ([], "licença Creative Commons Atribuição-NãoComercial-SemDerivações 4.0", "CC-BY-NC-ND-4.0"),
        ([], "Licenza Creative Commons Attribuzione - Non commerciale - Non opere derivate 4.0", "CC-BY-NC-ND-4.0"),
        ([], "知识共享署名-非商业性使用 4.0 国际许可协议", "CC-BY-NC-4.0"),
        ([], "Creative Commons Non-Commercial No Derivative Works Attribution License", "CC-BY-NC-ND"),
        ([], "an Attribution–Noncommercial–Share Alike 3.0 Unported Creative Commons License", "CC-BY-NC-SA-3.0"),
        ([], "Creative Commons Attribution-Noncommercial-No Derivative Works 3.0 Unported", "CC-BY-NC-ND-3.0"),
        ([], "Creative Commons Attribution 3.0 Non-Commercial License", "CC-BY-NC-3.0"),
        ([], "Creative Commons Attribution License, non-commercial, no derivatives", "CC-BY-NC-ND"),
        ([], "Creative Common Attribution License 4.0", "CC-BY-4.0"),
        (["CCBYNCND"], "", "CC-BY-NC-ND"),
        ([DEED + "publicdomain/"], "", "public-domain"),
        ([], "a U.S. Government work and not under copyright protection in the US", "public-domain"),
        ([ZERO], f"© 2014 A House. The CC0 waiver ({ZERO}) applies to the data made available.", "copyright"),
        (["https://www.springernature.com/gp/researchers/text-and-data-mining"], "", "copyright"),
        (["https://www.house.com/tdm"], "", "copyright"),
        ([], "heated, and 5 cc by injection", None),
        ([], "", None),
    ],
)
def test_name(links, words, name):
    assert licence(links, words).name == name


def test_the_words_are_kept():
    assert licence([], " Some\n permission. ") == (None, "Some permission.")
    assert licence([DEED + "by/4.0/"], "").words == DEED + "by/4.0/"


def test_what_a_caption_borrows_says_nothing_about_the_paper():
    text = "© 2019 A House. All rights reserved. Figure 1. Reproduced under CC BY 4.0 from ref. 3."
    assert licence_in(text).name == "copyright"
    assert licence_in("Figure 1. Reprinted with permission. Copyright 2018, A House.").name is None
    assert "CC BY 4.0" in licence_in("Words. " * 100 + "Licensed under CC BY 4.0. " + "Words. " * 100).words


@pytest.mark.parametrize(
    "elsewhere",
    [
        "The data are available\nunder CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).",
        "The code is released under the Creative Commons Attribution 4.0 license.",
    ],
)
def test_the_licence_of_the_data_is_not_the_paper_s(elsewhere):
    assert licence_in(f"© 2020 A House. {elsewhere}").name == "copyright"
    assert licence_in(f"{elsewhere} This article is licensed under CC BY-NC 4.0.").name == "CC-BY-NC-4.0"
