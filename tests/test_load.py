"""Fact files as valid records, or every problem at once."""

import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expofacts.errors import FactFileError, Problem
from expofacts.facts.files import packaged, stamps
from expofacts.facts.load import load
from tests.conftest import TABLE_OF

DATA = Path(__file__).parent / "data"
VALID = sorted((DATA / "valid").glob("*.toml"))
INVALID = sorted((DATA / "invalid").glob("*.toml"))

Write = Callable[..., str]

QUOTE = '[[quotes]]\nid = "quote"\nspeaker = "A"\nspeech = "direct"\ntext = "a"\n'
STATISTIC = '[[statistics]]\nid = "figure"\nindicator = "i"\nname = "I"\nunit = "u"\nvalue = '
TOWN = '[[regions]]\nid = "town"\nname = "Town"\nlevel = "town"\n'


def problems(*paths: str) -> list[str]:
    """Return the problems of the fact files, each with the name of its file alone."""
    with pytest.raises(FactFileError) as raised:
        load(paths)
    text = str(raised.value)
    for path in paths:
        text = text.replace(f"{Path(path).parent}{os.sep}", "")
    return text.splitlines()


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_files_are_read(path: Path) -> None:
    assert load([str(path)]).keys() == {
        "sources", "regions", "quotes", "statistics", "infrastructure", "mechanisms",
        "texts",
    }  # fmt: skip


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_every_problem_of_an_invalid_file_is_named(path: Path) -> None:
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")
    assert problems(str(path)) == expected.splitlines()


def test_every_example_has_what_is_expected_of_it() -> None:
    assert {path.stem for path in INVALID} == {
        path.stem for path in (DATA / "invalid").glob("*.expected")
    }
    assert len(VALID) > 5


# What comes of a valid file


def test_records_have_what_the_file_has_in_its_order() -> None:
    collection = load([str(DATA / "valid" / "every-key.toml")])
    assert collection["sources"][0] == {
        "id": "gazette-2021",
        "publisher": "River Gazette",
        "title": "Ferry back on the river",
        "published": "2021-03",
        "place": "Northbank",
        "language": "sr-Latn-RS",
        "url": "HTTPS://gazette.example/2021/03?page=1#ferry",
        "text": "texts/gazette.txt",
        "note": "Seen in print.",
    }
    assert collection["quotes"][0]["as_of"] == "2021-03-03"
    assert collection["quotes"][0]["topics"] == ["ferries", "river-2021"]
    assert [fact["id"] for fact in collection["quotes"]] == [
        "ferry-runs-again", "passengers-are-pleased", "all-aboard",
    ]  # fmt: skip
    assert [fact["value"] for fact in collection["statistics"]] == [
        41_500, Decimal("2.50"), Decimal("-15"), 0, 255,
    ]  # fmt: skip
    assert str(collection["statistics"][1]["value"]) == "2.50"
    assert collection["statistics"][2]["period"] == "2021-03-01"
    assert collection["infrastructure"][0]["happened"] == "2021-03-01"


def test_a_fact_has_the_day_of_its_source_unless_it_has_its_own(write: Write) -> None:
    own = QUOTE.replace('"quote"', '"own"') + "as_of = 2019-06-01\n"
    (given_none, given_own) = load([write(QUOTE + own)])["quotes"]
    assert (given_none["source"], given_none["as_of"]) == ("source", "2019-06-18")
    assert (given_own["source"], given_own["as_of"]) == ("source", "2019-06-01")


def test_a_text_stays_as_it_is_written() -> None:
    (quote,) = load([str(DATA / "valid" / "headers-inside-texts.toml")])["quotes"]
    assert quote["text"] == '"""\n[[quotes]]\nspeech = "loud"\n'


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("18_446_744_073_709_551_617", 2**64 + 1),
        ("-9223372036854775809", -(2**63) - 1),
        ("9" * 30, 10**30 - 1),
        ("0.1", Decimal("0.1")),
        ("119.850", Decimal("119.850")),
        ("1_000.5", Decimal("1000.5")),
        ("1e29", Decimal("1e29")),
        ("0." + "0" * 29 + "1", Decimal("1e-30")),
        ("123456789012345678.901234567891", Decimal("123456789012345678.901234567891")),
    ],
)
def test_numbers_are_exact(write: Write, written: str, value: int | Decimal) -> None:
    (statistic,) = load([write(STATISTIC + written)])["statistics"]
    assert statistic["value"] == value
    assert type(statistic["value"]) is type(value)
    assert str(statistic["value"]) == str(value)


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    path = tmp_path / "mark.toml"
    path.write_bytes(b"\xef\xbb\xbfformat = 1\n")
    assert load([str(path)])["quotes"] == []
    path.write_bytes(b"\xef\xbb\xbffermat = 1\n")
    assert problems(str(path))[0].startswith('mark.toml:1:1: E111 unknown key "fermat"')
    path.write_bytes(b"\xef\xbb\xbf\xef\xbb\xbfformat = 1\n")
    assert problems(str(path)) == ["mark.toml:1:1: E103 not TOML: Invalid statement"]


@pytest.mark.parametrize("path", [*VALID, *INVALID], ids=lambda path: path.stem)
def test_lines_may_end_as_on_windows(path: Path, tmp_path: Path) -> None:
    other = tmp_path / path.name
    other.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    if path in VALID:
        # Only the folder is another one.
        assert load([str(other)]) | {"texts": []} == load([str(path)]) | {"texts": []}
    else:
        # An end of line inside one names the bytes, which differ.
        lines = path.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
        assert [line.partition(": E103 not TOML: ")[0] for line in problems(str(other))] == [
            line.partition(": E103 not TOML: ")[0] for line in lines
        ]


def test_links_of_facts_may_lead_into_other_files(write: Write) -> None:
    fact = QUOTE + 'source = "source"\nregions = ["town"]\n'
    files = [
        write("format = 1\n" + fact, "a.toml", bare=True),
        write("format = 1\n" + TOWN + 'within = ["land"]', "b.toml", bare=True),
        write(TOWN.replace("town", "land").replace("Town", "Land"), "c.toml"),
    ]
    for paths in (files, files[::-1]):
        (quote,) = load(paths)["quotes"]
        assert (quote["source"], quote["as_of"]) == ("source", "2019-06-18")


def test_a_fact_has_the_one_source_of_its_own_file(write: Write) -> None:
    other = 'format = 1\nsources = [{ id = "other", publisher = "P", published = "2020" }]\n'
    second = write(other + QUOTE.replace('"quote"', '"second"'), "b.toml", bare=True)
    paths = [write(QUOTE), second]
    assert [fact["source"] for fact in load(paths)["quotes"]] == ["source", "other"]
    assert [fact["as_of"] for fact in load(paths[::-1])["quotes"]] == ["2020", "2019-06-18"]


def test_an_empty_table_of_sources_is_no_source(write: Write) -> None:
    empty = "format = 1\nsources = []\n"
    named = write(empty + QUOTE + 'source = "source"', "a.toml", bare=True)
    assert load([named, write("", "b.toml")])["quotes"][0]["source"] == "source"
    unnamed = write(empty + QUOTE, "a.toml", bare=True)
    assert problems(unnamed, write("", "b.toml")) == [
        'a.toml:3:1: E134 missing key "source": this file has no source'
    ]


def test_the_facts_that_come_with_expofacts_are_valid() -> None:
    assert load([stamp.path for stamp in stamps([packaged()])])["quotes"]


# What is wrong in several files


def test_an_id_is_taken_once_over_all_files(write: Write) -> None:
    paths = [write(QUOTE, "b.toml"), write(QUOTE.replace("[[", "\n[["), "a.toml")]
    assert problems(*paths) == [
        'a.toml:3:6: E131 id "source" is taken already, at b.toml:3:6',
        'a.toml:8:6: E131 id "quote" is taken already, at b.toml:7:6',
    ]


def test_a_link_that_no_file_has_is_wrong(write: Write) -> None:
    far = "format = 1\n" + QUOTE + 'source = "sorce"\nregions = ["twon"]\n'
    assert problems(write(TOWN), write(far, "b.toml", bare=True)) == [
        'b.toml:7:10: E132 unknown source "sorce"; did you mean source?',
        'b.toml:8:12: E133 unknown region "twon"; did you mean town?',
    ]


def test_names_of_regions_lead_to_one_region_over_all_files(write: Write) -> None:
    other = TOWN.replace("town", "village").replace("Town", "Village")
    paths = [
        write(TOWN + 'aliases = ["Stadt"]\niso = "RV-T"'),
        write(
            "format = 1\n" + other + 'aliases = ["STADT", "rv t", "T.O.W.N"]', "b.toml", bare=True
        ),
    ]
    assert problems(*paths) == [
        'b.toml:6:12: E136 "STADT" is a name of region "town" already ("Stadt")',
        'b.toml:6:21: E136 "rv t" is a name of region "town" already ("RV-T")',
        'b.toml:6:29: E136 "T.O.W.N" is a name of region "town" already ("town")',
    ]


def test_regions_of_several_files_in_a_circle(write: Write) -> None:
    one = TOWN + 'within = ["land"]\n'
    other = TOWN.replace("town", "land").replace("Town", "Land") + 'within = ["town"]\n'
    (problem,) = problems(write(one), write("format = 1\n" + other, "b.toml", bare=True))
    assert problem.endswith(
        ": E137 regions lie within each other in a circle: town in land in town"
    )


def test_a_fact_needs_a_day_where_a_source_of_another_file_has_none(write: Write) -> None:
    dateless = 'format = 1\nsources = [{ id = "dateless", publisher = "P" }]\n'
    paths = [write(QUOTE + 'source = "dateless"'), write(dateless, "b.toml", bare=True)]
    assert problems(*paths) == [
        'facts.toml:6:1: E135 missing key "as_of": source "dateless" has no "published"'
    ]


@pytest.mark.parametrize("unread", ["format = 2\n", "format = \n", None])
def test_a_link_into_a_file_that_was_not_read_is_not_wrong(
    write: Write, unread: str | None
) -> None:
    far = write("format = 1\n" + QUOTE + 'source = "x"\ntone = "glad"\n', "a.toml", bare=True)
    other = write(unread or "", "b.toml", bare=True)
    if unread is None:
        Path(other).unlink()
    first, second = problems(far, other)
    assert first == 'a.toml:8:1: E111 unknown key "tone"'
    assert second.startswith("b.toml")


def test_all_problems_of_all_files_come_sorted(write: Write) -> None:
    bad = 'format = 1\n\n[[quotes]]\nid = "X"\n'
    paths = [write(bad, f"{name}.toml", bare=True) for name in "cab"]
    paths.append(write("x", "d.toml", bare=True))
    with pytest.raises(FactFileError) as raised:
        load(paths)
    found = raised.value.problems
    assert list(found) == sorted(found)
    # Of an id that is not valid it is said all the same that it is taken.
    assert [problem.code for problem in found].count("E131") == 2
    assert len(found) == 3 * 5 + 1 + 2
    assert raised.value.exit_code == 3


def test_a_problem_of_a_file_that_is_named_twice_is_said_once(write: Write) -> None:
    path = write(QUOTE + "paragraph = 0\n")
    assert problems(path, path) == [
        'facts.toml:11:13: E122 "paragraph" must be a whole number from 1 up'
    ]


# Files that would hang or crash a reader


@pytest.mark.parametrize("depth", [1_000, 10_000, 100_000])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [("[", "]"), ("[", ""), ("{a=", "}"), ("{a=", ""), ("[{a=", "}]"), ("[[],", "]")],
)
def test_nesting_without_end(write: Write, opening: str, closing: str, depth: int) -> None:
    path = write(f'note = "[ {{ \u2028 \x85"\nx = {opening * depth}{closing * depth}\n')
    assert problems(path) == ["facts.toml:7:1: E104 nested too deep"]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a=", "}")])
def test_brackets_that_are_closed_do_not_count(write: Write, opening: str, closing: str) -> None:
    deep, shallow = (f"x = {opening * n}1{closing * n}\n" for n in (1_000, 3))
    assert problems(write(shallow + deep + shallow * 1_000)) == [
        "facts.toml:7:1: E104 nested too deep"
    ]


def test_nesting_over_many_lines(write: Write) -> None:
    (problem,) = problems(write("x = " + "[\n" * 10_000 + "]\n" * 10_000))
    assert problem == "facts.toml:10005:1: E104 nested too deep"


@pytest.mark.parametrize("line", ["{} = 1", "[{}]", "[[{}]]", "x = {{ {} = 1 }}"])
@pytest.mark.parametrize("depth", [10_000, 100_000])
def test_keys_of_thousands_of_parts(write: Write, line: str, depth: int) -> None:
    path = write('note = "a. b. c."\n' + line.format(".".join(["a"] * depth)) + "\n")
    assert problems(path) == ["facts.toml:7:1: E104 nested too deep"]


@pytest.mark.parametrize("line", ["{} = 1\n", "[{}]\n", "[[{}]]\n"])
def test_keys_of_hundreds_of_parts(write: Write, line: str) -> None:
    path = write(TOWN + "[regions.deep]\n" + line.format(".".join(["regions"] * 900)))
    assert problems(path)[0] == 'facts.toml:10:1: E111 unknown key "deep"'


@pytest.mark.parametrize("number", ["1" * 5_000, "-" + "1" * 5_000, "1" + "_1" * 5_000])
def test_an_integer_of_thousands_of_digits(write: Write, number: str) -> None:
    (problem,) = problems(write(STATISTIC + number))
    column = 10 if number.startswith("-") else 9
    assert problem == f"facts.toml:11:{column}: E105 a number of thousands of digits"


@pytest.mark.parametrize("number", ["0x" + "f" * 5_000, "0b" + "1" * 100_000, "1." + "1" * 5_000])
def test_other_numbers_of_thousands_of_digits(write: Write, number: str) -> None:
    assert problems(write(STATISTIC + number)) == [
        'facts.toml:11:9: E122 "value" must have at most 30 digits'
    ]


def test_a_paragraph_of_thousands_of_digits(write: Write) -> None:
    assert problems(write(QUOTE + "paragraph = 0x" + "f" * 5_000)) == [
        'facts.toml:11:13: E122 "paragraph" must have at most 30 digits'
    ]


def test_what_is_named_in_a_problem_stays_in_its_line(write: Write) -> None:
    (problem,) = problems(write(QUOTE + '"a\\nfacts.toml:1:1: b" = 1\n'))
    assert problem == 'facts.toml:11:1: E111 unknown key "a␊facts.toml:1:1: b"'


def test_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "missing.toml"
    assert problems(str(missing), str(tmp_path)) == [
        f"{tmp_path.name}: E101 cannot be read: Is a directory",
        "missing.toml: E101 cannot be read: No such file or directory",
    ]


# What holds for any file

EVERY_KEY = (DATA / "valid" / "every-key.toml").read_bytes()
PIECES = st.sampled_from(
    [b"", b"[", b"]", b"[[", b"{", b"}", b"=", b".", b'"', b"'''", b'"""', b",", b"#", b"\n", b"\r",
     b"\0", b"\xff", b"\xef\xbb\xbf", b"1", b"-", b"nan", b"true", b"[]", b"{}", b'""', b"0x",
     b"1e99", b"[[quotes]]\n", b"[quotes]\n", b"[sources.x]\n", b"id = ", b"x.y = 1\n", b"\\",
     b"2021-02-30", "\u2028北".encode(), b"format = 2\n", b"within", b'["northbank"]', b"source"]
)  # fmt: skip


def ends_well(path: Path, source: bytes) -> None:
    """Assert that a file ends in a collection, or in problems that lie within it."""
    path.write_bytes(source)
    problems: tuple[Problem, ...] = ()
    facts = []
    try:
        collection = load([str(path)])
        facts = [fact for table in TABLE_OF.values() for fact in collection[table]]
    except FactFileError as error:
        problems = error.problems or (Problem("none named", 0, 0, ""),)
    assert all(fact["source"] and fact["as_of"] for fact in facts)
    lines = source.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    for problem in problems:
        assert problem.file == str(path)
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a file that may be written over."""
    return tmp_path_factory.mktemp("scratch") / "facts.toml"


@settings(max_examples=300, deadline=None)
@given(source=st.one_of(st.binary(), st.text().map(str.encode), st.lists(PIECES).map(b"".join)))
def test_any_bytes_end_well(scratch: Path, source: bytes) -> None:
    ends_well(scratch, source)


@settings(max_examples=300, deadline=None)
@given(
    changes=st.lists(
        st.tuples(
            st.integers(0, len(EVERY_KEY)), st.integers(0, 20), PIECES | st.binary(max_size=3)
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_change_to_a_valid_file_ends_well(
    scratch: Path, changes: list[tuple[int, int, bytes]]
) -> None:
    source = EVERY_KEY
    for start, length, piece in changes:
        source = source[:start] + piece + source[start + length :]
    ends_well(scratch, source)


VALUES = st.recursive(
    st.sampled_from(
        ["1", "-1", "true", "nan", '""', '"a"', '"northbank"', "2021-01-01", "1.5", "07:00:00"]
    ),
    lambda values: st.one_of(
        st.lists(values, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        values.map("{{ a = {} }}".format),
    ),
    max_leaves=4,
)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_value_for_any_key_ends_well(scratch: Path, data: st.DataObject) -> None:
    lines = EVERY_KEY.decode().splitlines()
    keys = [number for number, line in enumerate(lines) if " = " in line]
    for number in data.draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3)):
        lines[number] = f"{lines[number].partition(' = ')[0]} = {data.draw(VALUES)}"
    ends_well(scratch, "\n".join(lines).encode())


@pytest.mark.parametrize(("depth", "valid"), [(100, True), (101, False)])
def test_regions_are_not_nested_without_end(
    depth: int, valid: bool, write: Callable[..., str]
) -> None:
    regions = [
        f'[[regions]]\nid = "r{n}"\nname = "R"\nlevel = "x"\nwithin = ["r{n - 1}"]\n'
        for n in range(1, depth)
    ]
    path = write('[[regions]]\nid = "r0"\nname = "R"\nlevel = "x"\n' + "".join(regions))
    if valid:
        assert len(load([path])["regions"]) == depth
        return
    with pytest.raises(FactFileError, match=r"regions lie within each other 100 deep and more$"):
        load([path])
