"""Headings to kinds."""

import pytest

from wellread.corpus.sections import is_apparatus, is_canonical, is_references, kind_of, without_number


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("abstract", ["Abstract", "ABSTRACT", "Zusammenfassung", "要旨"]),
        ("introduction", ["1. Introduction", "I. INTRODUCTION", "I N T R O D U C T I O N", "Einleitung", "1. はじめに",
                          "緒言", "Background and objectives", "Introduction & Background"]),
        ("methods", ["Materials and methods", "2. Experimental section", "II. METHODS", "Experimental", "Methods",
                     "STAR★Methods", "Patients and Methods", "Material und Methoden", "Experimentelles", "2. 実験方法",
                     "Computational details", "Methods/Design", "Materials & Methods"]),
        ("results", ["Results and Discussion", "3 Results", "Experimental Results", "Ergebnisse und Diskussion",
                     "3. 結果と考察", "Results: the model learns"]),
        ("discussion", ["Discussion", "4. Discussion and conclusions", "Diskussion", "考察"]),
        ("conclusion", ["Conclusion.", "5. Conclusions and Outlook", "Summary and Conclusions", "Concluding Remarks",
                        "4 Schlussfolgerungen und Ausblick", "Fazit", "5. 結論", "4．まとめ", "おわりに"]),
        ("other", ["Introduction of nitro groups", "Effect of temperature", "A. Synthesis", "References", "", "x" * 500]),
    ],
)  # fmt: skip
def test_kinds(kind, headings):
    assert [heading for heading in headings if kind_of(heading) != kind] == []


def test_a_sub_heading_has_its_parents_kind():
    assert kind_of("Results", "methods") == "methods"
    assert kind_of("Results", "other") == "results"


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("2.1. Synthesis", "Synthesis"),
        ("II. Methods", "Methods"),
        ("A) Samples", "Samples"),
        ("第2章 方法", "方法"),
        ("3.結果", "結果"),
        ("2.2 p-Type doping", "p-Type doping"),
        ("4.7 mS/cm reached", "4.7 mS/cm reached"),
        ("2D materials", "2D materials"),
        ("Introduction", "Introduction"),
    ],
)
def test_numbers_go(heading, words):
    assert without_number(heading) == words


def test_what_is_about_the_publication():
    for heading in ("Author Contributions", "Conflict of Interest", "Acknowledgements", "Data Availability Statement", "謝辞",
                    "Funding", "Supplementary Information", "Danksagung"):  # fmt: skip
        assert is_apparatus(heading), heading
    for heading in ("References", "8. References and notes", "Literaturverzeichnis", "参考文献", "Bibliography"):
        assert is_references(heading), heading
    assert is_canonical("Funding")
    assert not is_apparatus("Funding of garnet research in Europe")
    assert not is_references("Reference electrodes")
