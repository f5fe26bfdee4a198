"""One recipe on one development paper: what it learns, and what it costs. No peer: trials are compared with one another.

The paper's five texts and what the default views make of them, settings of the training on top (`--set lora.r=128`), and
as many short texts about other things as `--unrelated` says, each read once. Reports the strict score with its
interval, the loss per token on the texts before and after (of the model as it is written: adapters folded into the full
weights), how often a text was seen, and seconds of processor time. `--json` prints one JSON
object as the last line.
"""

import argparse
import itertools
import json
import random
import tempfile
import time
from pathlib import Path
from typing import Any

import torch
import yaml

import wellread.augment.stage as augment
import wellread.corpus.stage as corpus
import wellread.questions.stage as questions
from wellread.augment.config import AugmentConfig
from wellread.corpus.config import CorpusConfig
from wellread.evaluate.marking import mark
from wellread.evaluate.statistics import mean
from wellread.models.config import ModelConfig
from wellread.models.generate import generate
from wellread.models.load import CausalLM, Tokenizer
from wellread.models.resolve import resolve
from wellread.questions.config import QuestionsConfig
from wellread.records import UNRELATED, Answer, Example
from wellread.runs import progress
from wellread.train.adapt import load_base
from wellread.train.config import TrainConfig
from wellread.train.held import Held
from wellread.train.in_place import taught
from wellread.train.stage import gather
from wellread.training.student import development

PAPERS = Path(__file__).parents[1] / "examples" / "development"
WHO = ("The baker", "A teacher", "My neighbour", "The gardener", "A nurse", "The pilot", "Her uncle", "The clerk")
DID = ("bought {} apples", "painted {} chairs", "mended {} clocks", "planted {} tulips", "wrote {} letters")
WHERE = ("in a village by the river", "near the old railway station", "at the market in June", "behind the town hall")
WHEN = ("before breakfast", "on a rainy Monday", "after the concert", "while it snowed", "late in the evening")


def unrelated(n: int) -> list[str]:
    """`n` different short sentences about nothing that a paper says."""
    every = list(itertools.product(WHO, DID, WHERE, WHEN))
    random.Random(0).shuffle(every)
    numbers = itertools.cycle(range(3, 41))
    return [f"{who} {did.format(next(numbers))} {where} {when}." for who, did, where, when in (every * 2)[:n]]


def nats(model: CausalLM, tokenizer: Tokenizer, texts: list[Example]) -> float:
    """Mean negative log-likelihood of a token of `texts`."""
    total, n = 0.0, 0
    model.eval()
    with torch.no_grad():
        for text in texts:
            ids = tokenizer(text.text, return_tensors="pt")["input_ids"]
            size = ids.shape[1] - 1
            total += model(input_ids=ids, labels=ids, use_cache=False).loss.item() * size
            n += size
    return total / n


def score(model: CausalLM, tokenizer: Tokenizer, file: Path) -> dict[str, Any]:
    """The strict score on the questions of `file`, asked closed-book, with its interval."""
    asked = development(file).questions
    batches = generate(model, tokenizer, [q.question for q in asked], max_new_tokens=48, batch_size=len(asked))
    said = [answer for batch in batches for answer in batch]
    marks = [
        mark(asked[a.index], Answer(question=asked[a.index].id, text=a.text, finish=a.finish), repeated=False).strict
        for a in said
    ]
    return mean(marks, [asked[a.index].paper or "" for a in said]).model_dump()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--paper", default="polyether", choices=sorted(p.name for p in PAPERS.iterdir()))
    parser.add_argument("--unrelated", type=int, default=0)
    parser.add_argument("--set", action="append", default=[], help="name=value of the training's settings")
    args = parser.parse_args()
    progress.set_mode("silent")
    values: dict[str, Any] = {"checkpoint_minutes": 600, "probes": 0}
    for item in args.set:
        name, _, value = item.partition("=")
        *outer, last = name.split(".")
        place = values
        for part in outer:
            place = place.setdefault(part, {})
        place[last] = yaml.safe_load(value)
    config, path = TrainConfig.model_validate(values), resolve("bundled").path
    with tempfile.TemporaryDirectory() as scratch:
        inputs = {"model": path, **{name: Path(scratch) / name for name in ("corpus", "questions", "augment")}}
        others = Path(scratch) / f"{UNRELATED}.jsonl"
        others.write_text("".join(json.dumps({"text": text}) + "\n" for text in unrelated(args.unrelated)))
        beside = (str(others),) if args.unrelated else ()
        corpus.run(CorpusConfig(papers=(str(PAPERS / args.paper),), unrelated=beside), {}, inputs["corpus"])
        # What is asked in the examination is kept out of what is trained on, as `wellread teach` does it.
        asked = PAPERS / args.paper / "questions.jsonl"
        questions.run(QuestionsConfig(questions=(str(asked),)), inputs, inputs["questions"])
        augment.run(AugmentConfig(), inputs, inputs["augment"])
        texts = [e for e in gather(inputs) if e.maker == "text"]
        held = Held(path)
        before = nats(load_base(path, config), held.tokenizer, texts)
        start = time.process_time()
        with taught(config, ModelConfig(), inputs, held, Path(scratch) / "train") as (model, stats):
            seconds = time.process_time() - start
            result = {
                "paper": args.paper,
                "settings": args.set,
                "unrelated": args.unrelated,
                "strict": score(model, held.tokenizer, asked),
                "nats_before": round(before, 4),
                "nats_after": round(nats(model, held.tokenizer, texts), 4),
                "dose": stats["dose"],
                "last_loss": stats["last_loss"],
                "collapsed": stats["collapsed"],
                "trained_parameters": stats["trained_parameters"],
                "processor_seconds": round(seconds, 1),
            }
    print(json.dumps(result) if args.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
