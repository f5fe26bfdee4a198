"""Archives: members in, attacks out."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from wellread.corpus.ingest.archives import content, is_archive, members
from wellread.errors import InputError


def listed(path: Path) -> dict[str, object]:
    return {
        member.name: member.refusal.reason if member.refusal else content(member, 10**6) for member in members(path)
    }


def tar(path: Path, files: dict[str, bytes], mode: str = "w:gz", *more: tarfile.TarInfo) -> Path:
    with tarfile.open(path, mode) as archive:
        for name, raw in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
        for info in more:
            archive.addfile(info)
    return path


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar(tmp_path: Path, mode: str) -> None:
    link = tarfile.TarInfo("link.xml")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    path = tar(tmp_path / "a", {"in/a.xml": b"one", "../b.xml": b"two", "/c.xml": b"three", ".d.xml": b""}, mode, link)
    assert is_archive(path.read_bytes()[:4096])
    assert listed(path) == {
        "in/a.xml": b"one",
        "../b.xml": "path climbs out of the archive",
        "/c.xml": "path climbs out of the archive",
        "link.xml": "link in an archive",
    }


def test_zip(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("in/a.xml", "../b.xml", "C:\\c.xml", "__MACOSX/d.xml", "in/"):
            archive.writestr(name, b"" if name.endswith("/") else b"one")
        archive.writestr("bomb.txt", bytes(60_000_000))
    climbs = "path climbs out of the archive"
    assert listed(path) == {"in/a.xml": b"one", "../b.xml": climbs, "C:\\c.xml": climbs, "bomb.txt": "archive bomb"}


def test_a_bomb_in_a_stream(tmp_path: Path) -> None:
    path = tar(tmp_path / "bomb.tar.gz", {"a.txt": b"small", "zeros.txt": bytes(60_000_000)})
    found = members(path)
    assert content(next(found), 100) == b"small"
    with pytest.raises(InputError, match="archive bomb"):
        content(next(found), 10**9)


def test_a_single_compressed_file(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"title": "x"}'))
    assert listed(path) == {"dump.jsonl": b'{"title": "x"}'}


@pytest.mark.parametrize("cut", [30, 200])
@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_truncated(tmp_path: Path, kind: str, cut: int) -> None:
    path = tmp_path / f"a.{kind}"
    noise = {f"{n}.txt": bytes((n * k * k) % 251 for k in range(3000)) for n in range(1, 5)}
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name, raw in noise.items():
                archive.writestr(name, raw)
    else:
        tar(path, noise)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(InputError, match="broken"):
        listed(path)


def test_an_office_document_is_no_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
    with pytest.raises(InputError, match="office document"):
        listed(tmp_path / "a.docx")
