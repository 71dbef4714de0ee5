"""The JSON Schema and the loader agree, as a real validator of TOML sees it."""

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from typing_extensions import get_type_hints

from expofacts.errors import FactFileError
from expofacts.facts.json_schema import json_schema
from expofacts.facts.load import load
from expofacts.facts.model import TABLES, FactFile
from tests.conftest import Result

ROOT = Path(__file__).parents[1]
VALID = sorted((ROOT / "tests" / "data" / "valid").glob("*.toml"))
INVALID = sorted((ROOT / "tests" / "data" / "invalid").glob("*.toml"))
SHIPPED = sorted((ROOT / "data").rglob("*.toml"))

# What a schema cannot say, by the code of the problem, and why.
BEYOND_A_SCHEMA = {
    "E105": "Taplo reads integers beyond 64 bits as the largest ones that it has",
    "E131": "an id that is there twice: two records",
    "E132": "a source that no file has: another record",
    "E133": "a region that no file has: another record",
    "E135": "whether the source of a fact has a date: another record",
    "E136": "a name that two regions have: two records",
    "E137": "regions in a circle: several records",
    "E138": "regions within each other too deep: several records",
}
# The same for single lines of the examples.
ROUNDED = "Taplo rounds: how many digits a number has is not known afterwards"
ORDER = "a period that ends before it begins: no schema compares two parts of a text"
BEYOND_A_SCHEMA_HERE = {
    ("format-decimal", 1): "1.0 is 1 to JSON Schema",
    ("paragraph", 27): "1.0 is a whole number to JSON Schema",
    ("latin-1", 12): "Taplo says of the file as a whole that it is not UTF-8",
    ("not-closed-at-the-end", 10): "Taplo points at where the text begins, we at where it ends",
    **{("numbers", line): ROUNDED for line in (76, 83, 90, 104, 118, 132, 139)},
    **{("periods", line): ORDER for line in (46, 54, 62)},
    ("source-of-wrong-types", 12): "a time of day is a text to validators of TOML",
    ("texts-empty", 12): "a wide space is none to the expressions of Taplo",
}
# Files that Taplo cannot read, or not in time.
BEYOND_TAPLO = {
    "keys-in-quotation-marks": "Taplo 0.9.3 cannot read 'key' = 'value'",
    "nested-too-deep": "Taplo refuses it too, but takes half a minute",
}


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    """Return a file with the schema."""
    path = tmp_path / "expofacts.schema.json"
    path.write_text(json.dumps(json_schema()), "utf-8")
    return path


def taplo(*arguments: object, cwd: Path = ROOT) -> tuple[int, str]:
    """Return the exit code of Taplo's check, and what it says."""
    program = Path(sys.executable).with_name("taplo")
    done = subprocess.run(
        [program, "check", *map(str, arguments)],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.fixture
def refused(schema: Path) -> Callable[[list[Path]], dict[str, set[int]]]:
    """Return a function that says which files Taplo refuses, with the lines that it points at."""

    def check(files: list[Path]) -> dict[str, set[int]]:
        _, said = taplo("--no-auto-config", "--schema", schema.as_uri(), *files)
        lines: dict[str, set[int]] = defaultdict(set)
        for path in re.findall(r'invalid file error=.*? path="(.*?)"', said):
            lines[path] = set()
        for path, line in re.findall(r"┌─ (.*?):(\d+):\d+", said):
            lines[path].add(int(line))
        return dict(lines)

    return check


def test_shipped_and_valid_files_pass(
    refused: Callable[[list[Path]], dict[str, set[int]]],
) -> None:
    assert SHIPPED
    wrong = refused([*SHIPPED, *VALID])
    assert {Path(path).stem for path in wrong} == {"keys-in-quotation-marks"} < BEYOND_TAPLO.keys()


def test_every_problem_of_which_a_schema_can_speak_is_seen_on_its_line(
    refused: Callable[[list[Path]], dict[str, set[int]]],
) -> None:
    examples = [path for path in INVALID if path.stem not in BEYOND_TAPLO]
    seen = refused(examples)
    missed = {}
    for path in examples:
        with pytest.raises(FactFileError) as raised:
            load([str(path)])
        for problem in raised.value.problems:
            if problem.line not in seen.get(str(path), ()) and problem.code not in BEYOND_A_SCHEMA:
                missed[path.stem, problem.line] = problem
    # Both ways: a new example that the schema misses fails, and so does a reason without one.
    assert missed.keys() == BEYOND_A_SCHEMA_HERE.keys(), missed


def test_no_code_that_a_schema_can_speak_of_is_among_the_others() -> None:
    expected = "".join(path.with_suffix(".expected").read_text("utf-8") for path in INVALID)
    assert set(BEYOND_A_SCHEMA) <= set(re.findall(r" (E\d{3}) ", expected))


@cache
def described() -> dict[str, dict[str, object]]:
    return {table: json_schema()["$defs"][kind.__name__] for table, kind in TABLES.items()}


@pytest.mark.parametrize("table", TABLES)
def test_every_key_is_described(table: str) -> None:
    schema = described()[table]
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert set(properties) == set(get_type_hints(TABLES[table]))
    assert schema["additionalProperties"] is False
    for key in properties.values():
        assert {"title", "description", "type"} <= key.keys()
        assert key["type"] in ("boolean", "integer") or key.keys() & {
            *("pattern", "enum", "items", "exclusiveMaximum"),
        }


def test_every_table_is_described() -> None:
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(schema["properties"]) == list(FactFile.__annotations__)
    assert all(key["description"] for key in schema["properties"].values())


def test_the_command_prints_it(run: Callable[..., Result]) -> None:
    result = run("schema")
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out) == json_schema()


# Dates, days that no calendar has, and what is written in another way.
@pytest.mark.parametrize(
    ("key", "value", "fits"),
    [
        *(("published", value, True) for value in ("2019-06-18", '"2019-06"', '"2019"')),
        ("published", '"2020-02-29"', True),
        *(("published", f'"{text}"', False) for text in ("2019-02-29", "2019-13", "0000")),
        *(("published", f'"{text}"', False) for text in ("2019-6", "20190618", "2018-Q1", "")),
        ("published", "2019-06-18T10:00:00", False),
        ("published", "2019", False),
        ("language", '"zh-Hans"', True),
        ("language", '"chinese?"', False),
        ("url", '"HTTPS://a.example"', True),
        ("url", '"ftp://a.example"', False),
        ("url", '"http://a b"', False),
    ],
)
def test_a_value_fits_the_schema_where_it_fits_the_loader(
    key: str,
    value: str,
    fits: bool,
    write: Callable[..., str],
    refused: Callable[[list[Path]], dict[str, set[int]]],
) -> None:
    path = write(
        f'format = 1\n[[sources]]\nid = "s"\npublisher = "P"\n{key} = {value}\n', bare=True
    )
    assert (refused([Path(path)]) == {}) == fits
    if fits:
        load([path])
    else:
        with pytest.raises(FactFileError):
            load([path])


def test_editors_find_the_schema_as_the_page_says(schema: Path) -> None:
    page = (ROOT / "docs" / "format.md").read_text("utf-8")
    section = page[page.index("## In an editor") :]
    comment, settings = re.findall(
        r"^    (?:#:schema.*|\[\[rule(?:.|\n    |\n\n    )*)", section, re.M
    )
    folder = schema.parent
    facts = folder / "facts.toml"
    facts.write_text("format = 2\n", "utf-8")
    assert taplo("facts.toml", cwd=folder)[0] == 0  # for it knows no schema yet
    (folder / ".taplo.toml").write_text(re.sub("^    ", "", settings, flags=re.M), "utf-8")
    assert "1 was expected" in taplo("facts.toml", cwd=folder)[1]
    (folder / ".taplo.toml").unlink()
    facts.write_text(f"{comment.strip()}\nformat = 2\n", "utf-8")
    assert "1 was expected" in taplo("facts.toml", cwd=folder)[1]
