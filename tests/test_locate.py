"""From the place of a value to its line and column."""

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from expofacts.facts.locate import Found, Place, locate

FILE = """\
format = 1
title.sub = "x"

[[records]]
id = "one" # [[records]]
  tags = [ # of the first
    "a", "б", # two
    "c",
  ]

[[records]]
"id" = '''
[[records]]
id = 5
''' # a text, not a record
\tnested.deep . key = { a = 1, 'b' = [2, { c = 3 }] }

[records.sub]
x = 1
[records.sub.more]
y = 2
[[records.list]]
z = 1
[[records.list]]
z = 2

[plain]
[plain."dot.ted".end]
"北" . "岸" = [[1], [2, 3]]
"""


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        (("format",), (1, 1), (1, 10)),
        (("title",), (2, 1), (2, 13)),
        (("title", "sub"), (2, 1), (2, 13)),
        (("records",), (4, 1), (4, 1)),
        (("records", 0), (4, 1), (4, 1)),
        (("records", 0, "id"), (5, 1), (5, 6)),
        (("records", 0, "tags"), (6, 3), (6, 10)),
        (("records", 0, "tags", 0), (7, 5), (7, 5)),
        (("records", 0, "tags", 1), (7, 10), (7, 10)),
        (("records", 0, "tags", 2), (8, 5), (8, 5)),
        (("records", 1), (11, 1), (11, 1)),
        (("records", 1, "id"), (12, 1), (12, 8)),
        (("records", 1, "nested"), (16, 2), (16, 22)),
        (("records", 1, "nested", "deep", "key"), (16, 2), (16, 22)),
        (("records", 1, "nested", "deep", "key", "a"), (16, 24), (16, 28)),
        (("records", 1, "nested", "deep", "key", "b", 0), (16, 38), (16, 38)),
        (("records", 1, "nested", "deep", "key", "b", 1), (16, 41), (16, 41)),
        (("records", 1, "nested", "deep", "key", "b", 1, "c"), (16, 43), (16, 47)),
        (("records", 1, "sub"), (18, 1), (18, 1)),
        (("records", 1, "sub", "x"), (19, 1), (19, 5)),
        (("records", 1, "sub", "more"), (20, 1), (20, 1)),
        (("records", 1, "sub", "more", "y"), (21, 1), (21, 5)),
        (("records", 1, "list"), (22, 1), (22, 1)),
        (("records", 1, "list", 0, "z"), (23, 1), (23, 5)),
        (("records", 1, "list", 1, "z"), (25, 1), (25, 5)),
        (("plain",), (27, 1), (27, 1)),
        (("plain", "dot.ted"), (28, 1), (28, 1)),
        (("plain", "dot.ted", "end"), (28, 1), (28, 1)),
        (("plain", "dot.ted", "end", "北", "岸"), (29, 1), (29, 13)),
        (("plain", "dot.ted", "end", "北", "岸", 1, 1), (29, 23), (29, 23)),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_positions_of_keys_and_values(
    place: Place, key: tuple[int, int], value: tuple[int, int], line_end: str
) -> None:
    source = FILE.replace("\n", line_end).encode()
    assert locate(source, [place])[place] == Found(key, value)


@pytest.mark.parametrize(
    "place",
    [("nothing",), ("format", 0), ("format", "x"), ("records", 2), ("records", 0, "tags", 3),
     ("records", 0, "nested"), ("records", 0, "sub"), ("records", 1, "list", 2),
     ("plain", "dot", "ted"), ("plain", "dot.ted", "end", "北", "岸", 0, 1)],
)  # fmt: skip
def test_what_the_file_does_not_have_is_left_out(place: Place) -> None:
    assert place not in locate(FILE.encode(), [place])


def test_what_lies_on_the_way_is_found_too_and_nothing_else() -> None:
    place = ("records", 0, "tags", 1)
    found = locate(FILE.encode(), [place, ("records", 7, "id")])
    assert found.keys() == {place[:end] for end in range(1, 5)}


def test_a_table_is_where_it_is_first_named() -> None:
    found = locate(b"[a.b]\nx = 1\n[a.c]\nx = 2\n[a]\ny = 1\n", [("a", "c", "x"), ("a", "y")])
    assert found["a",] == Found((1, 1), (1, 1))
    assert found["a", "c", "x"] == Found((4, 1), (4, 5))
    assert found["a", "y"] == Found((6, 1), (6, 5))


def test_columns_count_characters() -> None:
    found = locate('"𝒩é北" = { "Ä" = "北", b = 1 }'.encode(), [("𝒩é北", "b"), ("𝒩é北", "Ä")])
    assert found == {
        ("𝒩é北",): Found((1, 1), (1, 9)),
        ("𝒩é北", "Ä"): Found((1, 11), (1, 17)),
        ("𝒩é北", "b"): Found((1, 22), (1, 26)),
    }


def test_many_places_in_one_line() -> None:
    items = '"北", ' * 100_000
    found = locate(f"list = [{items}]".encode(), [("list", index) for index in range(100_000)])
    assert [found["list", index].value for index in range(100_000)] == [
        (1, 9 + 5 * index) for index in range(100_000)
    ]


def test_keys_in_quotation_marks_may_have_escapes() -> None:
    found = locate(rb'"t\u0061b\t" . x = 1', [("tab\t", "x")])
    assert found["tab\t", "x"] == Found((1, 1), (1, 20))


def test_keys_and_headers_of_thousands_of_parts() -> None:
    deep = ".".join(["a"] * 10_000)
    source = f"{deep}.b = 1\n[b.{deep}]\nx = 1\n[[b.c]]\ny = 1\n" + f"[b.c.{deep}]\n" * 30
    found = locate(source.encode(), [("a", "a"), ("b", "c", 0, "y")])
    assert found["a", "a"] == Found((1, 1), (1, 20_005))
    assert found["b", "c", 0, "y"] == Found((5, 1), (5, 5))


@pytest.mark.parametrize(
    "source",
    [
        r'1."\x41" = 1',
        '"\\e" = {\n"a" = "x"\n\n}\n',
        '["\\e"]\n\n["\\e"."a\\u0062"]\n',
        'a = {\n  b = "\\x41", # x\n}\n',
    ],
)
def test_what_only_toml_1_1_has_is_no_obstacle(source: str) -> None:
    assert tomli.loads(source)
    found = locate(source.encode(), [("a",), ("b",), ("A",), ("1", "A"), ("\x1b", "ab")])
    assert all(both.key[0] >= 1 for both in found.values())


BARE = st.sampled_from(["a", "b", '"a"', "'b'", r'"\u0061"', r'"\x41"', r'"\e"'])
KEYS = st.lists(BARE, min_size=1, max_size=3).map(" . ".join)
SPACE = st.sampled_from(["", " ", "\n", "\r\n", "\t", "# [[a]]\n", "\n\n"])
SCALARS = ["1", "'x'", '"北"', r'"\e["', "07:30", "true", "nan", "'''\n[[a]]\nb = 1'''"]


def _list(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.builds("{}{},{}".format, SPACE, values, SPACE)
    return st.builds("[{}]".format, st.lists(items, max_size=3).map("".join))


def _table(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.builds("{}{} = {}{}".format, SPACE, KEYS, values, SPACE)
    return st.builds("{{{}}}".format, st.lists(pairs, max_size=3).map(",".join))


VALUES = st.recursive(
    st.sampled_from(SCALARS), lambda values: _list(values) | _table(values), max_leaves=5
)
LINES = st.one_of(
    st.builds("{} = {}\n".format, KEYS, VALUES),
    st.builds("{} = {} # [[a]]\n".format, KEYS, VALUES),
    st.builds("[{}]\n".format, KEYS),
    st.builds("[[{}]] # a = 1\n".format, KEYS),
)
PLACES = st.lists(st.sampled_from(["a", "b", "A", "\x1b", 0, 1]), max_size=4).map(tuple)


@given(st.lists(LINES, max_size=6).map("".join), st.lists(PLACES))
def test_whatever_is_toml_can_be_looked_through(text: str, places: list[Place]) -> None:
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        return
    found = locate(text.encode(), places)
    lines = text.split("\n")
    for line, column in {position for both in found.values() for position in both}:
        assert 1 <= column <= len(lines[line - 1]) + 1
