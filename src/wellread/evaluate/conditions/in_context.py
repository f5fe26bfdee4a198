"""in_context: the paper's text, then the question: what could be answered at all by reading. The ceiling.

The text is the paper's first telling: more tellings of the same facts make the prompt long and help a small model little. Of
a paper that was ingested section by section it is the section that the question was made from; where that isn't known, all
sections in their order, as far as they fit.
"""

from collections.abc import Sequence

from wellread.evaluate.library import Library
from wellread.evaluate.wording import after_text, asked
from wellread.records import Frozen, Passage, Question, first_tellings

LABEL = "in-context"
IMPOSSIBLE = "no text of its paper to show"


class Params(Frozen):
    """Nothing to set."""


def prompts(questions: Sequence[Question], library: Library, params: Params) -> list[str | None]:
    """Each question after its paper's text; None where no paper of the corpus belongs to it."""
    room = library.room([after_text("", asked(q)) for q in questions])
    sections = {p.id: p.text for p in library.passages if p.section}
    papers: dict[str, list[Passage]] = {}
    for passage in first_tellings(library.passages):
        papers.setdefault(passage.paper, []).append(passage)
    named = [(q.passage if q.passage in sections else q.paper) or "" for q in questions]
    whole = {paper: "\n\n".join(p.text for p in parts) for paper, parts in papers.items()} | sections
    shown = {name: library.fitted(name, whole[name], room) for name in dict.fromkeys(named) if name in whole}
    return [after_text(shown[n], asked(q)) if n in shown else None for n, q in zip(named, questions, strict=True)]
