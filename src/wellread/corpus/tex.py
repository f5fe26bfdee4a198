"""Formulae within a sentence, from TeX to one line of plain characters: x^2, (a)/(b), sqrt(c), α.

Source: the commands that LaTeX's amsmath documents. What isn't known keeps its name, so that nothing vanishes.
"""

import re

from wellread.corpus.scripts import subscript, superscript

_GREEK = dict(
    zip(
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "varepsilon",
            "zeta",
            "eta",
            "theta",
            "vartheta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "pi",
            "varpi",
            "rho",
            "varrho",
            "sigma",
            "varsigma",
            "tau",
            "upsilon",
            "phi",
            "varphi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Pi",
            "Sigma",
            "Upsilon",
            "Phi",
            "Psi",
            "Omega",
            "upmu",
            "upalpha",
            "upbeta",
            "upgamma",
            "updelta",
            "uplambda",
            "upnu",
            "uppi",
            "upsigma",
            "uptheta",
            "upomega",
            "upOmega",
            "upDelta",
            "upphi",
        ],
        "αβγδϵεζηθϑικλμνξπϖρϱσςτυϕφχψωΓΔΘΛΞΠΣΥΦΨΩμαβγδλνπσθωΩΔφ",
        strict=True,
    )
)
_SIGNS = _GREEK | {
    "times": "×", "cdot": "·", "pm": "±", "mp": "∓", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠",
    "approx": "≈", "sim": "~", "simeq": "≃", "equiv": "≡", "propto": "∝", "infty": "∞", "partial": "∂", "nabla": "∇",
    "rightarrow": "→", "to": "→", "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "rightleftharpoons": "⇌",
    "longrightarrow": "→", "degree": "°", "circ": "°", "textdegree": "°", "celsius": "°C", "angstrom": "Å", "AA": "Å", "aa": "å",
    "ell": "ℓ", "hbar": "ħ", "prime": "′", "int": "∫", "sum": "∑", "prod": "∏", "in": "∈", "notin": "∉", "subset": "⊂",
    "cup": "∪", "cap": "∩", "forall": "∀", "exists": "∃", "ldots": "...", "cdots": "...", "dots": "...", "textellipsis": "...",
    "ll": "≪", "gg": "≫", "lesssim": "≲", "gtrsim": "≳", "langle": "⟨", "rangle": "⟩", "lbrace": "{", "rbrace": "}", "mid": "|",
    "parallel": "∥", "perp": "⊥", "ast": "*", "star": "*", "bullet": "•", "dagger": "†", "ddagger": "‡", "angle": "∠",
    "textmu": "μ", "micro": "μ", "ohm": "Ω", "textohm": "Ω", "percent": "%", "S": "§", "copyright": "©", "pounds": "£",
    "ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ",
    "textendash": "–", "textemdash": "—", "textasciitilde": "~", "textbackslash": "\\", "textgreater": ">", "textless": "<",
    "quad": " ", "qquad": " ", "lvert": "|", "rvert": "|", "vert": "|", "Vert": "‖", "oplus": "⊕", "otimes": "⊗", "emptyset": "∅",
}  # fmt: skip
_ACCENTS = {
    "bar": "\u0304", "overline": "\u0304", "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "=": "\u0304", "^": "\u0302", "~": "\u0303", ".": "\u0307",
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a",
}  # fmt: skip
_SPACES = {",", ":", ";", " ", ">", "\\", "enspace", "thinspace", "medspace", "space"}
_SILENT = {
    *("left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "textstyle", "rm", "bf", "it"),
    *("!", "limits", "nolimits", "nonumber", "notag", "scriptstyle", "sf", "tt", "em", "sl", "sc", "cal", "centering", "noindent", "-", "/"),
    *("protect", "boldmath", "normalsize", "small", "large", "Large", "footnotesize", "ensuremath", "relax", "xspace", "allowbreak"),
}  # fmt: skip
_DROPPED = {"label", "tag", "hspace", "vspace", "color", "phantom", "hphantom", "vphantom", "begin", "end", "hskip"}
_SILENT |= {
    "maketitle",
    "tableofcontents",
    "newpage",
    "clearpage",
    "printbibliography",
    "bigskip",
    "medskip",
    "smallskip",
}
_DROPPED |= {
    "ref",
    "eqref",
    "pageref",
    "autoref",
    "cref",
    "Cref",
    "bibliography",
    "bibliographystyle",
    "includegraphics",
}
_DROPPED |= {
    "title",
    "author",
    "affiliation",
    "affil",
    "address",
    "email",
    "date",
    "usepackage",
    "documentclass",
    "pagestyle",
}
_FRAC = {"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"}
_TOKEN = re.compile(r"\\([A-Za-z]+)\*?[ \t\n]*|\\(.)|([{}^_~&$])|([^\\{}^_~&$]+)", re.DOTALL)
_WRAP = re.compile(r"\\begin\s*\{document\}(.*?)(?:\\end\s*\{document\}|\Z)", re.DOTALL)
_SPACED = ("=", "≈", "≤", "≥", "<", ">", "×", "→", "±", "~", "∝", "≡", "≠", "⇌")
_DEEPEST = 60


def line(source: str) -> str:
    """The formula or phrase `source` (TeX, with or without dollars) in plain characters."""
    if found := _WRAP.search(source):
        source = found[1]
    return re.sub(r"\s+", " ", _Reader(source).group("", 0)).strip()


class _Reader:
    """Reads TeX token by token."""

    def __init__(self, source: str) -> None:
        self.tokens = list(_TOKEN.finditer(source))
        self.at = 0

    def group(self, close: str, depth: int) -> str:
        """Everything up to `close`, which is taken too."""
        out: list[str] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token[3] == "}":
                self.at += 1
                if close:
                    break
                continue
            piece = self.piece(depth, "".join(out[-1:])[-1:])
            out.append(piece)
        return "".join(out)

    def piece(self, depth: int, before: str) -> str:
        """The next token, with its arguments."""
        token = self.tokens[self.at]
        self.at += 1
        if token[4] is not None:
            return token[4]
        if token[3] is not None:
            return self._sign(token[3], depth, before)
        if token[2] is not None:
            return self._command(token[2], depth)
        return self._command(token[1], depth)

    def _sign(self, sign: str, depth: int, before: str) -> str:
        if sign == "{":
            return self.group("}", depth + 1) if depth < _DEEPEST else ""
        if sign in "^_":
            inner = self.argument(depth)
            if inner in ("°", "′", "*", "†"):
                return inner
            return superscript(before or "x", inner) if sign == "^" else subscript(before, inner)
        return {"~": " ", "&": " ", "$": "", "}": ""}[sign]

    def _command(self, name: str, depth: int) -> str:
        if name in _SIGNS:
            sign = _SIGNS[name]
            return f" {sign} " if sign in _SPACED else sign
        if name in _SPACES:
            return " "
        if name in _SILENT:
            return ""
        if name in _DROPPED:
            self._option()
            self.argument(depth)
            return ""
        if name in _FRAC:
            over, under = self.argument(depth), self.argument(depth)
            return f"({over})/({under})" if len(over) + len(under) > 2 else f"{over}/{under}"
        if name == "sqrt":
            return f"sqrt({self.argument(depth)})"
        if name in _ACCENTS:
            base = self.argument(depth)
            return base[:1].replace("ı", "i") + _ACCENTS[name] + base[1:] if base.strip() else ""
        if len(name) == 1 and not name.isalpha():
            return name  # \% \& \{ \_
        opens = self.at < len(self.tokens) and self.tokens[self.at][3] == "{"
        return self.argument(depth) if opens else f" {name} "

    def _option(self) -> None:
        """Step over what stands in square brackets."""
        if self.at < len(self.tokens) and (self.tokens[self.at][4] or "").lstrip().startswith("["):
            text = self.tokens[self.at][4]
            end = text.find("]")
            if end >= 0 and text[end + 1 :]:
                self.tokens[self.at] = _rest(text[end + 1 :])
            else:
                self.at += 1

    def argument(self, depth: int) -> str:
        """A group in braces, or the next character or command."""
        if self.at >= len(self.tokens) or depth >= _DEEPEST:
            return ""
        token = self.tokens[self.at]
        if token[3] == "{":
            self.at += 1
            return self.group("}", depth + 1).strip()
        if token[4] is not None:
            text = token[4].lstrip()
            if len(text) <= 1:
                self.at += 1
                return text
            self.tokens[self.at] = _rest(text[1:])
            return text[0]
        return "" if token[3] == "}" else self.piece(depth + 1, "")


def _rest(text: str) -> re.Match[str]:
    found = _TOKEN.match(text)
    assert found is not None
    return found
