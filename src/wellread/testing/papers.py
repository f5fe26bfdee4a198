"""Made-up articles as JATS XML: as many as a test wants, each different, the same for the same number."""

import random

DEED = "https://creativecommons.org/licenses/{}/4.0/"
_WORDS = [
    "polymer",
    "electrolyte",
    "garnet",
    "lithium",
    "anode",
    "cathode",
    "membrane",
    "synthesis",
    "conductivity",
    "sample",
    "furnace",
    "crystal",
    "powder",
    "solvent",
    "catalyst",
    "yield",
    "temperature",
    "pressure",
    "interface",
    "surface",
    "particle",
    "diffusion",
    "spectrum",
    "resistance",
    "stability",
]
_FRAMES = (
    "The {} of the {} was measured after the {} had been heated to {} °C.",
    "We found that a {} with more {} shows a lower {} than the {} mg sample.",
    "Between the {} and the {} there is a thin {} of about {} nm.",
    "In contrast to the {}, the {} did not change its {} within {} hours.",
    "This {} was made from a {} and a {} in {} ml of water.",
)


def sentences(rng: random.Random, n: int) -> str:
    """`n` made-up English sentences."""
    return " ".join(rng.choice(_FRAMES).format(*rng.sample(_WORDS, 3), rng.randint(1, 999)) for _ in range(n))


def jats(number: int, licence: str | None = "by", doi: str | None = "", size: int = 12) -> bytes:
    """Article `number`. `licence` is the end of a Creative Commons address, 'copyright', or None for no word about it.

    An empty `doi` stands for one of its own, None for none. `size` is the number of sentences in a paragraph.
    """
    rng = random.Random(number)
    if doi == "":
        doi = f"10.5555/made.{number}"
    given = f'<article-id pub-id-type="doi">{doi}</article-id>' if doi else ""
    rights = {
        None: "",
        "copyright": "<permissions><copyright-statement>© 2020 Elsevier B.V. All rights reserved.</copyright-statement></permissions>",
    }.get(
        licence,
        f'<permissions><license xlink:href="{DEED.format(licence)}"><license-p>Open.</license-p></license></permissions>',
    )
    body = "".join(
        f"<sec><title>{title}</title><p>{sentences(rng, size)}</p><p>{sentences(rng, size)}</p></sec>"
        for title in ("Introduction", "Methods", "Results and Discussion", "Conclusions")
    )
    return f"""<?xml version="1.0"?>
<article xmlns:xlink="http://www.w3.org/1999/xlink"><front>
<journal-meta><journal-title-group><journal-title>Journal of Made-up Results</journal-title></journal-title-group></journal-meta>
<article-meta>{given}<title-group><article-title>On the {rng.choice(_WORDS)} of {rng.choice(_WORDS)} {number}</article-title></title-group>
<pub-date><year>{2000 + number % 20}</year></pub-date>{rights}<abstract><p>{sentences(rng, 6)}</p></abstract></article-meta></front>
<body>{body}</body></article>""".encode()
