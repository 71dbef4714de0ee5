"""Fact files as a collection of valid records, or every problem at once."""

import functools
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

import tomli
from pydantic import TypeAdapter, ValidationError

from expofacts.errors import FactFileError, Problem
from expofacts.facts.accepted_values import DIGITS, PATTERNS
from expofacts.facts.files import is_stream, of_stream
from expofacts.facts.kinds import FORMAT, KINDS
from expofacts.facts.locate import Place, Position, locate, locate_statement
from expofacts.facts.model import TABLES, FactFile
from expofacts.facts.references import REFERENCES, Finding, Parsed, check_collection
from expofacts.facts.suggestions import did_you_mean

# The records of one or more fact files by table, in their order. Dates are ISO texts, numbers
# exact; each fact has its `source` and its `as_of`, given or not. `texts` has, for each source
# with a local copy of its text, `source`, its `path` as given, and the `folder` of the fact file.
Collection = dict[str, list[dict[str, Any]]]

# The codes of what our own validators refuse, by the types of their errors.
_CODES = {"date": "E120", "period": "E121", "number": "E122", "number_type": "E113"}

# The byte order mark that some editors put before a text.
MARK = b"\xef\xbb\xbf"

# Characters of a message.
_LONGEST = 500

_FROM_1 = "must be a whole number from 1 up"


def load(paths: Sequence[str]) -> Collection:
    """Return the records of the fact files.

    Raises FactFileError with every problem of every file; nothing of a bad file is used.
    """
    contents = read_files(paths)
    problems = [*contents.problems, *point(contents.findings, contents.texts)]
    if problems:
        raise FactFileError(sorted(set(problems)))
    return collect(contents.files)


class Contents(NamedTuple):
    """What fact files have in them: their bytes by path, those that are TOML, all errors.

    `problems` are those of files that cannot be read, `findings` all others.
    """

    texts: dict[str, bytes]
    files: list[Parsed]
    problems: list[Problem]
    findings: list[Finding]


def read_files(paths: Sequence[str], *, complete: bool = True) -> Contents:
    """Return the contents of the fact files; the collection is incomplete if files are missing."""
    contents = Contents({}, [], [], [])
    for path in paths:
        try:
            contents.texts[path] = read(path)
            tables, wrong = check_shape(path, parse(path, contents.texts[path]))
        except FactFileError as error:
            contents.problems.extend(error.problems)
            continue
        contents.findings.extend(wrong)
        if tables is not None:
            contents.files.append(Parsed(path, tables))
    complete = complete and len(contents.files) == len(paths)
    # A reference into a file that could not be read is not wrong for that.
    contents.findings.extend(
        finding
        for finding in check_collection(contents.files)
        if complete or finding.code not in REFERENCES
    )
    return contents


def read(path: str) -> bytes:
    """Return the bytes of a fact file without its byte order mark; raises FactFileError."""
    try:
        source = of_stream(path) if is_stream(path) else Path(path).read_bytes()
        return source.removeprefix(MARK)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise FactFileError([Problem(path, 0, 0, "E101", message)]) from None


def parse(path: str, source: bytes) -> dict[str, Any]:
    """Return the TOML document as it stands, numbers exact.

    Raises FactFileError with the place for anything that is not TOML, and for what would hang
    or crash: integers of thousands of digits, nesting without end.
    """
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        place = _end(source[: error.start].decode())
        message = f"not UTF-8: byte 0x{source[error.start]:02x}"
        raise FactFileError([Problem(path, *place, "E102", message)]) from None
    try:
        return tomli.loads(text, parse_float=_decimal)
    except tomli.TOMLDecodeError as error:
        problem = Problem(path, *_toml_place(error), "E103", f"not TOML: {error.msg}")
    except RecursionError:
        problem = Problem(path, _deepest_line(text), 1, "E104", "nested too deep")
    except ValueError:
        # int() refuses thousands of digits, without saying where they are.
        digits = re.search(r"[0-9][0-9_]{4000,}", text)
        place = _end(text[: digits.start()] if digits else "")
        problem = Problem(path, *place, "E105", "a number of thousands of digits")
    raise FactFileError([problem])


def _toml_place(error: tomli.TOMLDecodeError) -> Position:
    """Return where the mistake is; tomli points behind some, or even behind the end."""
    before = error.doc[: error.pos]
    if error.msg.startswith("Unescaped"):
        return _end(before[: before.rindex("\\")])
    if error.msg.startswith(("Cannot", "Duplicate")):  # what is said the second time
        return locate_statement(error.doc.encode(), len(before.encode()))
    return _end(before)


def _end(text: str) -> tuple[int, int]:
    """Return the line and column behind the text."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds; the model refuses what is not finite
        return Decimal("nan")


def _deepest_line(text: str) -> int:
    """Return the number of the line with the most brackets open, or dots in a key."""
    depth = 0
    depths = []
    for line in text.split("\n"):
        opened = line.count("[") + line.count("{")
        depths.append(depth + opened + line.count("."))
        depth += opened - line.count("]") - line.count("}")
    return depths.index(max(depths)) + 1


@functools.cache
def _model() -> TypeAdapter[Any]:
    return TypeAdapter(FactFile)


def check_shape(path: str, tables: dict[str, Any]) -> tuple[dict[str, Any] | None, list[Finding]]:
    """Return the tables as the model gives them, or else as they were with what is wrong.

    Of a file of another format only that is said, and no tables are returned, for nothing else
    can be known of it.
    """
    version = tables.get("format", FORMAT)
    if type(version) is not int or version != FORMAT:
        message = f"unknown format: this version of expofacts reads format = {FORMAT}"
        return None, [Finding(path, ("format",), "E106", message)]
    try:
        return _model().validate_python(tables), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        return tables, [_finding(path, entry, tables) for entry in found]


def _finding(path: str, error: Any, tables: dict[str, Any]) -> Finding:
    """Return a finding in the words of the format for an error of pydantic."""
    place: Place = error["loc"]
    key = str(place[-1])
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return Finding(path, place[:-1], "E112", f'missing key "{key}"')
        case "extra_forbidden":
            table = FactFile if len(place) == 1 else TABLES[str(place[0])]
            near = did_you_mean(key, list(table.__annotations__))
            return Finding(path, place, "E111", f'unknown key "{key}"{near}', at_key=True)
        case "literal_error":
            given: Any = tables
            for step in place:
                given = given[step]
            expected = re.findall(r"'([^']*)'", context["expected"])
            near = did_you_mean(given, expected) if isinstance(given, str) else ""
            code, message = "E115", f"must be {context['expected']}{near}"
        case "string_pattern_mismatch":
            code, message = PATTERNS[context["pattern"]]
        case "date" | "period" | "number" | "number_type":
            code, message = _CODES[error["type"]], error["msg"]
        case "string_type":
            code, message = "E113", "must be a text, in quotation marks"
        case "bool_type":
            code, message = "E113", "must be true or false"
        case "int_type":
            code, message = "E113", _FROM_1
        case "greater_than_equal":
            code, message = "E122", _FROM_1
        case "less_than":
            code, message = "E122", f"must have at most {DIGITS} digits"
        case "list_type" | "dict_type" if len(place) <= 2:
            code, message = "E113", f"must be a table of records: write [[{place[0]}]]"
        case "list_type":
            code, message = "E113", "must be a list, in square brackets"
        case "too_short":
            code, message = "E114", "must not be empty"
        case _:
            code, message = "E113", error["msg"]
    name = next((step for step in reversed(place) if isinstance(step, str)), "")
    return Finding(path, place, code, f'"{name}" {message}')


def point(findings: Sequence[Finding], texts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield the findings with line and column; each file is looked through once."""
    wanted: dict[str, list[Place]] = {}
    for finding in findings:
        for path, place in ((finding.file, finding.place), finding.other or ("", ())):
            wanted.setdefault(path, []).append(place)
    found = {path: locate(texts[path], places) for path, places in wanted.items() if path}

    def position(path: str, place: Place, at_key: bool = False) -> Position:
        # What the file does not have is missed where it would be.
        on_the_way = (place[:end] for end in range(len(place), 0, -1))
        known = next((found[path][step] for step in on_the_way if step in found[path]), None)
        return (known.key if at_key else known.value) if known else (1, 1)

    for finding in findings:
        message = finding.message
        if len(message) > _LONGEST:  # it names a key or a text that nobody wants to read whole
            message = f"{message[: _LONGEST // 2]} ... {message[-_LONGEST // 2 :]}"
        if finding.other:
            line, column = position(*finding.other)
            message += f"{finding.other[0]}:{line}:{column}"
        place = position(finding.file, finding.place, finding.at_key)
        yield Problem(finding.file, *place, finding.code, message)


def collect(files: Sequence[Parsed]) -> Collection:
    """Return all records; what a fact leaves out for its source to say is filled in."""
    tables: Collection = {
        table: [record for file in files for record in file.tables.get(table, ())]
        for table in TABLES
    }
    tables["texts"] = []
    for file in files:
        folder = os.fsencode(Path(file.path).absolute().parent)
        tables["texts"] += [
            {"source": source["id"], "folder": folder, "path": source["text"]}
            for source in file.tables.get("sources", ())
            if "text" in source
        ]
    sources = {source["id"]: source for source in tables["sources"]}
    for file in files:
        only = next((source["id"] for source in file.tables.get("sources", ())), None)
        fill_in(file.tables, only, sources)
    return tables


def fill_in(
    tables: Mapping[str, Any], only: str | None, sources: Mapping[str, Mapping[str, Any]]
) -> None:
    """Fill in what the facts of a file leave out for their source to say.

    `only` is the one source of the file, if it has just one; `sources` are those that are known.
    """
    for kind in KINDS.values():
        for fact in tables.get(kind.table, ()):
            if only:
                fact.setdefault("source", only)
            if "as_of" not in fact and (
                day := sources.get(fact.get("source"), {}).get("published")
            ):
                fact["as_of"] = day
