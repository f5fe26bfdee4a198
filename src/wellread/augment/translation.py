"""Translation: the passage in another language, names and chemicals as they are.

Source: Hatakeyama-Sato et al. 2023 (translations among the tellings). Use it besides styles: facts learned in several languages
are told in several ways.
"""

from wellread.augment.instructions import Promise, instructed
from wellread.augment.languages import NAMES
from wellread.records import Passage

VERSION = 1
PROMISE = Promise(0.8, (0.45, 2.2))


def prompt(passage: Passage, language: str) -> str:
    """What to ask for; `language` is its ISO 639-1 code."""
    task = (
        f"Translate the text into {NAMES[language]}. Translate all of it, sentence by sentence. Proper names of substances, methods, "
        "devices and places stay in Latin letters, and so do systematic chemical names and formulae; numbers keep their values."
    )
    return instructed(task, passage)
