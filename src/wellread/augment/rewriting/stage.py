"""The stage `rewrite`: passages in, further tellings of them out, with what was rejected and which facts are thin."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from wellread.augment.rewriting.config import RewriteConfig
from wellread.augment.rewriting.coverage import coverage
from wellread.augment.rewriting.jobs import Job, chosen, jobs
from wellread.augment.rewriting.rounds import Written, write
from wellread.errors import InputError
from wellread.files import sha256
from wellread.providers.provider import Provider
from wellread.records import Paper, Passage
from wellread.runs.files import write_text
from wellread.runs.jsonl import read_records, write_records

NAME = "rewrite"
VERSION = 4
MOST_THIN = 200
"""Thin facts to name in the stats; all are in data/coverage."""


def run(config: RewriteConfig, provider: Provider, inputs: Mapping[str, Path], out: Path) -> dict[str, Any]:
    """Write data/passages, data/papers, data/coverage, rejected/rewrites and a folder of Markdown for each paper in texts/.

    Reads the passages of `inputs["corpus"]`. A telling has the name of its style, or languages/CODE; where the paper has a
    text of that name, it is called NAME-written. Raises InputError
    where there are no passages in the language of `config.source`, and the provider's errors where it stops; the same
    call then continues.
    """
    passages = read_records(inputs["corpus"] / "data" / "passages.jsonl.zst", Passage)
    papers = read_records(inputs["corpus"] / "data" / "papers.jsonl.zst", Paper)
    if not passages:
        raise InputError(f"{inputs['corpus']} holds no passages", "Give it papers.")
    told, foreign = _in_language(chosen(passages, config), papers, config.source)
    todo = jobs(told, config)
    done = write(todo, provider, config.retries)
    tellings = _tellings(done.kept, provider.backend.model, {p.id for p in passages})
    rows = coverage(todo, done.kept, config.source)
    write_records(out / "data" / "papers.jsonl.zst", papers)
    write_records(out / "data" / "passages.jsonl.zst", tellings)
    write_records(out / "data" / "coverage.jsonl.zst", rows)
    write_records(out / "rejected" / "rewrites.jsonl", [*foreign, *_rejected(done)])
    _write_texts(out / "texts", [*told, *tellings])
    with_facts = {row["passage"] for row in rows}
    thin = [row for row in rows if row["tellings"] < config.threshold]
    failed = (check for _, _, wrong in done.rejected for check in {fault.check for fault in wrong})
    return {
        "passages": len(told),
        "other_language": len(foreign),
        "wanted": len(todo),
        "kept": len(done.kept),
        "by_maker": _by_maker(todo, done.kept),
        "rejected": dict(Counter(failed).most_common()),
        **done.tally.counts(),
        "facts": len(rows),
        "without_facts": sum(p.id not in with_facts for p in told),
        "threshold": config.threshold,
        "thin": len(thin),
        "thinnest": [f"{r['passage']}: {r['fact']} ({r['tellings']} of {r['of']})" for r in thin[:MOST_THIN]],
    }


def _in_language(
    passages: Sequence[Passage], papers: Iterable[Paper], source: str
) -> tuple[list[Passage], list[dict[str, Any]]]:
    """Those whose paper is in `source`, or in a language that nobody knows; and rows for the others, which no check could judge."""
    languages = {paper.id: paper.language or source for paper in papers}
    told = [p for p in passages if languages.get(p.paper, source) == source]
    foreign = [p for p in passages if languages.get(p.paper, source) != source]
    if foreign and not told:
        what = f"the papers are in {', '.join(sorted({languages[p.paper] for p in foreign}))}, not in {source}"
        raise InputError(what, "Say so: --set rewrite.source=CODE.")
    reason = f"language: the paper is in {{}}, not in {source} (rewrite.source)"
    return told, [{"what": p.id, "reason": reason.format(languages[p.paper]), "text": None} for p in foreign]


def _rejected(done: Written) -> Iterator[dict[str, Any]]:
    for job, text, wrong in sorted(done.rejected, key=lambda row: row[0].id):
        yield {"what": job.id, "reason": "; ".join(f"{f.check}: {f.what}" for f in wrong), "text": text}


def _by_maker(todo: Iterable[Job], kept: Iterable[tuple[Job, str]]) -> dict[str, dict[str, int]]:
    wanted, good = Counter(job.maker for job in todo), Counter(job.maker for job, _ in kept)
    return {maker: {"kept": good[maker], "wanted": n} for maker, n in wanted.items()}


def _tellings(kept: Iterable[tuple[Job, str]], model: str, taken: Container[str]) -> list[Passage]:
    """The rewrites as passages, none with an id that is `taken`; the pieces of one passage are put together again, in order."""
    parts: dict[tuple[str, str], list[tuple[int, Job, str]]] = {}
    for job, text in kept:
        parts.setdefault((job.passage.id, job.maker), []).append((job.number, job, text))
    found = []
    for (_, maker), pieces in sorted(parts.items()):
        pieces.sort(key=lambda piece: piece[0])
        passage = pieces[0][1].passage
        text = "\n\n".join(text for _, _, text in pieces)
        part = passage.id.removeprefix(f"{passage.paper}/")
        name = maker if part in ("original", passage.paper) else f"{part}/{maker}"
        if f"{passage.paper}/{name}" in taken:
            name = f"{name}-written"
        change = {"id": f"{passage.paper}/{name}", "telling": name, "text": text, "source": f"written by {model}",
                  "sha256": sha256(text.encode())}  # fmt: skip
        found.append(passage.model_copy(update=change))
    return found


def _write_texts(folder: Path, passages: Iterable[Passage]) -> None:
    """A folder for each paper with a Markdown file for each telling: what `teach` reads."""
    for passage in passages:
        titled = passage.text if passage.text.startswith("# ") else f"# {passage.title}\n\n{passage.text}"
        front = f"---\nlicence: {passage.licence}\n---\n\n" if passage.licence else ""
        write_text(folder / f"{passage.id}.md", f"{front}{titled}\n")
