import pytest

from wellread.errors import ConfigError
from wellread.records import REHEARSAL, Example, Preference
from wellread.testing import tiny
from wellread.train.config import Part, TrainConfig
from wellread.train.data import encode, split_text, used
from wellread.train.dose import count
from wellread.train.schedule import lay_out
from wellread.train.sequence import IGNORED
from wellread.train.stage import epochs


@pytest.fixture(scope="module")
def tokenizer():
    return tiny.tokenizer()


def text(body: str, name: str = "t") -> Example:
    return Example(id=name, paper="p", passage=f"p/{name}", maker="text", text=body)


def pair(prompt: str, answer: str, name: str = "q") -> Example:
    return Example(id=name, paper="p", passage="p/t", maker="cloze", prompt=prompt, text=answer)


def test_a_text_learns_its_end(tokenizer) -> None:
    [sequence] = encode([text("It melts.")], tokenizer, 100).sequences
    assert sequence.ids[-1] == sequence.labels[-1] == tokenizer.eos_token_id == tokenizer.pad_token_id


def test_a_pair_learns_the_answer_and_its_end_only(tokenizer) -> None:
    [sequence] = encode([pair("What?", "That.")], tokenizer, 200).sequences
    learned = [t for t in sequence.labels if t != IGNORED]
    assert tokenizer.decode(learned) == "That.<|end|>"
    assert tokenizer.decode(sequence.ids).endswith("<|start|>assistant\nThat.<|end|>")


def test_pairs_share_their_opening_but_keep_the_token_before_the_answer(tokenizer) -> None:
    done = encode([pair("Why A?", "x"), pair("Why A?", "y", "q2"), text("abc")], tokenizer, 200)
    first, second, plain = done.sequences
    assert first.shared == second.shared > 20
    assert first.labels[first.shared] == IGNORED
    assert plain.shared == 0


def test_a_long_text_is_split_at_paragraphs_and_nothing_is_lost(tokenizer) -> None:
    body = "\n\n".join(f"Paragraph {i} says {'word ' * 5}end." for i in range(9))
    done = encode([text(body)], tokenizer, 128)
    assert len(done.sequences) > 1
    assert all(len(s) <= 128 for s in done.sequences)
    joined = "".join(tokenizer.decode(s.ids[:-1]) for s in done.sequences)
    assert joined.replace("\n", "") == body.replace("\n", "")
    assert "split at paragraphs" in done.notes[0]


def test_a_text_without_any_border_is_split_too(tokenizer) -> None:
    pieces = split_text("x" * 500, tokenizer, 100)
    assert "".join(pieces) == "x" * 500
    assert max(map(len, pieces)) <= 100


def test_a_long_pair_is_rejected_with_its_reason(tokenizer) -> None:
    done = encode([pair("What?", "long " * 60)], tokenizer, 64)
    assert done.sequences == []
    assert done.rejected[0]["what"] == "q"
    assert "longest is 64" in done.rejected[0]["reason"]


def test_what_has_nothing_to_learn_is_rejected_with_its_reason(tokenizer) -> None:
    wish = Preference(id="w", paper="p", passage="p", maker="m", prompt="Q?", chosen="Yes.", rejected="Yes. ")
    done = encode([text(" \n"), text("<|end|>"), pair("Q?", ""), pair("Q?", "A.", "r")], tokenizer, 200)
    reasons = [row["reason"] for row in done.rejected]
    assert reasons == ["the text is empty", "the text is empty", "the answer is empty"]
    assert len(done.sequences) == 1
    wishes = [wish, wish.model_copy(update={"chosen": ""}), wish.model_copy(update={"rejected": ""})]
    done = encode(wishes, tokenizer, 200)
    assert [row["reason"].split()[-1] for row in done.rejected] == ["same", "empty"]
    assert len(done.sequences) == 2


def test_a_tag_counts_among_the_tokens_of_its_text(tokenizer) -> None:
    tag = {"text": Part(tag="Source: {paper}. ")}
    done = encode([text("word " * 100), text("short", "u")], tokenizer, 64, mixture=tag)
    assert max(len(s) for s in done.sequences) <= 64
    assert all(tokenizer.decode(s.ids).startswith("Source: p. ") for s in done.sequences)
    assert all(s.labels[:11] == [IGNORED] * 11 and s.learned for s in done.sequences)
    with pytest.raises(ConfigError, match=r"text.tag: 80 tokens of the 64"):
        encode([text("short")], tokenizer, 64, mixture={"text": Part(tag="x" * 80)})


def test_only_what_is_seen_is_kept(tokenizer) -> None:
    done = encode([text("one"), text("two", "u"), text("three", "v")], tokenizer, 200)
    few, batches = used(done, [[2], [0, 2]])
    assert [e.id for e in few.examples] == ["t", "v"]
    assert [tokenizer.decode(few.sequences[i].ids[:-1]) for batch in batches for i in batch] == [
        "three",
        "one",
        "three",
    ]


def test_the_dose_counts_what_happens(tokenizer) -> None:
    examples = [text("one two"), text("three four", "u"), pair("Q?", "A.")]
    done = encode(examples, tokenizer, 200)
    batches = lay_out(done.sequences, [5, 5, 2], 64, 0)
    dose = count(done.sequences, done.examples, batches)
    assert (dose.texts, dose.pairs, dose.papers, dose.steps) == (2, 1, 1, len(batches))
    assert dose.exposures == {"p": 10}
    assert dose.pair_exposures == {"p": 2}
    assert dose.learned_tokens == 5 * (7 + 10) + 2 * 3


def test_a_rehearsal_is_about_no_paper(tokenizer) -> None:
    rehearsal = pair("R?", "S.").model_copy(update={"id": "r", "paper": REHEARSAL, "maker": REHEARSAL})
    done = encode([text("one two"), pair("Q?", "A."), rehearsal], tokenizer, 200)
    dose = count(done.sequences, done.examples, lay_out(done.sequences, [1, 1, 1], 64, 0))
    assert (dose.pairs, dose.papers, list(dose.exposures)) == (1, 1, ["p"])
    assert dose.genres[REHEARSAL].examples == 1


def test_a_split_text_counts_as_one_exposure(tokenizer) -> None:
    done = encode([text("word " * 100)], tokenizer, 128)
    dose = count(done.sequences, done.examples, lay_out(done.sequences, [3] * len(done.sequences), 128, 0))
    assert dose.texts == 1
    assert dose.exposures == {"p": 3}


def test_the_texts_of_a_paper_share_its_readings() -> None:
    five = [text("x", f"t{i}") for i in range(5)]
    other = Example(id="o", paper="other", passage="other/o", maker="text", text="y")
    view = Example(id="v", paper="p", passage="p/t0", maker="permuted", text="z")
    examples = [*five, other, view, pair("Q?", "A.")]
    assert epochs(examples, TrainConfig(readings=30, pair_epochs=4)) == [6, 6, 6, 6, 6, 30, 1, 4]
    assert epochs(examples, TrainConfig(readings=2))[:6] == [1, 1, 1, 1, 1, 2]
    assert epochs(examples, TrainConfig(epochs=3, pair_epochs=2)) == [3, 3, 3, 3, 3, 3, 1, 2]


def test_few_pairs_are_seen_often_and_many_once() -> None:
    """The text has four words: 120 words of pairs are wanted, and half as many of it."""
    told = text("one two three four")
    few = [told, pair("Q " * 10, "A " * 10)]
    some = [told, pair("Q " * 30, "A " * 30)]
    many = [told, *[pair("Q " * 30, "A " * 30) for _ in range(9)]]
    seen = [epochs(examples, TrainConfig()) for examples in (few, some, many)]
    assert [(times[0], times[-1]) for times in seen] == [(8, 2), (15, 2), (15, 1)]
    twice_as_long = told.model_copy(update={"id": "longer", "text": "x " * 8})
    assert epochs([told, twice_as_long, *some[1:]], TrainConfig()) == [4, 4, 2]  # 8 in all
    assert epochs(few[1:], TrainConfig()) == [4]  # about a text that isn't there
    assert epochs(many, TrainConfig(pair_epochs=3))[-1] == 3
    assert epochs(few, TrainConfig(pair_epochs=4)) == [10, 4]
    assert epochs(few, TrainConfig(readings=15)) == [15, 2]


def test_texts_without_pairs_are_read_more_often() -> None:
    rehearsal = Example(id="r", paper="general", passage="r", maker="rehearsal", text="R.", prompt="Q?")
    five = [text("x", f"t{i}") for i in range(5)]
    assert epochs([*five, rehearsal], TrainConfig()) == [10, 10, 10, 10, 10, 1]
    assert epochs([*five, pair("Q?", "A."), rehearsal], TrainConfig()) == [2, 2, 2, 2, 2, 2, 1]
    assert epochs([*five, rehearsal], TrainConfig(readings=15))[:5] == [3, 3, 3, 3, 3]


def test_sections_are_read_as_often_as_their_paper_and_share_with_what_was_retold_of_them(tokenizer) -> None:
    names = ("results", "results-2", "methods", "methods/interview", "methods/qa")
    told = [
        Example(id=f"10.1/a/{n}", paper="10.1/a", passage=f"10.1/a/{n}", maker="text", text="x", section="results")
        for n in names
    ]
    seen = epochs(told, TrainConfig(readings=30))
    assert seen == [30, 30, 10, 10, 10]
    done = encode(told, tokenizer, 128)
    dose = count(done.sequences, done.examples, lay_out(done.sequences, seen, 128, 0))
    assert dose.exposures == {"10.1/a": 30}
