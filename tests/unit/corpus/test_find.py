"""Which files are read, and what is said about the others."""

import pytest

from wellread.corpus.config import CorpusConfig
from wellread.corpus.find import find
from wellread.errors import InputError


@pytest.fixture
def folder(tmp_path):
    """A paper told three ways, with a sub-folder and things that aren't texts."""
    root = tmp_path / "polyether"
    (root / "languages").mkdir(parents=True)
    (root / ".git").mkdir()
    for name in ("qa.md", "original.md", "article.txt", "languages/de.md", "figure.png", ".hidden.md", ".git/x.md"):
        (root / name).write_text("# Title\n\nText.", encoding="utf-8")
    (root / "questions.jsonl").write_text("{}", encoding="utf-8")
    return root


def one(path, **settings):
    (paper,) = find(CorpusConfig(papers=(str(path),), **settings))
    return paper


def names(paper):
    return [telling.name for telling in paper.tellings]


def refusal(*paths, **settings):
    with pytest.raises(InputError) as caught:
        find(CorpusConfig(papers=tuple(str(path) for path in paths), **settings))
    said = str(caught.value)
    assert "\n" not in said
    return said


def test_a_folder_is_one_paper_original_first(folder):
    paper = one(folder)
    assert paper.id == "polyether"
    assert names(paper) == ["original", "article", "qa"]
    assert [path.name for path, _ in paper.rejected] == ["figure.png"]
    assert "format not read; read are HTML (.html, .htm), JATS XML" in paper.rejected[0][1]
    assert paper.not_read == [folder / "languages"]


def test_recursive_reads_sub_folders_as_tellings(folder):
    (folder / "languages" / "loop").symlink_to(folder)
    paper = one(folder, recursive=True)
    assert names(paper) == ["original", "article", "languages/de", "qa"]
    assert paper.not_read == [folder / "languages" / "loop"]


def test_texts_choose_and_order(folder):
    assert names(one(folder, texts=("qa", "original"))) == ["qa", "original"]
    assert "has no telling 'orignal'. Did you mean 'original'? Known: article, original, qa" in refusal(
        folder, texts=("orignal",)
    )
    assert "Sub-folders are read with recursive." in refusal(folder, texts=("languages/de",))
    assert "twice" in refusal(folder, texts=("qa", "qa"))


def test_texts_concern_folders_only(folder):
    assert names(one(folder / "article.txt", texts=("qa",))) == ["article"]


def test_a_file_is_a_paper(folder):
    paper = one(folder / "article.txt")
    assert (paper.id, names(paper), paper.rejected, paper.not_read) == ("article", ["article"], [], [])


def test_a_folder_named_by_a_dot(folder, monkeypatch):
    monkeypatch.chdir(folder / "languages")
    assert one(".").id == "languages"
    assert one("..").id == "polyether"


def test_content_decides_about_xml(tmp_path):
    path = tmp_path / "paper.txt"
    path.write_text('<?xml version="1.0"?><article/>', encoding="utf-8")
    assert one(path).tellings[0].parser.__name__.endswith("jats")
    path.write_text("Title\n\n<article> is a tag.", encoding="utf-8")
    assert one(path).tellings[0].parser.__name__.endswith("text")


def test_papers_of_one_name_get_the_folder_above(tmp_path):
    for name in ("PMC1", "PMC2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "fulltext.md").write_text("text", encoding="utf-8")
    (tmp_path / "other.md").write_text("text", encoding="utf-8")
    paths = [tmp_path / "PMC1" / "fulltext.md", tmp_path / "other.md", tmp_path / "PMC2" / "fulltext.md"]
    papers = find(CorpusConfig(papers=tuple(str(path) for path in paths)))
    assert [paper.id for paper in papers] == ["PMC1-fulltext", "other", "PMC2-fulltext"]


def test_papers_that_can_not_be_told_apart(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name / "same").mkdir(parents=True)
        (tmp_path / name / "same" / "x.md").write_text("text", encoding="utf-8")
    said = refusal(tmp_path / "a" / "same" / "x.md", tmp_path / "b" / "same" / "x.md")
    assert "would both be the paper 'same-x'. Rename one" in said


def test_a_file_read_twice(folder):
    assert "is read twice" in refusal(folder, folder / "qa.md")
    assert "is read twice" in refusal(folder, f"{folder}/../polyether")


def test_two_files_of_one_telling(folder):
    (folder / "qa.txt").write_text("text", encoding="utf-8")
    assert "qa.md and qa.txt would both be the telling 'qa'" in refusal(folder)


def test_missing(folder):
    assert f"Did you mean '{folder}'?" in refusal(folder.parent / "polyethr")


def test_formats_that_are_not_read(folder):
    said = refusal(folder / "figure.png")
    assert "figure.png can't be read as a paper. Formats read: HTML (.html, .htm), JATS XML (.xml, .nxml), " in said
    assert "plain text (.txt, .text)" in said
    assert "Give questions with their own setting" in refusal(folder / "questions.jsonl")


def test_a_folder_without_texts(tmp_path, folder):
    empty = tmp_path / "empty"
    empty.mkdir()
    assert f"no texts in {empty}. Formats read" in refusal(empty)
    (empty / "scan.png").write_bytes(b"\x89PNG")
    assert "It holds scan.png. Formats read" in refusal(empty)
    assert f"Name its sub-folders ({empty}, {folder}) as papers, or read them with recursive" in refusal(tmp_path)


def test_things_that_are_no_files(folder):
    (folder / "broken.md").symlink_to(folder / "nowhere")
    assert ("broken.md", "neither a file nor a folder") in [(p.name, why) for p, why in one(folder).rejected]


def test_a_name_that_is_not_text(folder):
    (folder / "bad\udcff.md").write_text("text", encoding="utf-8")
    assert "has a name that isn't UTF-8" in refusal(folder)
