"""Parsers against named peers on the same files: JATS against pubmed-parser, PDF text against pypdf.

JATS: papers per second of one core, ours (title, abstract, sections, captions, tables, references, licence) against
pubmed-parser's calls for the same; `jats_text` is the peer with only its two calls for title, abstract and text. PDF: the same for text, with the recall of the JATS twin's 8-grams beside each. The peers
live in an environment that the script makes. `ratio` is that of JATS; `pdf.ratio` stands beside it. Times are processor
time, the readers in other processes included, so that other jobs on the machine count less. `--json` prints one JSON
object as the last line.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

from wellread.corpus.parsers import jats, pdf
from wellread.corpus.pdf import reader
from wellread.runs.provenance import gather

PAPERS = Path(__file__).parents[2] / "shared" / "data" / "papers"
PEERS = ("pubmed-parser", "pypdf")
PEER = """
import json, sys, time
import pubmed_parser, pypdf
def text(path):
    found = pubmed_parser.parse_pubmed_xml(path), pubmed_parser.parse_pubmed_paragraph(path, all_paragraph=True)
    return found[0]["full_title"] + " " + found[0]["abstract"] + " " + " ".join(part["text"] for part in found[1])
def jats(path):
    for part in pubmed_parser.parse_pubmed_caption, pubmed_parser.parse_pubmed_table, pubmed_parser.parse_pubmed_references:
        try:
            part(path)
        except UnboundLocalError:
            pass  # it can't read the captions of some files
    return text(path)
def pdf(path):
    return "\\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
job = json.load(sys.stdin)
tell = {"jats": jats, "jats_text": text, "pdf": pdf}[job["kind"]]
best, texts = 1e9, []
for _ in range(job["repeats"]):
    start = time.process_time()
    texts = [tell(path) for path in job["paths"]]
    best = min(best, time.process_time() - start)
json.dump({"seconds": best, "texts": texts}, sys.stdout)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--papers", type=Path, default=PAPERS, help="a folder with jats/*.xml and pdf/*.pdf of the same names"
    )
    parser.add_argument("--repeats", type=int, default=3)
    args = parser.parse_args()
    xml, pdfs = (sorted((args.papers / kind).glob(f"*.{ending}")) for kind, ending in (("jats", "xml"), ("pdf", "pdf")))
    if not xml or not pdfs:
        sys.exit(f"{args.papers} holds no jats/*.xml with pdf/*.pdf; give --papers")
    python = environment()
    told = compared("jats", xml, read_jats, python, args.repeats)
    twins = [read_jats([args.papers / "jats" / f"{path.stem}.xml"])[0] for path in pdfs]
    of_pdfs = compared("pdf", pdfs, read_pdf, python, args.repeats, twins)
    result = {
        "benchmark": "ingest_parsers",
        "ratio": told["ratio"],
        "peer": "pubmed-parser",
        "jats": told,
        "jats_text": compared("jats_text", xml, read_jats, python, args.repeats),
        "pdf": of_pdfs | {"peer": "pypdf"},
        "versions": {
            "wellread": version("wellread"),
            "lxml": version("lxml"),
            "pypdfium2": version("pypdfium2"),
            **peers(python),
        },
        "hardware": gather()["machine"],
    }
    print(json.dumps(result) if args.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


def environment() -> Path:
    """The interpreter of the peers' environment, made where it is missing."""
    folder = user_cache_path("wellread") / "benchmarks" / "parsers"
    python = folder / "bin" / "python"
    if not (folder / "made").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "setuptools<81", *PEERS], check=True)
        (folder / "made").touch()
    return python


def peers(python: Path) -> dict[str, str]:
    code = f"from importlib.metadata import version; import json; print(json.dumps({{n: version(n) for n in {PEERS}}}))"
    found: dict[str, str] = json.loads(
        subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True).stdout
    )
    return found


def read_jats(paths: list[Path]) -> list[str]:
    return [jats.parse(path.read_bytes(), str(path), jats.Params()).text for path in paths]


def read_pdf(paths: list[Path]) -> list[str]:
    """In this process, so that its time counts: the reader's process does the same work."""
    found = []
    for path in paths:
        answer = json.loads(json.dumps(reader.read(path.read_bytes())))
        found.append(pdf.told(answer, str(path)).text)
    return found


def compared(
    kind: str,
    paths: list[Path],
    ours: Callable[[list[Path]], list[str]],
    python: Path,
    repeats: int,
    twins: list[str] | None = None,
) -> dict[str, object]:
    """Papers per second of both, and the recall of each against `twins`; checks that both read every file."""
    best, texts = 1e9, list[str]()
    for _ in range(repeats):
        start = time.process_time()
        texts = ours(paths)
        best = min(best, time.process_time() - start)
    job = json.dumps({"kind": kind, "paths": list(map(str, paths)), "repeats": repeats})
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [str(python), "-W", "ignore", "-c", PEER], input=job, capture_output=True, text=True, check=True, env=env
    )
    peer = json.loads(done.stdout)
    assert len(peer["texts"]) == len(texts) == len(paths), "not the same work"
    result: dict[str, object] = {
        "papers": len(paths),
        "ratio": round(peer["seconds"] / best, 2),
        "papers_per_second": {"ours": round(len(paths) / best, 1), "peer": round(len(paths) / peer["seconds"], 1)},
        "words": {
            "ours": sum(len(text.split()) for text in texts),
            "peer": sum(len(text.split()) for text in peer["texts"]),
        },
    }
    if twins is not None:
        result["recall"] = {"ours": recall(twins, texts), "peer": recall(twins, peer["texts"])}
    return result


def recall(wanted: list[str], told: list[str]) -> float:
    """The share of the 8-grams of `wanted` that `told` holds, mean over papers."""
    shares = []
    for one, other in zip(wanted, told, strict=True):
        held = set(grams(other))
        shares.append(sum(gram in held for gram in grams(one)) / len(grams(one)))
    return round(sum(shares) / len(shares), 4)


def grams(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return [tuple(words[i : i + 8]) for i in range(len(words) - 7)]


if __name__ == "__main__":
    main()
