"""The rehearsal stage: general prompts in, the untrained model's own answers out, as pairs to train on.

A model that is taught few texts many times over soon answers every question with them. Seeing now and then what it would
have said before keeps it from that. After Robins 1995 (Connection Science 7:123, pseudo-rehearsal: the answers are the
model's own, right or wrong, so no data are needed) and Huang et al. 2024 (arXiv 2403.01244, the same for language models).
"""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wellread.errors import ConfigError, InputError
from wellread.models.config import ModelConfig
from wellread.records import REHEARSAL, Example
from wellread.rehearse.config import RehearseConfig
from wellread.runs import progress
from wellread.runs.jsonl import write_records

NAME = "rehearse"
VERSION = 3
OURS = Path(__file__).parent / "prompts.txt"
BATCH = 96
TOKENS_PER_WORD = 2
"""Room for an answer. An answer that needs more is longer than `words` in all but the oddest tongues."""
_END_OF_SENTENCE = re.compile(r"(?<=[.!?。！？])(?:\s|$)")


def prompts(config: RehearseConfig) -> list[str]:
    """The prompts that the model is asked. Raises InputError and ConfigError for a file without any."""
    path = OURS if config.prompts is None else Path(config.prompts)
    try:
        every = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        raise InputError(
            f"rehearse.prompts: can't read {path}", "Name a text file with a prompt in each line."
        ) from None
    except UnicodeDecodeError as e:
        raise InputError(f"{path} is not UTF-8: byte {e.start}", "Save it as UTF-8.") from None
    found = list(dict.fromkeys(line.strip() for line in every if line.strip()))
    if not found:
        raise ConfigError(f"rehearse.prompts: {path} holds no prompt", "Write one in each line.")
    n = min(config.most, len(found))
    return [found[i * len(found) // n] for i in range(n)]


def run(config: RehearseConfig, model_config: ModelConfig, inputs: Mapping[str, Path], out: Path) -> dict[str, Any]:
    """Ask the model in inputs['model']; write `data/examples.jsonl.zst` and `rejected/examples.jsonl` under `out`.

    Returns how many were asked, kept, and left out for which reason.
    """
    asked = prompts(config)
    kept: list[Example] = []
    rejected: list[dict[str, str]] = []
    for number, (prompt, (text, whole)) in enumerate(
        zip(asked, _answers(asked, config, model_config, inputs), strict=True)
    ):
        answer, reason = shortened(text, whole, config.words)
        if reason:
            rejected.append({"what": f"{REHEARSAL}/{number}", "reason": reason, "prompt": prompt, "text": text})
            continue
        name = f"{REHEARSAL}/{number}"
        kept.append(Example(id=name, paper=REHEARSAL, passage=name, maker=REHEARSAL, prompt=prompt, text=answer))
    write_records(out / "data" / "examples.jsonl.zst", kept)
    write_records(out / "rejected" / "examples.jsonl", rejected)
    reasons = Counter(row["reason"] for row in rejected)
    progress.say(f"  {len(kept)} of {len(asked)} general answers of the untrained model are short enough to rehearse")
    return {"asked": len(asked), "kept": len(kept), "rejected": dict(sorted(reasons.items()))}


def shortened(text: str, whole: bool, words: int) -> tuple[str, str]:
    """The first sentence of an answer, and why it can't be used, or ''. `whole`: the model ended the answer itself."""
    first = _END_OF_SENTENCE.split(text.strip(), maxsplit=1)[0].strip()
    if not first:
        return "", "empty answer"
    if len(first.split()) > words:
        return first, f"first sentence longer than {words} words"
    if first == text.strip() and not whole:
        return first, "first sentence not finished"
    return first, ""


def _answers(
    asked: list[str], config: RehearseConfig, model_config: ModelConfig, inputs: Mapping[str, Path]
) -> list[tuple[str, bool]]:
    """What the model says to each prompt, and whether it ended by itself."""
    from wellread.models.device import choose
    from wellread.models.generate import generate
    from wellread.models.load import load_model, load_tokenizer

    model = load_model(inputs["model"]).to(choose(model_config.device).torch)
    tokenizer = load_tokenizer(inputs["model"])
    room = TOKENS_PER_WORD * config.words
    said: dict[int, tuple[str, bool]] = {}
    with progress.bar("rehearsal", len(asked)) as bar:
        for batch in generate(
            model,
            tokenizer,
            asked,
            max_new_tokens=room,
            batch_size=BATCH,
            enough=lambda text: _enough(text, config.words),
        ):
            said |= {g.index: (g.text, g.finish == "stop") for g in batch}
            bar.step(len(batch))
    return [said[i] for i in range(len(asked))]


def _enough(text: str, words: int) -> bool:
    """Whether a second sentence has begun ('3.' may yet become '3.5'), or the first is too long already."""
    return len(text.split()) > words or any(m.end() < len(text) for m in _END_OF_SENTENCE.finditer(text))
