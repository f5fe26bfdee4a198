"""What a file is, whatever its name."""

import pytest

from wellread.corpus.form import form


@pytest.mark.parametrize(
    ("head", "kind", "root"),
    [
        (b"%PDF-1.7\n", "pdf", ""),
        (b"junk before\n%PDF-1.4", "pdf", ""),
        (b"<?xml version='1.0'?><!DOCTYPE article><article>", "xml", "article"),
        ('<?xml version="1.0"?><TEI xmlns="x">'.encode("utf-16"), "xml", "TEI"),
        (b"<!-- c --><ns:article xmlns:ns='x'>", "xml", "article"),
        (b"\xef\xbb\xbf  <!DOCTYPE html>\n<html>", "html", "html"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", "html", "html"),
        (b"<div><p>x", "html", "div"),
        (b'{"title": 1}', "json", ""),
        (b' [ {"title": 1}', "json", ""),
        (b"% c\n\\documentclass{a}", "latex", ""),
        (b"# Heading on \\section{x}\n", "text", ""),
        (b"[1] A reference, {not} JSON", "text", ""),
        (b"words", "text", ""),
        (b"< 5 % of it", "text", ""),
        (b"\x89PNG\r\n\x00", "binary", ""),
        (b" \n", "empty", ""),
        (b"", "empty", ""),
    ],
)
def test_form(head, kind, root):
    found = form(head)
    assert (found.kind, found.root) == (kind, root)
