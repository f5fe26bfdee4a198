"""What a reader of scores must know of questions that were trained on."""


def in_words(repeated: int, overlap: int, near: int) -> list[str]:
    """What a reader of scores must know of leaks, so many questions each; nothing where there are none."""
    said = {
        f"Questions that stand in what was trained on, word for word: {repeated}; they aren't scored.": repeated,
        f"Questions that share eight words in a row with a text or pair that was trained on: {overlap}.": overlap,
        f"Further questions worded much like one that was trained on: {near}; data/leaks lists all.": near,
    }
    return [words for words, n in said.items() if n]
