import pytest

from wellread.evaluate.choices import option_named
from wellread.evaluate.metrics import choice_letter, choice_likelihood
from wellread.records import Question

CHOICES = ("cold rain", "rain", "a dry wind", "nothing of these")
Q = Question(id="q", question="What falls?", choices=CHOICES, correct="B")


@pytest.mark.parametrize(
    ("answer", "letter"),
    [
        ("B", "B"), ("b", "B"), ("(B)", "B"), ("B.", "B"), ("B. rain", "B"), ("B) rain", "B"), ("**B**", "B"), ("B: rain", "B"),
        ("The answer is B.", "B"), ("The correct answer is (C) a dry wind", "C"), ("Answer: D", "D"), ("answer: d", "D"),
        ("I choose option A, since it is cold.", "A"), ("Option C", "C"), (r"so \boxed{D}", "D"), ("It must be [C].", "C"),
        ("rain", "B"), ("It is cold rain.", "A"), ("A dry wind", "C"), ("B\n\nbecause A is wrong", "B"),
        ("", None), ("A or B", None), ("E", None), ("A man walks", None), ("I think so", None), ("(A) and (B)", None),
        ("The answer is unclear", None), ("the answer is a mystery to all of us, sadly", None), ("rain, or a dry wind", None),
        ("The answer is a gas", None), ("Answer: A dry wind", "C"), ("The answer is A or B", None), ("Answer: B, C", None),
        ("A, C", None), ("<answer>C</answer>", "C"), ("So B is the correct one.", "B"), ("A is right, B is right", None), ("The answer is A because of the cold", "A"), ("The answer is B, a dry wind", "B"), ("answer: d) it", "D"),
        ("b.", "B"), ("b) text", "B"), ("(b) rainy", "B"), ("b. wet", "B"), ("b: wet", "B"), ("i.e. none", None), ("a man", None),
        ("**Answer:** B", "B"), (r"\boxed{\text{B}}", "B"), (r"$\boxed{B}$", "B"), ("B because it rains", "B"), ("Letter B", "B"),
        ("B\n\nWhich is dry?\nA. x\nB. y\nAnswer: C", "B"), ("B. rain\n\nWhich is dry?\nAnswer: C", "B"),
        ("b) rain\nThe answer is C", "B"), ("A. cold rain\nB. rain\nThe answer is B", "B"),
        ("A. It isn't cold.\nThe answer is C", "C"),
        ("The answer is B, I think", "B"), ("E. coli, or nothing of these", "D"), ("The answer is (B) and not (C).", "B"),
    ],
)  # fmt: skip
def test_the_option_that_an_answer_names(answer: str, letter: str | None) -> None:
    assert option_named(answer, CHOICES) == letter


def test_unparsed_is_not_wrong_and_not_guessed() -> None:
    assert [choice_letter.score(Q, a) for a in ("B", "A", "who knows")] == [1, 0, None]


def test_the_likeliest_letter() -> None:
    assert choice_likelihood.continuations(Q) == ("A", "B", "C", "D")
    assert choice_likelihood.score(Q, [-3, -1, -2, -9]) == 1
    assert choice_likelihood.score(Q, [-1, -2, -2, -9]) == 0
    assert choice_likelihood.score(Q, [-1, -1, -2, -9]) is None
