"""A preference as two sequences that begin alike."""

from wellread.models.load import Tokenizer
from wellread.records import Example, Preference
from wellread.train.objectives import sft
from wellread.train.sequence import Sequence


def encode_both(preference: Preference, tokenizer: Tokenizer) -> list[Sequence]:
    """Chosen, then rejected, each as sft would see it: the prompt is read, the answer and its end count."""
    return [
        sft.encode(
            Example(
                id=preference.id,
                paper=preference.paper,
                passage=preference.passage,
                maker=preference.maker,
                prompt=preference.prompt,
                text=answer,
            ),
            tokenizer,
        )
        for answer in (preference.chosen, preference.rejected)
    ]
