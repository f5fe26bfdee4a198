"""A corpus as paragraphs to be searched, and as many of those found as a prompt holds."""

from collections.abc import Sequence

from wellread.evaluate.library import Library
from wellread.evaluate.wording import after_text, asked
from wellread.records import Passage, Question


def paragraphs(passages: Sequence[Passage]) -> list[str]:
    """The paragraphs of all `passages`, each once, headings with the text below them."""
    return list(dict.fromkeys(p for passage in passages for p in _of(passage)))


def shown(
    questions: Sequence[Question], library: Library, texts: Sequence[str], found: Sequence[Sequence[int]]
) -> list[str | None]:
    """Each question after those of `texts` that were `found` for it (by index, best first), as many as fit."""
    room = library.room([after_text("", asked(q)) for q in questions])
    blocks = [_fitting([texts[i] for i in best], room, library) for best in found]
    part = sum(block != "\n\n".join(texts[i] for i in best) for block, best in zip(blocks, found, strict=True))
    if part:
        library.notes.append(
            f"{part} of {len(questions)} questions follow a part of the paragraphs found for them (room for {room} tokens)"
        )
    return [after_text(block, asked(q)) for block, q in zip(blocks, questions, strict=True)]


def _of(passage: Passage) -> list[str]:
    blocks: list[str] = []
    heading = ""
    for block in passage.text.split("\n\n"):
        if block.lstrip().startswith("#") and "\n" not in block.strip():
            heading = f"{heading}{block.strip()}\n"
        elif block.strip():
            blocks.append(heading + block.strip())
            heading = ""
    return blocks


def _fitting(blocks: list[str], room: int, library: Library) -> str:
    """As many of `blocks` as fit, the first one cut if need be."""
    kept = library.cut(blocks[0], room)
    for block in blocks[1:]:
        longer = f"{kept}\n\n{block}"
        if library.count(longer) > room:
            break
        kept = longer
    return kept
