from wellread.augment.blocks import blocks


def test_paragraphs_stand_under_their_headings() -> None:
    assert blocks("# Title\n\nOne line\nand more.\n\n## Part\nTwo.") == [
        ("Title", "One line\nand more."),
        ("Part", "Two."),
    ]


def test_items_of_a_list_are_sentences_of_their_own() -> None:
    text = "- **Melting point**: 946 °C\n* It is stirred for 41 h\n1. The powder is dried.\n2) Then it is cooled"
    assert [block for _, block in blocks(text)] == [
        "The melting point: 946 °C.", "It is stirred for 41 h.", "The powder is dried.", "Then it is cooled.",
    ]  # fmt: skip


def test_rows_of_a_table_give_their_first_cell_the_others() -> None:
    text = "| Property | Value |\n| --- | --- |\n| Density | 3.2 g/cm³ |\n| Hardness | 7.5 GPa |"
    assert [block for _, block in blocks(text)][1:] == ["The density: 3.2 g/cm³.", "The hardness: 7.5 GPa."]


def test_lists_whose_marks_are_gone_are_lists() -> None:
    assert [b for _, b in blocks("Surface area: 743 m²/g\nCatalyst: Ketrosal")] == [
        "The surface area: 743 m²/g.", "The catalyst: Ketrosal.",
    ]  # fmt: skip
    assert [b for _, b in blocks("Density; 3.2 g/cm³")] == ["The density: 3.2 g/cm³."]


def test_prose_that_is_broken_into_lines_stays_whole() -> None:
    text = "The powder was dried and then\nMilled under argon for a day.\nIt melts at 90 °C."
    assert blocks(text) == [(None, text)]
    assert blocks("A title without a stop") == [(None, "A title without a stop")]
