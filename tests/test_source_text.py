"""The texts of sources: which files are read, and what their paragraphs are."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from expofacts.verify import source_text
from expofacts.verify.source_text import TextError, decode, paragraphs, read_beside, read_given

MARKDOWN = """\
---
title: "not of the *text*"
---
# The *first* bridge #

She **added** that the [Far _East_](https://a.example/b_c "title") has kept snake_case\\
and 5 * 3 \\* ![a caption](picture.png) of [it][1], `code` <b>bold</b> &amp; more.[^1]
Two more lines[1] of it.

> A quotation
> goes on

- one item
- another
  goes on
2019 was wet.
1. first
2. second

Setext
------
In
2019. That was a year.

```
printed as it is
```
* * *
[1]: https://a.example
"""

HTML = """\
<!DOCTYPE html><html><head><title>no</title><style>p { color: red }</style></head>
<body><script>document.write("<p>no</p>")</script><!-- no -->
<h1>The first&nbsp;bridge</h1><p>One &ldquo;word&rdquo; in
<b>bo</b>ld<br>and <q>another</q>.<p>Two &lt;three&gt; ca&shy;fé<br/><br/>Four
<ul><li>five<li>six</ul><table><tr><td>a<td>b</table>
<template>no</template><noscript>no</noscript></body></html>
"""


def problem(call: Callable[[], object]) -> str:
    """Return what is wrong with a text."""
    with pytest.raises(TextError) as raised:
        call()
    return str(raised.value)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a\nb\nc", ["a", "b", "c"]),
        ("a\nb\n\nc\n", ["a\nb", "c"]),
        ("\n\n a\nb\n \n", [" a", "b"]),
        ("a\r\n\r\nb\r\nc", ["a", "b\nc"]),
        ("a\n\t\u00a0\nb", ["a", "b"]),
        ("a\n\n\n\nb", ["a", "b"]),
        ("a\u2029b", ["a", "b"]),
        ("", []),
        (" \n\n ", []),
        ("one", ["one"]),
    ],
)
def test_paragraphs_stand_between_blank_lines_or_are_lines(given: str, expected: list[str]) -> None:
    assert paragraphs(given) == expected


def test_markdown_is_read_without_its_markup() -> None:
    assert paragraphs(MARKDOWN, ".md") == [
        "The first bridge",
        "She added that the Far East has kept snake_case\n"
        "and 5 * 3 * a caption of it, code bold & more.\nTwo more lines of it.",
        "A quotation\ngoes on",
        "one item",
        "another\n  goes on\n2019 was wet.",
        "first",
        "second",
        "Setext",
        "In\n2019. That was a year.",
        "printed as it is",
    ]
    assert paragraphs("*a*\n\nb", ".txt") == ["*a*", "b"]


@pytest.mark.parametrize("ending", [".html", ".HTM", ".xhtml", ".txt", ""])
def test_html_is_read_as_a_reader_sees_it(ending: str) -> None:
    assert [" ".join(one.split()) for one in paragraphs(HTML, ending)] == [
        "The first bridge",
        "One “word” in bold and “another”.",
        "Two <three> ca\u00adfé",
        "Four",
        "five",
        "six",
        "a b",
    ]


def test_a_tag_in_a_plain_text_is_its_own() -> None:
    assert paragraphs("<p> is a tag\n\nof <html>", ".txt") == ["<p> is a tag", "of <html>"]


@pytest.mark.parametrize(
    "piece",
    ["<", "<!", "<p", "<p a=", "</", "<!--", "<script>", "<q>", "&", "&#", "<?", "<![CDATA["],
)
def test_html_that_is_never_closed_is_read(piece: str) -> None:
    # Were each piece looked at again for every other, this would take minutes.
    assert paragraphs(f"<html><p>One</p>{piece * 100_000}")[0] == "One"


def test_what_a_comment_says_is_not_seen() -> None:
    page = "<html><p>a<!-- <p>no</p> --> b < c<!-- <!-- no --><p title='>'>d<!-- no"
    assert paragraphs(page) == ["a b < c", "d"]


def test_what_is_no_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decode("\ufeffa".encode(), "a.txt") == "a"
    assert problem(lambda: decode(b"\xff\xfea\0", "a.txt")) == '"a.txt" is not text in UTF-8'
    assert problem(lambda: decode(b"a\0b", "a.txt")) == '"a.txt" is not text: it has a NUL'
    monkeypatch.setattr(source_text, "LARGEST", 3)
    assert decode(b"abc", "a.txt") == "abc"
    assert problem(lambda: decode(b"abcd", "a.txt")) == '"a.txt" is larger than 0 MB'


def test_a_fact_files_text_is_within_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "a.txt").write_text("in it", "utf-8")
    (tmp_path / "outside.txt").write_text("out of it", "utf-8")
    (folder / "link.txt").symlink_to(folder / "texts" / "a.txt")
    (folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "up").symlink_to(tmp_path)
    (folder / "circle").symlink_to(folder / "circle")
    os.mkfifo(folder / "pipe")
    for path in ("texts/a.txt", "./texts/../texts/a.txt", "link.txt"):
        assert read_beside(folder, path) == ["in it"]
    outside = "is outside the folder of the fact file"
    for path in ("../outside.txt", "out.txt", "up/outside.txt", "texts/../../outside.txt"):
        assert problem(lambda path=path: read_beside(folder, path)) == f'"{path}" {outside}'
    for path in (str(folder / "texts" / "a.txt"), "a\0b"):
        expected = f'"{path}" is not a path relative to the fact file'
        assert problem(lambda path=path: read_beside(folder, path)) == expected
    assert problem(lambda: read_beside(folder, "pipe")) == '"pipe" is not a regular file'
    for path in ("none.txt", "texts", "circle"):
        assert problem(lambda path=path: read_beside(folder, path)).startswith(
            f'"{path}" cannot be read: '
        )


def test_a_folder_that_is_a_link_is_still_the_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("in it", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert read_beside(tmp_path / "link", "a.txt") == ["in it"]


def test_a_text_that_the_user_names_may_be_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("*in* it", "utf-8")
    (tmp_path / "link.md").symlink_to(path)
    assert read_given(str(path)) == read_given(str(tmp_path / "link.md")) == ["in it"]
    for wrong in (tmp_path, tmp_path / "none", "a\0b"):
        assert "cannot be read: " in problem(lambda wrong=wrong: read_given(str(wrong)))
