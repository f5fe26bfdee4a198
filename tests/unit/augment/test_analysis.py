from wellread.augment.analysis import analyse, together
from wellread.records import Passage


def passage(telling: str, title: str, text: str) -> Passage:
    return Passage(id=f"p/{telling}", paper="p", telling=telling, title=title, text=text, source="", sha256="")


ORIGINAL = passage(
    "original", "Orlane: a resin that stops rust", "Optimum dose of Orlane: 46 ppm. Orlane stops rust on steel."
)
TALK = passage(
    "interview",
    "A talk about rust",
    "Editor: What is it good for?\n\nLab: It stops rust.\n\nEditor: How much is needed?\n\n"
    "Lab: The optimum is 46 ppm.\n\nEditor: Of what?\n\nLab: Of Orlane, our own.",
)  # fmt: skip


def test_tellings_of_a_paper_share_its_subject_and_what_it_is() -> None:
    first, second = together([ORIGINAL, TALK])
    assert (first.subject, second.subject) == ("Orlane", "Orlane")
    assert first.kinds == second.kinds == ("resin",)


def test_a_speaker_is_not_what_a_dialogue_is_about() -> None:
    assert analyse(TALK).subject is None


def test_a_word_that_another_telling_writes_small_is_no_name() -> None:
    assert "Optimum" in analyse(ORIGINAL).names
    assert "Optimum" not in together([ORIGINAL, TALK])[0].names


def test_a_telling_that_does_not_name_the_subject_of_the_others_keeps_its_own() -> None:
    other = passage("more", "Velmite, a clay", "Velmite swells in water. Velmite is blue.")
    again = passage("article", "Orlane in pipes", "Orlane is a resin. Orlane stops rust.")
    told = together([ORIGINAL, TALK, other, again])
    assert [a.subject for a in told] == ["Orlane", "Orlane", "Velmite", "Orlane"]
    assert together([]) == []
