"""One matrix for embeddings and head, made two."""

from wellread.models.load import CausalLM


def untie(model: CausalLM) -> None:
    """Give the head of `model` its own copy of the embeddings where both are one matrix, and note it in the config.

    An adapter on one of the two is otherwise folded into both, which changes the logits by whole units.
    """
    from torch.nn import Parameter

    first, last = model.get_input_embeddings(), model.get_output_embeddings()
    if last is None or last.weight is not first.weight:
        return
    last.weight = Parameter(last.weight.detach().clone(), requires_grad=last.weight.requires_grad)
    for config in (model.config, model.config.get_text_config()):
        config.tie_word_embeddings = False
