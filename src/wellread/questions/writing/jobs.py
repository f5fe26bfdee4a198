"""What is to be asked for: one job for each piece of a passage and each kind of question."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wellread import plugins
from wellread.providers.records import Request
from wellread.questions.instructions import VERSION
from wellread.questions.writing.config import KINDS, WriteConfig, kind_params
from wellread.records import Kind, Passage, first_tellings

_QUESTION = 110  # tokens of question, answer and key, rather more than fewer
_STEP = 40


@dataclass(frozen=True)
class Job:
    """So many questions of a kind from a piece of a passage. `number` is the place of the piece in its passage."""

    passage: Passage
    number: int
    maker: str
    kind: Kind
    count: int
    steps: int
    prompt: str

    @property
    def id(self) -> str:
        """passage/kind/number"""
        return f"{self.passage.id}/{self.maker}/{self.number}"

    def request(self, prompt: str, temperature: float) -> Request:
        """What to ask of the provider."""
        room = min(4096, 64 + self.count * (_QUESTION + self.steps * _STEP))
        return Request(prompt=prompt, max_tokens=room, temperature=temperature)


def jobs(passages: Iterable[Passage], config: WriteConfig) -> list[Job]:
    """All jobs, passage by passage; the first kinds get one more where `n` can't be shared evenly.

    A kind may want single statements (`PER = "statement"`): then it writes one question for each.
    """
    each, more = divmod(config.n, len(config.kinds))
    counts = [each + (place < more) for place in range(len(config.kinds))]
    found = []
    for passage in chosen(passages, config):
        for name, share in zip(config.kinds, counts, strict=True):
            room = plugins.load(KINDS, name)
            params = kind_params(name, config.params.get(name, {}))
            single = getattr(room, "PER", "piece") == "statement"
            count = 1 if single else share
            for number, piece in enumerate(
                _statements(passage.text) if single else _pieces(passage.text, config.longest)
            ):
                part = passage.model_copy(update={"text": piece})
                if count:
                    prompt = room.prompt(part, count, config.steps, params)
                    found.append(Job(part, number, name, room.KIND, count, config.steps, prompt))
    return found


def chosen(passages: Iterable[Passage], config: WriteConfig) -> list[Passage]:
    """The passages to ask about: the first telling of each paper, or of each section of an ingested one; or all."""
    return list(passages) if config.tellings == "all" else first_tellings(passages)


def _pieces(text: str, longest: int) -> list[str]:
    """`text` in pieces of whole paragraphs, at most `longest` words each where no paragraph is longer."""
    found: list[str] = []
    for paragraph in (p for p in text.split("\n\n") if p.strip()):
        if found and len(f"{found[-1]} {paragraph}".split()) <= longest:
            found[-1] += f"\n\n{paragraph}"
        else:
            found.append(paragraph)
    return found


_STOP = re.compile(r"(?<=[^.\d][.!?])\s+(?=[A-Z\d])")


def _statements(text: str) -> list[str]:
    """The sentences of `text` of five words or more, headings left out. Few-word ones say too little to be asked for."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [s for line in lines for s in _STOP.split(line.strip()) if len(s.split()) >= 5]


def versions(kinds: Sequence[str]) -> dict[str, int]:
    """The versions of all wordings that `kinds` use."""
    return {"rules": VERSION, **{kind: plugins.load(KINDS, kind).VERSION for kind in kinds}}
