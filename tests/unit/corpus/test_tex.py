"""TeX in plain characters."""

import pytest

from wellread.corpus.tex import line


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (r"10^{-3}~S~cm$^{-1}$", "10^-3 S cm^-1"),
        (r"Li$_7$La$_3$Zr$_2$O$_{12}$", "Li7La3Zr2O12"),
        (r"\frac{a}{b+c} + \frac12", "(a)/(b+c) + 1/2"),
        (r"25\,^{\circ}\mathrm{C}", "25 °C"),
        (r"25$^\circ$C", "25°C"),
        (r"\mathrm{Fm}\bar{3}\mathrm{m}", "Fm3\u0304m"),
        (r"x^2 \leq \sqrt{y_{i}}", "x^2 ≤ sqrt(yi)"),
        (r"G\"odel, \'{e}t\'e", "Go\u0308del, e\u0301te\u0301"),
        (r"50\% \& more", "50% & more"),
        (r"\documentclass{minimal}\begin{document}$$\alpha$$\end{document}", "α"),
        (r"\unknown{kept} and \other", "kept and other"),
        (r"\author[1]{A. B.}text", "text"),
        ("{{{{ }} a^", "a"),
        ("{" * 500 + "x", "x"),
    ],
)
def test_line(source, told):
    assert line(source) == told
