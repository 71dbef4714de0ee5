"""Any collection that the model allows, as a strategy of hypothesis made from the model's keys."""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NotRequired, Required, get_args, get_origin

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from pydantic import StringConstraints, TypeAdapter, ValidationError, WithJsonSchema
from typing_extensions import get_type_hints

from expofacts.facts.accepted_values import PATTERNS
from expofacts.facts.folding import fold
from expofacts.facts.kinds import region_keys
from expofacts.facts.kinds import tables as declared
from expofacts.facts.model import TABLES
from expofacts.facts.references import MARKS
from tests.conftest import TABLE_OF

Record = dict[str, Any]
Tables = dict[str, list[Record]]

# Texts: whatever can be written down, with much that is a sign of something somewhere.
SIGNS = "ab \"'\\\n\t[]{}=#,.:-“”<>&|*`$\x00\x1b\x7f\u0085\u2028\u202e四Ёé"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9) | st.text(
    SIGNS, min_size=1, max_size=9
)
SLUGS = st.lists(st.text("ab09", min_size=1, max_size=3), min_size=1, max_size=2).map("-".join)

# What fits the patterns of the model, for hypothesis takes its time over regular expressions.
FITTING = {
    r"\S": TEXTS,
    **dict.fromkeys([pattern for pattern in PATTERNS if "a-z0-9]+(" in pattern], SLUGS),
    **dict.fromkeys(
        [pattern for pattern in PATTERNS if "://" in pattern],
        TEXTS.map(lambda text: "httpS://" + re.sub(r"[\s\x00-\x1f\x7f-\x9f]", "x", text)),
    ),
}

_DAYS = st.dates(min_value=date(1, 1, 1))
DATES = st.tuples(_DAYS, st.sampled_from([4, 7, 10])).map(lambda pair: str(pair[0])[: pair[1]])
QUARTERS = st.tuples(DATES, st.integers(1, 4)).map(lambda pair: f"{pair[0][:4]}-Q{pair[1]}")
PERIODS = st.tuples(DATES | QUARTERS, DATES | QUARTERS).map(lambda pair: "/".join(sorted(pair)))


def digits(*, negative: bool) -> SearchStrategy[int | Decimal]:
    """Return a strategy of numbers: whole ones, and ones with digits after the point."""
    whole = st.integers(-(10**30) + 1 if negative else 1, 10**30 - 1)
    signs = st.sampled_from(["", "-"] if negative else [""])
    parts = st.tuples(signs, st.integers(0, 10**14), st.text("0123456789", min_size=1, max_size=15))
    return whole | st.integers(1, 9) | parts.map(lambda part: Decimal("{}{}.{}".format(*part)))


def values(hint: Any) -> SearchStrategy[Any]:
    """Return a strategy of the values that a type of the model allows.

    Fails for a type that it does not know, so that no new key goes untested.
    """
    if get_origin(hint) in (Required, NotRequired):
        return values(get_args(hint)[0])
    origin, metadata = hint, getattr(hint, "__metadata__", ())
    if metadata:
        origin = hint.__origin__
    for about in metadata:
        if isinstance(about, WithJsonSchema):
            schema = about.json_schema or {}
            if schema["type"] == "number":
                return fitting(hint, digits(negative=schema["exclusiveMinimum"] != 0))
            periods = (QUARTERS, PERIODS) if "Q" in schema["pattern"] else ()
            return fitting(hint, st.one_of(_DAYS, DATES, *periods))
        if isinstance(about, StringConstraints):
            pattern = str(about.pattern)
            return fitting(hint, FITTING.get(pattern, st.from_regex(pattern, fullmatch=True)))
    if get_origin(origin) is list:
        least = 0 if fits(hint, []) else 1
        return st.lists(values(get_args(origin)[0]), min_size=least, max_size=3)
    if get_origin(origin) is Literal:
        return st.sampled_from(get_args(origin))
    if origin is bool:
        return st.booleans()
    if origin is int:
        return fitting(hint, st.integers(1, 99) | st.integers(1, 10**30 - 1))
    raise NotImplementedError(f"no values for {hint}")


def fitting(hint: Any, strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Return the strategy without what the model refuses."""
    return strategy.filter(lambda value: fits(hint, value))


def fits(hint: Any, value: Any) -> bool:
    try:
        adapter(hint).validate_python(value)
    except ValidationError:
        return False
    return True


@cache
def adapter(hint: Any) -> TypeAdapter[Any]:
    return TypeAdapter(hint)


@cache
def records(table: str) -> SearchStrategy[Record]:
    """Return a strategy of the records of a table, of which each key may be there or not."""
    kind = TABLES[table]
    hints = get_type_hints(kind, include_extras=True)
    needed = kind.__required_keys__  # type: ignore[attr-defined]  # a TypedDict
    return st.fixed_dictionaries(
        {key: values(hint) for key, hint in hints.items() if key in needed},
        optional={key: values(hint) for key, hint in hints.items() if key not in needed},
    )


@st.composite
def collections(draw: st.DrawFn) -> Tables:
    """Return the tables of a collection in which every reference leads somewhere."""
    tables = {
        table: draw(
            st.lists(records(table), min_size=int(table in ("sources", "regions")), max_size=2)
        )
        for table in TABLES
    }
    everything = [record for table in tables.values() for record in table]
    ids = draw(st.lists(SLUGS, unique_by=fold, min_size=len(everything), max_size=len(everything)))
    for record, id_ in zip(everything, ids, strict=True):
        record["id"] = id_
    settle_regions(draw, tables)
    for table in TABLE_OF.values():
        for fact in tables[table]:
            source = draw(st.sampled_from(tables["sources"]))
            if "source" in fact or len(tables["sources"]) > 1:
                fact["source"] = source["id"]
            if "published" not in source:
                fact.setdefault("as_of", "2019")
    for event in tables["events"]:
        if not event.keys() & {"held", "expected"}:
            event["held"] = draw(PERIODS)
    for quote in tables["quotes"]:
        if quote["speech"] == "indirect" and quote["text"].strip()[:1] in MARKS:
            quote["text"] = f"that {quote['text']}"
    return tables


def settle_regions(draw: st.DrawFn, tables: Tables) -> None:
    """Let what names regions name some that there are, and each name be of one region alone."""
    known = [region["id"] for region in tables["regions"]]
    for table, keys in {name: region_keys(kind) for name, kind in declared().items()}.items():
        for record in tables[table]:
            for key in keys:
                if key in record and table != "regions":
                    record[key] = [draw(st.sampled_from(known)) for _ in record[key]]
    taken = {fold(region[key]) for region in tables["regions"] for key in ("id", "name")}
    for n, region in enumerate(tables["regions"]):
        if "within" in region:
            region["within"] = known[:n]
        if "iso" in region and fold(region["iso"]) in taken:
            del region["iso"]
        taken.add(fold(region.get("iso", region["id"])))
        if "aliases" in region:
            free = {fold(name): name for name in region["aliases"] if fold(name) not in taken}
            region["aliases"] = list(free.values())
            taken |= free.keys()


def to_toml(tables: Tables) -> str:
    """Return the collection as a fact file."""
    parts = ["format = 1"]
    for table, entries in tables.items():
        for record in entries:
            parts.append(f"[[{table}]]")
            parts += [f"{key} = {toml_value(value)}" for key, value in record.items()]
    return "\n".join(parts) + "\n"


def toml_value(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():  # JSON's texts are TOML's, but for DEL
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case list():
            return f"[{', '.join(map(toml_value, value))}]"
        case _:
            return str(value)


def filled(tables: Tables) -> Tables:
    """Return the collection as it should be read: dates as texts, each fact with source and day."""
    published: Mapping[str, Any] = {s["id"]: s.get("published") for s in tables["sources"]}
    for table in TABLE_OF.values():
        for fact in tables[table]:
            fact.setdefault("source", tables["sources"][0]["id"])
            fact.setdefault("as_of", published[fact["source"]])
    return {
        table: [
            {k: v.isoformat() if isinstance(v, date) else v for k, v in record.items()}
            for record in entries
        ]
        for table, entries in tables.items()
    }
