"""`wellread ingest` on thousands of papers: speed, growth, memory.

Real JATS articles are repeated with every fourth word changed, differently in each copy, and with a DOI of its own, so
that no copy is a duplicate of another and each costs what a real paper costs. Each size is ingested into a fresh corpus
by the command line with two workers; resident memory and processor time are those of all its processes.

The peer is pubmed-parser, which only parses (title, abstract, paragraphs): ours reads, filters, finds duplicates, cuts,
compresses and writes. `ratio` is papers per second of processor time, ours over the peer's, on the same files.
`--json` prints one JSON object as the last line.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import psutil

from wellread.runs.provenance import gather

PAPERS = Path(__file__).parents[2] / "shared/data/papers/jats"
PEER = "pubmed-parser==0.5.1"
SAMPLE = 136  # files that the peer parses
_WORD = re.compile(r"(?<=[ >])[a-z]{4,}(?=[ .,;)])")
_DOI = re.compile(r'(<article-id pub-id-type="doi">)([^<]+)')


class Mould:
    """A real paper, cut at every fourth word of its text."""

    def __init__(self, path: Path) -> None:
        text = _DOI.sub(r"\1\2\0", path.read_text(encoding="utf-8"), count=1)
        cuts = [match.end() for match in _WORD.finditer(text)][::4]
        cuts = sorted({*cuts, *(match.start() for match in re.finditer("\0", text))})
        self.parts = [text[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]

    def copy(self, number: int) -> bytes:
        """Copy `number`: letters are put after each cut."""
        letters = "".join("bcdfghklmnprstvz"[number >> shift & 15] for shift in (0, 4, 8, 12, 16))
        return letters.join(self.parts).replace("\0", "").encode()


def generate(folder: Path, n: int, source: Path) -> None:
    """Bring the number of papers in `folder` to `n`."""
    moulds = [Mould(path) for path in sorted(source.glob("*.xml"))]
    for number in range(n):
        path = folder / f"{number // 1000:03d}" / f"{number:06d}.xml"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(moulds[number % len(moulds)].copy(number))


def measured(command: list[str]) -> tuple[dict, dict[str, float]]:
    """Run `command`: its JSON line; wall and processor seconds, and the largest memory (bytes), of all its processes."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    cpu: dict[int, float] = {}
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(memory for _, memory in _family(process.pid, cpu)))
        time.sleep(0.25)
    assert process.returncode == 0
    assert process.stdout is not None
    row = json.loads(process.stdout.read().splitlines()[-1])
    return row, {"seconds": time.perf_counter() - start, "cpu_seconds": sum(cpu.values()), "rss": peak}


def _family(pid: int, cpu: dict[int, float]) -> Iterator[tuple[int, int]]:
    try:
        whole = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for one in whole:
        try:
            times = one.cpu_times()
            cpu[one.pid] = times.user + times.system
            yield one.pid, one.memory_info().rss
        except psutil.NoSuchProcess:
            continue


def ours(folder: Path, n: int) -> dict[str, float]:
    """Ingest the first `n` papers of `folder`."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        parts = sorted(path for path in folder.iterdir() if int(path.name) < n // 1000 or n < 1000)
        command = [sys.executable, "-m", "wellread", "ingest", *map(str, parts)]
        row, cost = measured([*command, "--out", f"{place}/corpus", "--workers", "2", "--json"])
        assert row["papers"] == n, row
        size = sum(path.stat().st_size for path in Path(place).rglob("*") if path.is_file())
    return {
        "papers": n,
        "seconds": round(cost["seconds"], 1),
        "papers_per_second": round(n / cost["seconds"], 1),
        "cpu_seconds": round(cost["cpu_seconds"], 1),
        "papers_per_cpu_second": round(n / cost["cpu_seconds"], 1),
        "rss_mb": round(cost["rss"] / 1e6),
        "corpus_mb": round(size / 1e6),
    }


PEER_PROGRAM = """
import json, sys, time, pubmed_parser
start = time.process_time()
words = 0
for path in sys.argv[1:]:
    article = pubmed_parser.parse_pubmed_xml(path)
    words += len(article["abstract"].split())
    words += sum(len(p["text"].split()) for p in pubmed_parser.parse_pubmed_paragraph(path, all_paragraph=True))
print(json.dumps({"cpu_seconds": time.process_time() - start, "words": words}))
"""


def peer(folder: Path) -> dict[str, float]:
    """Parse SAMPLE papers with the peer, in an environment of its own."""
    place = folder.parent / "peer"
    python = place / "bin/python"
    if not python.exists():
        venv.create(place, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", PEER], check=True)
    files = sorted(folder.rglob("*.xml"))[:SAMPLE]
    done = subprocess.run([python, "-c", PEER_PROGRAM, *files], check=True, capture_output=True, text=True)
    row = json.loads(done.stdout.splitlines()[-1])
    return {
        "papers": len(files),
        "papers_per_cpu_second": round(len(files) / row["cpu_seconds"], 1),
        "words": row["words"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,20000,40000,65000", help="in thousands: a folder holds a thousand")
    parser.add_argument("--papers", type=Path, default=PAPERS, help="folder of JATS articles to repeat")
    parser.add_argument("--place", type=Path, default=None, help="where the copies go and stay: 7 GB for 65,000")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    sizes = [int(size) for size in args.sizes.split(",")]
    if any(size % 1000 for size in sizes):
        parser.error("--sizes are multiples of 1000")
    place = args.place or Path(tempfile.mkdtemp())
    generate(place / "papers", max(sizes), args.papers)
    rows = []
    for size in sizes:
        rows.append(ours(place / "papers", size))
        print(rows[-1], file=sys.stderr, flush=True)
    theirs = peer(place / "papers")
    result = {
        "benchmark": "ingest",
        "ratio": round(rows[-1]["papers_per_cpu_second"] / theirs["papers_per_cpu_second"], 2),
        "peer": f"{PEER}, parsing alone",
        "ours": rows,
        "theirs": theirs,
        "versions": {name: version(name) for name in ("wellread", "lxml", "rensa", "py3langid", "zstandard")},
        "hardware": gather()["machine"],
        "load": psutil.getloadavg(),
    }
    if not args.place:
        shutil.rmtree(place)
    print(json.dumps(result) if args.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
