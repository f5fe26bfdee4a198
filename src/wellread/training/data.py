"""What a student is trained on, brought together from runs, artefacts, papers and files of others."""

from pathlib import Path
from typing import Any, TypeVar

import wellread.corpus.stage as corpus
import wellread.train.stage as stage
from wellread.corpus.config import CorpusConfig
from wellread.errors import InputError
from wellread.files import existing
from wellread.records import Example, Paper, Preference
from wellread.runs.fingerprint import fingerprint, hash_file
from wellread.runs.jsonl import read_records, write_records
from wellread.runs.run import look
from wellread.train.sources import read_jsonl


def gather(sources: tuple[str, ...], out: Path) -> dict[str, Any]:
    """Write out/data/{examples,preferences,papers}.jsonl.zst from all `sources`, each a PATH or GENRE=PATH.

    A path is a run, an artefact, a file of JSON lines, or papers as `teach` and `ingest` take them.
    """
    examples: list[Example] = []
    preferences: list[Preference] = []
    papers: list[Paper] = []
    for number, source in enumerate(sources):
        genre, _, name = source.rpartition("=")
        for some, more, about in _read(existing(name), genre or None, out / "read" / str(number)):
            examples += some
            preferences += more
            papers += about
    kept, wanted = _told_apart(examples), _told_apart(preferences)
    write_records(out / "data" / "examples.jsonl.zst", kept)
    write_records(out / "data" / "preferences.jsonl.zst", wanted)
    write_records(out / "data" / "papers.jsonl.zst", {p.id: p for p in papers}.values())
    doubled = len(examples) + len(preferences) - len(kept) - len(wanted)
    return {"examples": len(kept), "preferences": len(wanted), "papers": len(papers), "given_twice": doubled}


R = TypeVar("R", Example, Preference)


def _told_apart(items: list[R]) -> list[R]:
    """`items` without those that came twice; different ones of one id get a number, and so do passages named after them."""
    seen: dict[str, list[R]] = {}
    for item in items:
        same = seen.setdefault(item.id, [])
        if item not in same:
            same.append(item)
    return [_numbered(item, n) if n > 1 else item for same in seen.values() for n, item in enumerate(same, 1)]


def _numbered(item: R, n: int) -> R:
    name = f"{item.id}#{n}"
    return item.model_copy(update={"id": name} | ({"passage": name} if item.passage == item.id else {}))


Read = tuple[list[Example], list[Preference], list[Paper]]


def _read(path: Path, genre: str | None, out: Path) -> list[Read]:
    """What lies at `path`; `genre`, where given, is what all of it is called in the mixture."""
    if (path / "run.json").is_file():
        return [part for artifact in _texts_of(path) for part in _read(artifact, genre, out)]
    if path.suffix == ".jsonl" or path.name.endswith(".jsonl.zst"):
        return [(*read_jsonl(path, genre), [])]
    if not (path / "data").is_dir():
        corpus.run(CorpusConfig(papers=(str(path),)), {}, out)
        path = out
    inputs = {"corpus" if (path / "data" / "passages.jsonl.zst").is_file() else "augment": path}
    if "augment" in inputs and not (path / "data" / "examples.jsonl.zst").is_file():
        inputs = {"preferences": path}
    examples = stage.gather(inputs)
    preferences = stage.gather_preferences(inputs)
    listed = path / "data" / "papers.jsonl.zst"
    papers = read_records(listed, Paper) if listed.is_file() else []
    if not examples and not preferences:
        raise InputError(f"{path}: holds no texts, examples or preferences", "Give an artefact, papers, or JSON lines.")
    return [(_called(examples, genre), _called(preferences, genre), papers)]


def _called(items: list[Any], genre: str | None) -> list[Any]:
    return [item.model_copy(update={"maker": genre}) for item in items] if genre else items


def hashes(sources: tuple[str, ...]) -> dict[str, str]:
    """Each source with a hash over what is read of it."""
    found = {}
    for source in sources:
        files = _files(existing(source.rpartition("=")[2]))
        found[source] = fingerprint({name: hash_file(file) for name, file in files.items()})
    return found


def _files(path: Path) -> dict[str, Path]:
    """The files that are read of `path`, by name: of a run, what it reads and restates, not what it made of that."""
    if (path / "run.json").is_file():
        return {f"{artifact.name}/{file.name}": file for artifact in _texts_of(path) for file in _rows(artifact)}
    if path.is_file():
        return {".": path}
    if (path / "data").is_dir():
        return {file.name: file for file in _rows(path)}
    return {str(p.relative_to(path)): p for p in sorted(path.rglob("*")) if p.is_file() and p.name != ".lock"}


def _texts_of(run: Path) -> list[Path]:
    """The artefacts of a run that are trained on."""
    opened = look(run)
    made = [opened.texts()] if "corpus" in opened.stages else []
    made += [opened.artifact("augment")] if "augment" in opened.stages else []
    return [artifact.path for artifact in made]


def _rows(artifact: Path) -> list[Path]:
    return sorted((artifact / "data").glob("*.jsonl.zst"))
