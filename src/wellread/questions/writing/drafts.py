"""What a writer sent, read as questions: blocks of lines that begin with Q:, S:, A: and K:."""

import re
from dataclasses import dataclass

_LINE = re.compile(
    r"^[\s>*_#-]*(?:\d+[.)]\s*)?[*_]*(Q|S|A|K|Question|Steps?|Answer|Keys?|Keywords?)(?:\s?\d+)?[*_]*\s*[:：][*_]*\s*(.*)$",
    re.IGNORECASE,
)
SHORT = 6
"""Words; an answer up to this length is no sentence."""
_AROUND = "\"'“”‘’`*., "


@dataclass(frozen=True)
class Draft:
    """A question as it was written. `keys` are pieces of the text; `steps` lead to the answer, empty where not asked for."""

    question: str
    answer: str
    keys: tuple[str, ...]
    steps: str = ""


def read(reply: str, *, cut: bool = False) -> list[Draft]:
    """The questions in `reply`, whole or not; the last is left out where the reply was `cut` at its longest."""
    blocks: list[dict[str, str]] = []
    label = ""
    for line in reply.splitlines():
        found = _LINE.match(line)
        if found:
            label = found[1][0].upper()
            if label == "Q":
                blocks.append({})
            if blocks:
                blocks[-1].setdefault(label, found[2].strip())
        elif not blocks and line.rstrip().endswith("?"):
            blocks.append({"Q": line.strip()})  # begun as if "Q:" stood there already
        elif blocks and label == "S" and line.strip():
            blocks[-1]["S"] = f"{blocks[-1]['S']} {line.strip()}".strip()
    if cut:
        blocks = blocks[:-1]
    return [_draft(block) for block in blocks]


def _draft(block: dict[str, str]) -> Draft:
    # A short answer without a key is its own key.
    said = block.get("K", "") or (block.get("A", "") if len(block.get("A", "").split()) <= SHORT else "")
    keys = (key.strip(_AROUND) for key in said.split(";"))
    # A model that doubts itself lists a key twice.
    return Draft(block["Q"].strip("*_ "), block.get("A", "").strip("*_ "), tuple(dict.fromkeys(k for k in keys if k)),
                 block.get("S", "").strip())  # fmt: skip
