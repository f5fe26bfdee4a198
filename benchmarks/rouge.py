"""ROUGE-1, 2 and L of 2,000 pairs: ours against rouge-score, on one core, with equal values (checked).

The pairs are sentences and paragraphs of the example papers against one another and against their own shuffled words.
`--json` prints one JSON object as the last line. The peer comes with the `dev` extra.
"""

import argparse
import json
import random
import re
import time
from importlib.metadata import version
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer

from wellread.evaluate import rouge
from wellread.evaluate.stemming import stem
from wellread.runs.provenance import gather

EXAMPLES = Path(__file__).parents[1] / "examples"
KINDS = ["rouge1", "rouge2", "rougeL"]
REPEATS = 3


def pairs(n: int) -> list[tuple[str, str]]:
    rng = random.Random(0)
    texts = [p.read_text(encoding="utf-8") for p in sorted(EXAMPLES.glob("*/*/*.md"))]
    parts = [s for t in texts for s in [*re.split(r"(?<=[.?!])\s+|\n", t), *t.split("\n\n")] if len(s.split()) > 3]
    found = []
    for _ in range(n):
        one, other = rng.choice(parts), rng.choice(parts)
        words = one.split()
        rng.shuffle(words)
        found.append((one, other if rng.random() < 0.5 else " ".join(words[: len(words) // 2] + other.split())))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--pairs", type=int, default=2000)
    args = parser.parse_args()
    work = pairs(args.pairs)
    rows = {}
    for stemmed in (False, True):
        library = RougeScorer(KINDS, use_stemmer=stemmed)

        def ours(stemmed: bool = stemmed) -> list[list[float]]:
            rouge.words.cache_clear()
            stem.cache_clear()
            return [
                [
                    *(rouge.shared_runs(a, b, n, stemmed=stemmed) for n in (1, 2)),
                    rouge.shared_order(a, b, stemmed=stemmed),
                ]
                for a, b in work
            ]

        def peer(library: RougeScorer = library) -> list[list[float]]:
            return [[scores[k].fmeasure for k in KINDS] for scores in (library.score(a, b) for a, b in work)]

        assert ours() == peer(), "not the same values"
        times: dict[str, list[float]] = {"ours": [], "peer": []}
        for _ in range(REPEATS):
            for name, score in (("ours", ours), ("peer", peer)):
                start = time.process_time()
                score()
                times[name].append(time.process_time() - start)
        rows["stemmed" if stemmed else "plain"] = {k: round(len(work) / min(t)) for k, t in times.items()}
    ratios = {k: round(v["ours"] / v["peer"], 2) for k, v in rows.items()}
    result = {
        "benchmark": "rouge",
        "ratio": min(ratios.values()),
        "ratios": ratios,
        "peer": "rouge-score",
        "pairs_per_second": rows,
        "mean_words": round(sum(len(rouge.words(t, False)) for p in work for t in p) / 2 / len(work), 1),
        "versions": {"rouge-score": version("rouge-score")},
        "hardware": gather()["machine"],
    }
    print(json.dumps(result) if args.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
