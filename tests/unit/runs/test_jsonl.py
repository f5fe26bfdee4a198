from pathlib import Path

import pytest

from wellread.errors import InputError
from wellread.records import Passage
from wellread.runs.jsonl import read_records, read_rows, write_records

P = Passage(id="p/a", paper="p", telling="a", title="Ä", text="zwei\nZeilen µ 塩", source="a.md", sha256="0")


@pytest.mark.parametrize("name", ["x.jsonl", "x.jsonl.zst"])
def test_there_and_back(tmp_path: Path, name: str) -> None:
    assert write_records(tmp_path / "deep" / name, [P, P]) == 2
    assert read_records(tmp_path / "deep" / name, Passage) == [P, P]


def test_nothing_half_written(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.zst"
    write_records(path, [P])

    def dies():
        yield P
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_records(path, dies())
    assert len(list(read_rows(path))) == 1


def test_a_damaged_file_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.zst"
    path.write_bytes(b"no zstd at all")
    with pytest.raises(InputError, match=r"x\.jsonl\.zst: damaged"):
        list(read_rows(path))
