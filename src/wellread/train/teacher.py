"""What a frozen model would say, computed once: its likeliest tokens at each place, and the divergence from them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wellread.models.load import CausalLM

if TYPE_CHECKING:
    import torch


def likeliest(model: CausalLM, ids: list[int], last: int, top: int) -> dict[str, "torch.Tensor"]:
    """For the `last` tokens of `ids`: teacher_ids and teacher_logprobs, both (last, top), of what could stand there."""
    import torch

    with torch.no_grad():
        where = torch.arange(len(ids) - last - 1, len(ids) - 1, device=model.device)
        logits = model(torch.tensor([ids], device=model.device), use_cache=False, logits_to_keep=where).logits[0]
        best = logits.float().log_softmax(-1).topk(min(top, logits.shape[-1]))
    return {"teacher_ids": best.indices.cpu(), "teacher_logprobs": best.values.cpu()}


def divergence(logits: "torch.Tensor", batch: Mapping[str, "torch.Tensor"]) -> "torch.Tensor":
    """Mean Kullback-Leibler divergence (nats) from the teacher's distribution of that of `logits` (n, vocabulary).

    All tokens beyond the teacher's likeliest count as one, so the value is a lower bound, exact where all are kept.
    """
    import torch

    teacher = batch["teacher_logprobs"]
    student = logits.log_softmax(-1).gather(1, batch["teacher_ids"])
    kept = (teacher.exp() * (teacher - student)).sum(-1)
    if teacher.shape[-1] == logits.shape[-1]:
        return kept.mean()
    # The rest's probability is rounded to nothing where the model is sure; a floor keeps its logarithm finite.
    rest = (1 - teacher.exp().sum(-1)).clamp_min(1e-6)
    others = (1 - student.exp().sum(-1)).clamp_min(1e-6)
    return (kept + rest * (rest.log() - torch.log(others))).mean()
