"""Figures as files: PNG pictures and CSV tables of the numbers that they show."""

import csv
import os
import re
from collections.abc import Mapping
from pathlib import Path

from wellread.errors import InputError
from wellread.report.drawing import Drawing

_HERE = Path(__file__).parent
ZOOM = 2  # pixels per unit of a drawing, so that print doesn't show them
FONT = "Noto Sans, DejaVu Sans, Liberation Sans, Helvetica, Arial, sans-serif"


def write_png(folder: Path, drawings: Mapping[str, Drawing]) -> list[Path]:
    """One NAME.png for each drawing. Raises InputError where what draws them isn't installed."""
    try:
        import resvg_py
    except ImportError:
        raise InputError(
            "--png needs resvg_py, which isn't installed", "Install it: pip install 'wellread[png]'"
        ) from None
    _made(folder)
    made = []
    for name, drawing in drawings.items():
        made.append(folder / f"{name}.png")
        made[-1].write_bytes(bytes(resvg_py.svg_to_bytes(svg_string=standalone(drawing.svg), zoom=ZOOM)))
    return made


def write_csv(folder: Path, drawings: Mapping[str, Drawing]) -> list[Path]:
    """One NAME.csv for each drawing; what isn't known is an empty cell."""
    _made(folder)
    made = []
    for name, drawing in drawings.items():
        made.append(folder / f"{name}.csv")
        with made[-1].open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(drawing.columns)
            rows.writerows(drawing.rows)
    return made


def writable_folder(folder: Path) -> bool:
    """Whether `folder` is there, or could be made, and files can be put into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _made(folder: Path) -> None:
    if not writable_folder(folder):
        raise InputError(f"{folder} is no folder that figures can be put into", "Choose another place.")


def standalone(svg: str) -> str:
    """A drawing as an SVG file of its own: light colours, a background, the styles inside."""
    svg = str(svg)  # a Markup would escape what is put into it
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    assert box
    colours = dict(
        re.findall(r"(--[\w]+): ([^;]+);", (_HERE / "page.css").read_text(encoding="utf-8").split("@media", 1)[0])
    )
    style = (_HERE / "figures.css").read_text(encoding="utf-8")
    style = re.sub(r"var\((--\w+)\)", lambda m: FONT if m[1] == "--text" else colours[m[1]], style)
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.S)
    root = f'<svg xmlns="http://www.w3.org/2000/svg" width="{box[1]}" height="{box[2]}" color="{colours["--ink"]}" '
    root += f'font-family="{FONT}" font-size="14" '
    inside = f'<style>{style}</style><rect width="{box[1]}" height="{box[2]}" fill="{colours["--paper"]}"/>'
    svg = svg.replace("<svg ", root, 1)
    return svg.replace(">", ">" + inside, 1)
