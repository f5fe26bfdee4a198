"""Reading what the user named."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wellread.errors import InputError
from wellread.files import decode, existing, read_bytes, sha256

TEXT = "Größe 5 µm, 固体"


def test_existing_suggests_the_nearest_name(tmp_path):
    (tmp_path / "polyether").mkdir()
    with pytest.raises(InputError, match=r"no such file or folder: .*polyethr\. Did you mean '.*/polyether'\?"):
        existing(tmp_path / "polyethr")


def test_existing_says_that_the_folder_is_missing_too(tmp_path):
    with pytest.raises(InputError, match=r"The folder .*nowhere doesn't exist either"):
        existing(tmp_path / "nowhere" / "paper.md")


@pytest.mark.parametrize("name", ["x" * 5000, "~nobody-has-this-name/x", "a\0b", "", "bad\udcff"])
def test_impossible_names_are_one_line(name, tmp_path):
    with pytest.raises(InputError) as caught:
        existing(tmp_path / name / "y" if not name.startswith("~") else name)
    assert "\n" not in str(caught.value)


def test_read_bytes(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(b"x")
    assert read_bytes(path) == b"x"
    path.write_bytes(b"")
    with pytest.raises(InputError, match=r"a\.md is empty"):
        read_bytes(path)
    with pytest.raises(InputError, match="can't be read: Is a directory"):
        read_bytes(tmp_path)


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
)
def test_unicode_with_and_without_mark(raw):
    assert decode(raw, "x") == TEXT


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"ab\ncd\x00ef", r"x\.md is not text: it has byte 0x00 at offset 5, line 2"),
        (b"\x89PNG\r\n\x1a\n", "is not text"),
        (b"esc \x1b[0m", "byte 0x1b at offset 4"),
        ("\ufeffab\x02".encode("utf-16-le"), "byte 0x02"),
        ("a\nGröße".encode("latin-1"), r"is not UTF-8: byte 0xf6 at offset 4, line 2\. .*iconv"),
        (b"\xff\xfea\x00b", "is not UTF-16"),
        (b" \n\t \xc2\xa0", "only white space"),
        (codecs.BOM_UTF8, "only white space"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(raw, said):
    with pytest.raises(InputError, match=said):
        decode(raw, "x.md")


def test_form_feeds_are_text():
    assert decode(b"page 1\x0cpage 2", "x") == "page 1\x0cpage 2"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_one_clear_line(raw):
    try:
        text, said = decode(raw, "x"), "x is fine"
    except InputError as error:
        text, said = "refused", str(error)
    assert text.strip()
    assert said.startswith("x ")
    assert "\n" not in said


def test_sha256():
    assert sha256(b"abc").startswith("ba7816bf8f01cfea")
