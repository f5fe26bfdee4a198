"""Which files there are."""

import itertools
import os
import subprocess
from pathlib import Path

from wellread.corpus.ingest.walk import walk


def found(*roots: Path, out: Path = Path("/nowhere")) -> dict[str, str | None]:
    return {file.source: file.refusal.reason if file.refusal else None for file in walk(list(roots), out)}


def test_folders_links_and_odd_names(tmp_path: Path) -> None:
    top = tmp_path / "top"
    (top / "a" / "b").mkdir(parents=True)
    for name in ("x.xml", "a/y.xml", "a/b/z.xml", ".hidden", "a/.git"):
        (top / name).write_text("text")
    (top / "a" / "loop").symlink_to(top)
    (top / "self").symlink_to(top / "self")
    (top / "gone").symlink_to(tmp_path / "nowhere")
    (top / "link.xml").symlink_to(top / "x.xml")
    os.mkfifo(top / "pipe")
    (top / "\udcff\udcfe.xml").write_text("text")
    (top / "out").mkdir()
    (top / "out" / "data.xml").write_text("ours")
    assert found(top, top / "x.xml", out=top / "out") == {
        "top/x.xml": None,
        "top/a/y.xml": None,
        "top/a/b/z.xml": None,
        "top/link.xml": None,
        "top/a/loop": "link to a folder",
        "top/self": "broken link",
        "top/gone": "broken link",
        "top/pipe": "no file",
        "top/\\udcff\\udcfe.xml": "name is not UTF-8",
        "x.xml": None,
    }


def test_deeper_than_python_recurses(tmp_path: Path) -> None:
    here = Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(1200):
            Path("d").mkdir()
            os.chdir("d")
        Path("x.xml").write_text("text")
        os.chdir(here)
        assert [Path(name).name for name in found(tmp_path)] == ["x.xml"]
    finally:
        os.chdir(here)
        subprocess.run(["rm", "-r", str(tmp_path / "d")], check=True)  # Python's own clean-up recurses


def test_streams(tmp_path: Path) -> None:
    for n in range(3000):
        (tmp_path / f"{n}.txt").touch()
    assert len(list(itertools.islice(walk([tmp_path], tmp_path / "out"), 10))) == 10
