"""What is to be written: one job for each piece of a passage and each style or language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from wellread import plugins
from wellread.augment import translation
from wellread.augment.facts import Told
from wellread.augment.instructions import VERSION, Promise
from wellread.augment.languages import count
from wellread.augment.pairs import Pair
from wellread.augment.rewriting.config import STYLES, RewriteConfig, style_params
from wellread.providers.records import Request
from wellread.records import Passage, first_tellings

_TOKENS_PER_WORD = 1.7  # English in the usual vocabularies, with numbers and chemical names
_DENSE = 3.0  # other languages, for each word of the English


@dataclass(frozen=True)
class Job:
    """A rewrite to be had. `number` is the place of the piece in its passage."""

    passage: Passage
    number: int
    maker: str
    language: str
    source: str
    """The language of the passage."""
    prompt: str
    promise: Promise

    @property
    def id(self) -> str:
        """passage/maker/number"""
        return f"{self.passage.id}/{self.maker}/{self.number}"

    def request(self, prompt: str, temperature: float) -> Request:
        """What to ask of the provider; the reply may have as many tokens as the style's longest needs."""
        words = max(30, count(self.passage.text, self.source))
        factor = _DENSE if self.maker.startswith("languages/") else _TOKENS_PER_WORD
        room = min(4096, max(128, round(words * min(self.promise.length[1], 3.0) * factor)))
        return Request(prompt=prompt, max_tokens=room, temperature=temperature)

    def pair(self, text: str, cut: bool) -> Pair:
        """The rewrite `text` beside its source, for the checks."""
        p = self.promise
        source, told = Told(self.passage.text, self.source), Told(text, self.language)
        return Pair(source, told, self.language, self.source, p.keeps, p.length, cut, p.words)


def jobs(passages: Iterable[Passage], config: RewriteConfig) -> list[Job]:
    """All jobs, passage by passage."""
    found = []
    for passage in chosen(passages, config):
        for number, piece in enumerate(pieces(passage.text, config.longest, config.source)):
            part = passage.model_copy(update={"text": piece})
            for style in config.styles:
                room = plugins.load(STYLES, style)
                prompt = room.prompt(part, style_params(style, config.params.get(style, {})))
                found.append(Job(part, number, style, config.source, config.source, prompt, room.PROMISE))
            for code in config.languages:
                prompt = translation.prompt(part, code)
                found.append(Job(part, number, f"languages/{code}", code, config.source, prompt, translation.PROMISE))
    return found


def chosen(passages: Iterable[Passage], config: RewriteConfig) -> list[Passage]:
    """The passages to rewrite: the first telling of each paper, or of each section of an ingested one; or all."""
    return list(passages) if config.tellings == "all" else first_tellings(passages)


def pieces(text: str, longest: int, language: str = "en") -> list[str]:
    """`text` cut between paragraphs into pieces of at most `longest` words; a paragraph is never cut."""
    found: list[list[str]] = [[]]
    words = 0.0
    for paragraph in re.split(r"\n{2,}", text.strip()):
        size = count(paragraph, language)
        if found[-1] and words + size > longest:
            found.append([])
            words = 0
        found[-1].append(paragraph)
        words += size
    return ["\n\n".join(part) for part in found]


def versions(config: RewriteConfig) -> dict[str, int]:
    """The versions of all wordings that `config` uses."""
    return {
        "rules": VERSION,
        "translation": translation.VERSION,
        **{style: plugins.load(STYLES, style).VERSION for style in config.styles},
    }
