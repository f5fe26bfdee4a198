"""Every kind of bad input ends as a reject with its reason, and the run goes on."""

import contextlib
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from wellread.cli import app
from wellread.errors import InputError
from wellread.runs.jsonl import read_rows
from wellread.testing.papers import jats

BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><article><p>&y;</p></article>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><article><p>&x;</p></article>'
# name -> content and a word of the reason
FILES = {
    "zero.xml": (b"", "empty"),
    "zero.pdf": (b"", "empty"),
    "white.txt": (b" \n\n", "white space"),
    "truncated.xml": (jats(1)[:3000], "broken XML"),
    "entities.xml": (BOMB, "entities"),
    "outside.xml": (OUTSIDE, "entities"),
    "picture.xml": (b"\x89PNG\r\n\x1a\n" + bytes(200), ""),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(200), "format not read"),
    "latin.txt": ("Größe der Körner. ".encode("latin-1") * 50, "UTF-8"),
    "short.md": (b"# Erratum\n\nPage 3.", "length"),
    "half.md": (b"# A paper\n\n" + "\ud800 ".encode("utf-8", "surrogatepass") * 80, ""),
    "not.zip": (b"PK\x03\x04" + bytes(300), "broken archive"),
    "deep.html": (b"<html><body>" + b"<div>" * 200_000, ""),
}


def ingest(place: Path, *args: str) -> dict:
    printed = io.StringIO()
    with contextlib.chdir(place), contextlib.redirect_stdout(printed):
        app(["ingest", *args, "--json"], standalone_mode=False)
    return json.loads(printed.getvalue().splitlines()[-1])


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("bad")
    papers = place / "papers"
    (papers / "sub").mkdir(parents=True)
    for name, (raw, _) in FILES.items():
        (papers / name).write_bytes(raw)
    (papers / "good.xml").write_bytes(jats(7))
    (papers / "wrong_name.pdf").write_bytes(jats(8))
    (papers / "again.xml").write_bytes(jats(9, doi="10.5555/made.7"))
    (papers / "sub" / "loop").symlink_to(papers)
    (papers / "me").symlink_to(papers / "me")
    (papers / "\udcff.xml").write_bytes(jats(5))
    os.mkfifo(papers / "pipe")
    with tarfile.open(papers / "oa.tar.gz", "w:gz") as archive:
        for name, raw in (
            ("PMC1/PMC1.nxml", jats(20)),
            ("../up.xml", jats(21)),
            ("PMC1/fig.jpg", b"\xff\xd8\xff\xe0" * 9),
        ):
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    dump = [
        {"title": f"Paper {n}", "abstract": f"In run {n} the garnet was pressed and heated. " * 9} for n in range(3)
    ]
    lines = [*map(json.dumps, dump), '{"title": "cut', "[1, 2]", '{"title": "No text"}']
    (papers / "dump.jsonl").write_text("\n".join(lines))
    with tarfile.open(papers / "packed.tar", "w") as archive:
        raw = json.dumps(
            {"title": "Packed", "introduction": "Within the archive, the garnet was ground. " * 9}
        ).encode()
        info = tarfile.TarInfo("in/dump.jsonl")
        info.size = len(raw)
        archive.addfile(info, io.BytesIO(raw))
    with zipfile.ZipFile(papers / "bombs.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.xml", bytes(60_000_000))
        archive.writestr("nested.zip", (papers / "not.zip").read_bytes())
        archive.writestr("good.xml", jats(22))
    return place


@pytest.fixture(scope="module")
def made(place: Path) -> dict:
    return ingest(place, "papers", "--out", "corpus")


def test_the_good_ones_are_in(place: Path, made: dict) -> None:
    ids = {paper["id"] for paper in read_rows(place / "corpus/data/papers.jsonl.zst")}
    assert ids >= {f"10.5555/made.{n}" for n in (7, 8, 20, 22)}
    titles = {paper["title"] for paper in read_rows(place / "corpus/data/papers.jsonl.zst")}
    assert titles >= {"Paper 0", "Packed"}
    assert not ids & {f"10.5555/made.{n}" for n in (5, 9, 21)}


def test_the_bad_ones_are_out_each_with_its_reason(place: Path, made: dict) -> None:
    said = {row["what"]: row for row in read_rows(place / "corpus/rejected/papers.jsonl.zst")}
    assert sum(made["rejected"].values()) == len(said)
    expected = {f"papers/{name}": reason for name, (_, reason) in FILES.items()} | {
        "papers/sub/loop": "link to a folder",
        "papers/me": "broken link",
        "papers/\\udcff.xml": "name is not UTF-8",
        "papers/pipe": "no file",
        "papers/oa.tar.gz!../up.xml": "path climbs out of the archive",
        "papers/oa.tar.gz!PMC1/fig.jpg": "format not read",
        "papers/bombs.zip!zeros.xml": "archive bomb",
        "papers/bombs.zip!nested.zip": "archive in an archive",
        "papers/dump.jsonl record 4": "broken JSON",
        "papers/dump.jsonl record 5": "no JSON object",
    }
    for what, reason in expected.items():
        assert reason in said[what]["reason"], (what, said[what])
        assert said[what]["detail"]
    assert "same DOI" in {row["reason"] for row in said.values()}
    for reason in made["rejected"]:  # a reason is a kind: it names no file and no place in it
        assert len(reason) < 61
        assert "papers/" not in reason
    assert not any("/tmp" in row["detail"] or str(place) in row["detail"] for row in said.values())


def test_strict_makes_them_fatal(place: Path, made: dict) -> None:
    with pytest.raises(InputError) as caught:
        ingest(place, "papers", "--out", "corpus", "--strict")  # known from before
    assert "without --strict" in str(caught.value)
    with pytest.raises(InputError, match=r"zero\.xml: empty"):
        ingest(place, "papers/zero.xml", "papers/good.xml", "--out", "strict", "--strict")
    with pytest.raises(InputError, match="same DOI"):
        ingest(place, "papers/again.xml", "papers/good.xml", "--out", "stricter", "--strict")
    row = ingest(place, "papers/short.md", "papers/good.xml", "--out", "strictest", "--strict")
    assert row["rejected"] == {"length": 1}  # not wanted isn't bad
