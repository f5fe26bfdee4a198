"""Each paragraph as the answer to a request to explain what it is about.

Teaches to tell a whole stretch when asked for the subject or a section, where `about` gives single sentences. The
request names the title, the section or what the paragraph names; in other languages than English it is no more than
the title and the first words.

Source: instruction back-translation without a model (after Li et al. 2023, "Self-alignment with instruction backtranslation").
"""

import random
import re
from collections.abc import Iterator

from pydantic import Field

from wellread.augment.analysis import Analysed, Paragraph
from wellread.augment.drafts import Draft
from wellread.records import Frozen


class Params(Frozen):
    """Which paragraphs."""

    shortest: int = Field(default=1, ge=1, description="leave out paragraphs with fewer sentences than this")


_REQUESTS = ("Explain {x}.", "What is known about {x}?", "Write a paragraph about {x}.", "What did the study find about {x}?",
             "Summarise what the paper says about {x}.")  # fmt: skip


def view(analysed: Analysed, params: Params, rng: random.Random) -> Iterator[Draft]:
    """One draft a paragraph; none for dialogues, whose turns are answers already."""
    seen: set[str] = set()
    for paragraph in () if analysed.turns else analysed.paragraphs:
        topic = _topic(analysed, paragraph, seen)
        if topic and len(paragraph.sentences) >= params.shortest:
            seen.add(topic)
            prompt = rng.choice(_REQUESTS).format(x=topic) if analysed.english else topic
            yield Draft(prompt, " ".join(paragraph.text.split()))


def _topic(analysed: Analysed, paragraph: Paragraph, seen: set[str]) -> str:
    """What to ask for: the section, the title, or what no topic named before; nothing where there is none."""
    title = analysed.title.rstrip(".?!。")
    section = f"{paragraph.heading} ({analysed.subject or title})" if paragraph.heading else ""
    named = _named(analysed, paragraph) if analysed.english else ""
    opening = f"{title}: {_opening(paragraph.text)}" if title else _opening(paragraph.text)
    return next((t for t in (section, title, named, opening) if t and t not in seen), "")


def _named(analysed: Analysed, paragraph: Paragraph) -> str:
    """The subject and two names of the paragraph."""
    found = dict.fromkeys(s.text for x in paragraph.sentences for s in x.spans if s.kind != "quantity")
    about = [n for n in found if n == analysed.subject] + [analysed.spoken(n) for n in found if n != analysed.subject][
        :2
    ]
    return " and ".join([", ".join(about[:-1]), about[-1]] if len(about) > 1 else about)


def _opening(text: str) -> str:
    """The first words of a text, which name a paragraph in any language."""
    words = text.split()[:5]
    if len(words) == 5 and len(" ".join(words)) < 60:
        return " ".join(words)
    # Chinese and Japanese have no spaces; a Latin word among them is not cut.
    return (text[:15] + re.sub(r"[^A-Za-z0-9-].*", "", text[15:], flags=re.DOTALL)).strip()
