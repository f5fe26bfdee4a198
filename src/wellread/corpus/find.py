"""Which files are read: a folder is one paper told several ways, a file is a paper told once."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wellread.corpus.config import CorpusConfig
from wellread.corpus.parsed import HEAD, Parser, formats, parser_for
from wellread.errors import InputError, suggest
from wellread.files import existing, well_named

FIRST = "original"  # the telling that goes before all others


class Telling(NamedTuple):
    """A file to read. `name` is its stem, with its sub-folders before it."""

    name: str
    path: Path
    parser: Parser


class PaperFiles(NamedTuple):
    """The files of one paper; what was refused (with the reason) and which sub-folders were not read."""

    id: str
    root: Path
    tellings: list[Telling]
    rejected: list[tuple[Path, str]]
    not_read: list[Path]


def find(config: CorpusConfig) -> list[PaperFiles]:
    """The papers of `config`, in order.

    Raises InputError for a missing path, a folder without texts, a telling that doesn't exist, a file that can't be read.
    """
    papers = [_paper(existing(name), config) for name in config.papers]
    _refuse_twice(papers)
    return _with_unique_ids(papers)


def _paper(path: Path, config: CorpusConfig) -> PaperFiles:
    if path.is_dir():
        return _folder(path, config)
    parser = _readable(path)
    if parser is None:
        fix = "Give questions with their own setting." if path.suffix == ".jsonl" else f"Formats read: {formats()}."
        raise InputError(f"{path} can't be read as a paper", fix)
    return PaperFiles(path.stem, path, [Telling(path.stem, path, parser)], [], [])


def _folder(root: Path, config: CorpusConfig) -> PaperFiles:
    tellings, rejected, not_read = [], list[tuple[Path, str]](), list[Path]()
    for path in _entries(root, config.recursive, not_read):
        if not path.is_file():
            rejected.append((path, "neither a file nor a folder"))
        elif path.suffix.lower() != ".jsonl":  # questions, which another stage reads
            parser = _readable(path)
            if parser:
                tellings.append(Telling(path.relative_to(root).with_suffix("").as_posix(), path, parser))
            else:
                rejected.append((path, f"format not read; read are {formats()}"))
    if not tellings:
        raise _no_texts(root, rejected, not_read)
    tellings.sort(key=lambda telling: (telling.name != FIRST, telling.name))
    _refuse_same_name(root, tellings)
    if config.texts is not None:
        tellings = _chosen(root, tellings, config.texts, not_read)
    name = root.name if root.name not in ("", "..") else root.resolve().name
    return PaperFiles(name, root, tellings, rejected, not_read)


def _entries(folder: Path, recursive: bool, not_read: list[Path]) -> Iterator[Path]:
    """Everything in `folder` but hidden entries; sub-folders are entered, or else noted in `not_read`."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(f"{folder} can't be read: {error.strerror}", "Give a folder that you may read.") from error
    for path in entries:
        if path.name.startswith("."):
            continue
        well_named(path)
        if not path.is_dir():
            yield path
        elif recursive and not path.is_symlink():  # a link can lead in a circle
            yield from _entries(path, recursive, not_read)
        else:
            not_read.append(path)


def _readable(path: Path) -> Parser | None:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        head = b""  # the reason is told when it is read in full
    return parser_for(path, head)


def _no_texts(root: Path, rejected: list[tuple[Path, str]], not_read: list[Path]) -> InputError:
    if not_read:
        some = ", ".join(str(path) for path in not_read[:3]) + (" ..." if len(not_read) > 3 else "")
        return InputError(
            f"no texts in {root}", f"Name its sub-folders ({some}) as papers, or read them with recursive."
        )
    held = f"It holds {rejected[0][0].name}. " if rejected else ""
    return InputError(f"no texts in {root}", f"{held}Formats read: {formats()}.")


def _refuse_same_name(root: Path, tellings: list[Telling]) -> None:
    by_name: dict[str, Path] = {}
    for telling in tellings:
        if other := by_name.get(telling.name):
            what = f"{root}: {other.name} and {telling.path.name} would both be the telling {telling.name!r}"
            raise InputError(what, "Rename one, or take it out of the folder.")
        by_name[telling.name] = telling.path


def _chosen(root: Path, tellings: list[Telling], texts: tuple[str, ...], not_read: list[Path]) -> list[Telling]:
    by_name = {telling.name: telling for telling in tellings}
    for name in texts:
        if name not in by_name:
            below = any(name.startswith(f"{folder.name}/") for folder in not_read)
            hint = "Sub-folders are read with recursive. " if below else ""
            raise InputError(f"{root} has no telling {name!r}", hint + suggest(name, by_name))
    if twice := [name for name, n in Counter(texts).items() if n > 1]:
        raise InputError(f"texts names {twice[0]!r} twice", "Name each telling once.")
    return [by_name[name] for name in texts]


def _refuse_twice(papers: list[PaperFiles]) -> None:
    seen: dict[Path, Path] = {}
    for paper in papers:
        for telling in paper.tellings:
            real = telling.path.resolve()
            if real in seen:
                raise InputError(f"{telling.path} is read twice, for {seen[real]} and {paper.root}", "Name it once.")
            seen[real] = paper.root


def _with_unique_ids(papers: list[PaperFiles]) -> list[PaperFiles]:
    """Papers of one name get the name of the folder above before it."""
    often = Counter(paper.id for paper in papers)
    told = [
        paper._replace(id=f"{paper.root.resolve().parent.name}-{paper.id}") if often[paper.id] > 1 else paper
        for paper in papers
    ]
    for name, n in Counter(paper.id for paper in told).items():
        if n > 1:
            where = " and ".join(str(paper.root) for paper in told if paper.id == name)
            raise InputError(f"{where} would both be the paper {name!r}", "Rename one of them.")
    return told
