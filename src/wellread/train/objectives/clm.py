"""clm: continued pretraining; every token of the text is learned, its end included.

Source: the causal language modelling of Radford et al. 2018. Use it for texts: papers and their tellings.
"""

from wellread.models.load import Tokenizer
from wellread.records import Example, Frozen
from wellread.train.loss import next_token_loss
from wellread.train.sequence import Sequence


class Params(Frozen):
    """Nothing to set."""


def encode(example: Example, tokenizer: Tokenizer) -> Sequence:
    """The text, begun as the tokenizer begins texts, and the end-of-text token, which is learned too."""
    ids = list(tokenizer(example.text)["input_ids"])
    if ids[-1:] != [tokenizer.eos_token_id]:
        ids.append(tokenizer.eos_token_id)
    return Sequence(ids, list(ids), example.id)


loss = next_token_loss
