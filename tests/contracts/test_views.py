"""What every view promises, whoever wrote it."""

import random
import re
from functools import cache
from pathlib import Path

import pytest
from pydantic import ValidationError

from wellread import plugins
from wellread.augment.analysis import analyse
from wellread.augment.config import VIEWS
from wellread.augment.english.framing import holds
from wellread.augment.spans import find
from wellread.records import Frozen, Passage

NAMES = plugins.names(VIEWS)
# Views that give the whole text back, in one draft or in all together; and those that read more than English.
WHOLE = ("paragraphs", "permuted", "restore")
ANY_LANGUAGE = ("dialogue", "paragraphs", "permuted")

EXAMPLES = Path(__file__).parents[2] / "examples" / "development"
OWN = {
    "polymer": (
        "Melvanite, a polymer for cold pipes",
        "Melvanite is a new polyimide made from 4-[2-(aminomethyl)furan-3-yl]benzoic acid. It melts at 312.5 °C and has a "
        "density of 1.07 g/cm³. Its yield is 81.4%.\n\nThe material keeps 93.2 ± 0.4% of its strength at −61 °C because "
        "short side chains stay mobile. The pipes, which are coated with LiF, were tested in the Orrin Valley for 17 months "
        "at pH 4.6 (Fig. 2). According to Dr. Halvers et al., the flow was 12–15 L/(m²·h).",
    ),
    "no-subject": (
        "",
        "We heated the mixture to 80 °C for 3 h. The product was washed with water and dried. It was white.",
    ),
    "headed": (
        "Studies of Ferroxal",
        "# Studies of Ferroxal\n\n## Synthesis\n\nFerroxal was prepared by Dunmore milling in toluene at 55 °C.\n\n"
        "## Use\n\nFerroxal stores 4.4 wt% of hydrogen. The cause is that **wide pores** hold the gas.\n",
    ),
    "interview": (
        "On Ferroxal",
        "Reporter: What is Ferroxal?\nAuthor: Ferroxal is a porous salt. We make it at 55 °C.\n\nReporter: What does it hold?\n"
        "Author: It holds 4.4 wt% of hydrogen.\n",
    ),
    "german": (
        "Melvanit, ein Polymer für kalte Rohre",
        "Melvanit ist ein neues Polymer aus 4-(2-aminoethyl)benzonitrile. Es schmilzt bei 312,5 °C und hat eine Dichte von "
        "1,07 g/cm³.\n\nDie Rohre wurden am 3. Mai mit LiF beschichtet und 17 Monate lang bei −61 °C geprüft.",
    ),
    "japanese": (
        "冷たい管のためのポリマー Melvanite",
        "Melvanite は 4-(2-aminoethyl)benzonitrile から作られる。312.5 °C で融解する！密度は 1.07 g/cm³ である。\n\n"
        "管は LiF で被覆され、−61 °C で試験された。強度の 93.2% を保った。",
    ),
}
ODD = {
    "empty": ("", ""),
    "blank": ("", " \n\n \t"),
    "one-word": ("", "Melvanite"),
    "only-a-title": ("Melvanite", "# Melvanite\n"),
    "no-words": ("?", "… — (!) [ ] ** __ ## 5"),
    "unclosed": ("A (B", 'He said "the (X [1 of 5 °C is. And " so - on (1) melts at'),
    "right-to-left": ("نص", "هذا نص قصير عن المادة. درجة الانصهار 146 °C."),
    "emoji": ("🧪", "🧪 Melvanite melts at 5 °C. 🧪🧪\u200d🔬"),
    "controls": ("a\x00b", "a\x00b\x1f melts at 5\u00a0°C.\u2028Next\x85line."),
    "long": (
        "Long",
        " ".join(f"Xylor{i % 40} melts at {i}.5 °C and keeps {i % 90 + 1}% of its mass." for i in range(1000)),
    ),
}


def passage(title, text):
    return Passage(id="p", paper="paper", telling="t", title=title, text=text, source="here", sha256="0" * 64)


def developed():
    """The originals, and of one paper also what is told in other ways and languages."""
    told = [f"polyether/{name}.md" for name in ("interview", "qa", "languages/de", "languages/ja")]
    for path in [*sorted(EXAMPLES.glob("*/original.md")), *(EXAMPLES / name for name in told)]:
        title, _, text = path.read_text(encoding="utf-8").removeprefix("# ").partition("\n")
        yield pytest.param(passage(title, text), id="-".join(path.relative_to(EXAMPLES).with_suffix("").parts))


# Papers by an author who had not seen the rules: dense notes, long sentences, values in passing.
ELSEWHERE = ("Vostrulam", "Ulvemarite", "Tamquessol", "Calvistrum")


def plain(text):
    """Whether the rules were written while looking at this text."""
    return not any(name in text.title for name in ELSEWHERE)


TEXTS = [*(pytest.param(passage(*v), id=k) for k, v in OWN.items()), *developed()]
made = {}
taken_apart = cache(analyse)


def drafts(name, text, seed=0):
    """The drafts of a view; kept, since all tests look at the same."""
    key = (name, text.title, text.text, seed)
    if key not in made:
        view = plugins.load(VIEWS, name)
        made[key] = (list(view.view(taken_apart(text), view.Params(), random.Random(seed))), taken_apart(text))
    return made[key]


def folded(text):
    return " ".join(text.replace("**", "").split()).casefold()


def numbers(text):
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def facts(text):
    """Quantities and chemicals of a text."""
    return {folded(s.text) for line in text.splitlines() for s in find(line) if s.kind != "name"}


def body(text):
    return "\n".join(line for line in text.text.splitlines() if not line.startswith("#"))


@pytest.mark.parametrize("name", NAMES)
class TestView:
    def test_has_all_that_a_view_needs(self, name):
        view = plugins.load(VIEWS, name)
        assert view.__doc__
        assert "Source:" in view.__doc__
        assert issubclass(view.Params, Frozen)
        with pytest.raises(ValidationError):
            view.Params(no_such_setting=1)
        for field in view.Params.model_fields:
            with pytest.raises(ValidationError):
                setattr(view.Params(), field, 1)

    def test_odd_texts_do_no_harm(self, name):
        for title, text in ODD.values():
            found, _ = drafts(name, passage(title, text))
            assert all(d.text.strip() and (d.prompt is None or d.prompt.strip()) for d in found), title

    @pytest.mark.parametrize("text", TEXTS)
    def test_prompts_and_texts_are_never_empty(self, name, text):
        found, _ = drafts(name, text)
        for draft in found:
            assert draft.text.strip()
            assert draft.prompt is None or draft.prompt.strip()

    @pytest.mark.parametrize("text", TEXTS)
    def test_the_same_seed_gives_the_same_drafts(self, name, text):
        view = plugins.load(VIEWS, name)
        again = list(view.view(taken_apart(text), view.Params(), random.Random(0)))
        assert again == drafts(name, text)[0]

    @pytest.mark.parametrize("text", TEXTS)
    def test_nothing_is_invented(self, name, text):
        source = folded(f"{text.title}\n{text.text}")
        for draft in drafts(name, text)[0]:
            for part in (draft.prompt or "", draft.text):
                assert numbers(part) <= numbers(source)
                missing = {f for f in facts(part) if f not in source}
                assert not missing, part

    @pytest.mark.parametrize("text", TEXTS)
    def test_the_fact_is_in_the_answer_and_not_in_the_prompt(self, name, text):
        for draft in drafts(name, text)[0]:
            if draft.fact is not None:
                assert holds(draft.text, draft.fact)
                assert draft.prompt is not None
                assert not holds(draft.prompt, draft.fact)

    @pytest.mark.parametrize("text", TEXTS)
    def test_other_languages_get_no_english(self, name, text):
        found, analysed = drafts(name, text)
        if not analysed.english and name not in ANY_LANGUAGE:
            assert not found
        if not analysed.english:
            said = folded(f"{text.title}\n{text.text}")
            for draft in found:
                words = set(re.findall(r"[a-z]{4,}", folded(f"{draft.prompt or ''} {draft.text}")))
                assert words <= set(re.findall(r"[a-z]{4,}", said))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", WHOLE)
def test_whole_texts_lose_no_fact(name, text):
    found, analysed = drafts(name, text)
    wanted = facts(body(text))
    if name == "permuted":
        for draft in found:
            assert {f for f in wanted if f not in folded(draft.text)} == set()
            assert len(draft.text) > 0.8 * len(body(text))
    elif not analysed.turns and (analysed.english or name in ANY_LANGUAGE):
        assert found
        together = folded(" ".join(d.text for d in found))
        assert {f for f in wanted if f not in together} == set()


@pytest.mark.parametrize("text", [t for t in TEXTS if "original" in str(t.id)])
@pytest.mark.parametrize("name", ["about", "cloze", "keywords", "reversed", "templates"])
def test_prompt_and_answer_name_what_they_are_about(name, text):
    found, analysed = drafts(name, text)
    assert analysed.subject
    assert analysed.subject in text.title
    assert len(found) >= (10 if plain(text) else 6)
    for draft in found:
        said = f"{draft.prompt} {draft.text}"
        assert analysed.subject in said or any(n in said for n in analysed.names)


@pytest.mark.parametrize("text", [t for t in TEXTS if "original" in str(t.id)])
def test_every_fact_of_a_paper_is_asked_for(text):
    """Each quantity, chemical and name has three prompts or more that ask for it; one where the prose wasn't written for rules."""
    pairs = [d for name in NAMES for d in drafts(name, text)[0] if d.prompt]
    analysed = analyse(text)
    for fact in {s.text for x in analysed.sentences for s in x.spans} - {analysed.subject}:
        asked = [d for d in pairs if holds(d.text, fact) and not holds(d.prompt, fact)]
        assert len(asked) >= (3 if plain(text) else 1), fact


@pytest.mark.parametrize("name", ["templates", "reversed"])
def test_pairs_are_answered_by_the_fact_and_its_statement(name):
    """Asked for another thing, an answer that began with 'For X,' would name X, and count where X was asked for."""
    view, (text,) = plugins.load(VIEWS, name), [p.values[0] for p in TEXTS if p.id == "polyether-original"]
    said = {
        form: {d.prompt: d for d in view.view(analyse(text), view.Params(answer=form), random.Random(0))}
        for form in ("fact", "statement", "both")
    }
    pairs = [p for p, d in said["fact"].items() if d.fact in d.text and p in said["statement"]]
    assert len(pairs) > 10
    for prompt in pairs:
        fact, statement, both = (said[form][prompt].text for form in ("fact", "statement", "both"))
        assert both in (f"{fact} {statement}", fact)
        assert not statement.startswith("For ")


def test_statements_can_be_turned_round_as_plain_text_too():
    from wellread.augment.views import reversed as turning

    analysed = analyse(passage("Melvanite", "Melvanite melts at 312.5 °C. The yield of Melvanite is 81.4%."))
    found = list(turning.view(analysed, turning.Params(questions=0, statements=2), random.Random(0)))
    assert found
    assert all(d.prompt is None for d in found)
    facts = {s.text for x in analysed.sentences for s in x.spans}
    assert any(d.text.startswith(tuple(facts)) for d in found)
