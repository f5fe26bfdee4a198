from wellread.augment.analysis import analyse
from wellread.augment.choice import Candidate, candidate, choose
from wellread.augment.drafts import Draft
from wellread.records import Example, Passage

TEXTS = {
    "one": "Melvanite melts at 312.5 °C. Its yield is 81.4%. The authors drank coffee in Orrin Valley.",
    "two": "At 312.5 °C, Melvanite melts. The yield of Melvanite is 81.4%.",
}
ANALYSED = analyse(
    Passage(
        id="m/one", paper="m", telling="one", title="Melvanite", text=TEXTS["one"], source="one.md", sha256="0" * 64
    )
)


def made(name, prompt, fact, rank=0, text=None):
    example = Example(id=name, paper="m", passage="m/one", maker="templates", prompt=prompt, text=text or f"{fact}.")
    return candidate(example, Draft(prompt, example.text, fact, rank), ANALYSED)


MELTING = made("a", "At what temperature does Melvanite melt?", "312.5 °C")
MELTING_AGAIN = made("b", "What is the melting point of Melvanite?", "312.5 °C", rank=1)
YIELD = made("c", "What is the yield of Melvanite?", "81.4%")
ASIDE = made("d", "Where did the authors drink coffee?", "Orrin Valley")
TURNED = made("e", "What melts at 312.5 °C?", "Melvanite")


def test_a_fact_comes_once_before_any_comes_twice():
    assert choose([MELTING, MELTING_AGAIN, YIELD], TEXTS, MELTING.words + YIELD.words, "0") == {"a", "c"}


def test_the_plainest_wording_comes_first():
    assert choose([MELTING_AGAIN, MELTING], TEXTS, MELTING.words, "0") == {"a"}


def test_what_every_telling_says_comes_before_what_one_says():
    assert choose([ASIDE, YIELD], TEXTS, max(ASIDE.words, YIELD.words), "0") == {"c"}


def test_a_value_comes_before_the_question_whose_answer_is_the_subject():
    assert MELTING.terms == {"312.5 °c"}
    assert TURNED.terms == {"<312.5 °c"}
    assert choose([TURNED, MELTING], TEXTS, MELTING.words, "0") == {"a"}
    assert choose([TURNED, MELTING], TEXTS, MELTING.words + TURNED.words, "0") == {"a", "e"}


def test_the_room_is_kept_and_the_choice_does_not_depend_on_the_order():
    everything = [MELTING, MELTING_AGAIN, YIELD, ASIDE, TURNED]
    for room in range(0, 60, 5):
        chosen = choose(everything, TEXTS, room, "0")
        assert sum(c.words for c in everything if c.example.id in chosen) <= room
        assert chosen == choose(everything[::-1], TEXTS, room, "0")


def test_an_example_without_words_that_carry_meaning_comes_last():
    empty = Candidate(MELTING.example.model_copy(update={"id": "z"}), frozenset(), 1)
    assert choose([empty, YIELD], TEXTS, YIELD.words, "0") == {"c"}
