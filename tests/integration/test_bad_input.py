"""Every mistake ends in one line that says what, where and what to do; exit code 2; nothing half-written."""

import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "# Quor\n\nQuor melts at 146 °C. Quor is made in fluorobenzene.\n"
QUESTION = '{"id": "q1", "question": "At what temperature does Quor melt?", "keywords": ["146 °C"]}\n'


def wellread(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wellread", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=120)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    paper = tmp_path / "paper"
    paper.mkdir()
    (paper / "original.md").write_text(TEXT)
    (paper / "questions.jsonl").write_text(QUESTION)
    return tmp_path


def write(name: str, content: str | bytes):
    def make(place: Path) -> None:
        path = place / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return make


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><article><p>&y;</p></article>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><article><p>&x;</p></article>'


@pytest.mark.parametrize(
    ("prepare", "args", "says"),
    [
        (None, ["teach", "papre"], ["papre", "paper"]),
        (write("empty.md", ""), ["teach", "empty.md"], ["empty.md", "empty"]),
        (write("blank.md", " \n\n"), ["teach", "blank.md"], ["blank.md"]),
        (write("binary.md", b"\x00\x01\x02PNG" * 50), ["teach", "binary.md"], ["binary.md"]),
        (write("latin.md", "Schmelzpunkt über 100 °C".encode("latin-1")), ["teach", "latin.md"], ["latin.md", "UTF-8"]),
        (write("broken.xml", "<article><p>no end"), ["teach", "broken.xml"], ["broken.xml", "line 1"]),
        (write("bomb.xml", BOMB), ["teach", "bomb.xml"], ["bomb.xml", "entit"]),
        (write("outside.xml", OUTSIDE), ["teach", "outside.xml"], ["outside.xml", "entit"]),
        (write("nothing/pic.png", b"\x89PNG\r\n\x1a\n"), ["teach", "nothing"], ["nothing"]),
        (write("q.jsonl", QUESTION + "{broken\n"), ["teach", "paper", "--questions", "q.jsonl"], ["q.jsonl", "line 2"]),
        (
            write("q.jsonl", '{"id": "a", "question": "What?"}\n'),
            ["teach", "paper", "--questions", "q.jsonl"],
            ["line 1", "keywords"],
        ),
        (write("q.jsonl", QUESTION * 2), ["teach", "paper", "--questions", "q.jsonl"], ["q1", "line 2"]),
        (None, ["teach", "paper", "--questions", "none.jsonl"], ["none.jsonl"]),
        (None, ["teach", "paper", "--texts", "orignal"], ["orignal", "original"]),
        (None, ["teach", "paper", "--model", "bundeld"], ["bundeld", "bundled"]),
        (None, ["teach", "paper", "--model", "./nowhere"], ["nowhere"]),
        (None, ["teach", "paper", "--model", "nowhere.gguf"], ["nowhere.gguf"]),
        (write("bad.gguf", b"GGUF nonsense"), ["teach", "paper", "--model", "bad.gguf"], ["bad.gguf"]),
        (None, ["teach", "paper", "--views", "clozes"], ["clozes", "cloze"]),
        (None, ["teach", "paper", "--set", "train.epoch=3"], ["train.epoch", "epochs"]),
        (None, ["teach", "paper", "--set", "train.epochs=0"], ["train.epochs"]),
        (None, ["teach", "paper", "--set", "epochs"], ["name=value"]),
        (None, ["teach", "paper", "--set", "rehearse.prompts=none.txt"], ["none.txt", "prompt"]),
        (None, ["teach", "paper", "--set", "train.lora.groups=[w]"], ["'w'", "gate"]),
        (None, ["teach", "paper", "--device", "tpu"], ["device"]),
        (
            write("r.yaml", "corpus: {papers: [paper]}\ntrian: {epochs: 2}\n"),
            ["run", "r.yaml"],
            ["r.yaml", "trian", "train"],
        ),
        (write("r.yaml", "corpus: [\n"), ["run", "r.yaml"], ["r.yaml", "YAML"]),
        (None, ["run", "none.yaml"], ["none.yaml"]),
        (None, ["ask", "runs/none", "What?"], ["runs/none"]),
        (None, ["report", "runs/none"], ["runs/none"]),
        (None, ["why", "runs/none", "train"], ["runs/none"]),
    ],
)
def test_one_line_exit_2_nothing_left(place: Path, prepare, args: list[str], says: list[str]) -> None:
    if prepare:
        prepare(place)
    before = sorted(place.rglob("*"))
    done = wellread(*args, cwd=place)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert done.stderr.startswith("wellread: ")
    for word in says:
        assert word in done.stderr
    assert sorted(place.rglob("*")) == before


def test_another_folder_is_not_overwritten(place: Path) -> None:
    (place / "thesis").mkdir()
    (place / "thesis" / "chapter1.tex").write_text("mine")
    done = wellread("teach", "paper", "--out", "thesis", cwd=place)
    assert done.returncode == 2
    assert "not a wellread run" in done.stderr
    assert [p.name for p in (place / "thesis").iterdir()] == ["chapter1.tex"]
