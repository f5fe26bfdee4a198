"""A paragraph with many words masked; the answer is the paragraph whole.

Denser than `cloze`: several facts of each sentence are missing at once, so that they have to be recalled together.

Source: span corruption as in Raffel et al. 2020, "Exploring the limits of transfer learning" (T5), put as a request.
"""

import random
import re
from collections.abc import Iterator

from pydantic import Field

from wellread.augment.analysis import Analysed, Paragraph, Sentence
from wellread.augment.drafts import Draft
from wellread.augment.english.tokens import is_function
from wellread.records import Frozen


class Params(Frozen):
    """How much to mask."""

    copies: int = Field(default=1, ge=0, description="maskings of each paragraph")
    share: float = Field(
        default=0.6, gt=0, le=1, description="share of the facts that is masked; of other words a third of it"
    )
    blank: str = Field(default="____", min_length=1, description="what stands in the gaps")


_REQUESTS = ("Restore the missing words: {t}", "Fill in all the blanks: {t}", "Parts of this text are lost. Write it whole: {t}",
             "Write out the full text: {t}")  # fmt: skip


def view(analysed: Analysed, params: Params, rng: random.Random) -> Iterator[Draft]:
    """One draft a paragraph and copy; none for dialogues and for other languages than English."""
    for paragraph in analysed.paragraphs if analysed.english and not analysed.turns else ():
        for _ in range(params.copies):
            masked = " ".join(_masked(s, analysed.subject, params, rng) for s in paragraph.sentences)
            if params.blank not in masked:  # a short paragraph that chance has spared
                masked = " ".join(_masked(s, analysed.subject, params, None) for s in paragraph.sentences)
            if params.blank in masked:
                yield Draft(rng.choice(_REQUESTS).format(t=masked), _whole(paragraph))


def _whole(paragraph: Paragraph) -> str:
    return " ".join(s.text for s in paragraph.sentences)


def _masked(sentence: Sentence, subject: str | None, params: Params, rng: random.Random | None) -> str:
    """The sentence with blanks; the subject stays, so that the text can be recognised. Without `rng`, all is masked."""
    text = sentence.text
    for token in sentence.tokens:
        plain = token.kind == "word" and not is_function(token) and len(token.text) > 3
        share = params.share if token.is_fact else params.share / 3 if plain else 0.0
        if share and token.text != subject and (rng is None or rng.random() < share):
            text = re.sub(rf"(?<![\w-]){re.escape(token.text)}(?![\w-])", lambda _: params.blank, text, count=1)
    return text
