"""The model by which a fact file is validated, made from the declaration of its records."""

from typing import Annotated, Any, Literal

import typing_extensions as typing
from pydantic import ConfigDict, Field, with_config

from expofacts.facts import accepted_values
from expofacts.facts.key_markers import DERIVED, FILLED_IN, OF_SOURCE, Key, keys
from expofacts.facts.kinds import BASES, FORMAT, KINDS

# Type checkers know these as they are written, not as they are made.
_TypedDict: Any = typing.TypedDict
_Literal: Any = Literal
_Required: Any = typing.Required
_NotRequired: Any = typing.NotRequired
_Annotated: Any = Annotated
_List: Any = list


def _model(name: str, about: str | None, hints: dict[str, Any]) -> Any:
    model = _TypedDict(name, hints)
    model.__doc__ = about
    return with_config(ConfigDict(extra="forbid", strict=True))(model)


def _described(hint: Any, about: str, *, needed: bool, **more: Any) -> Any:
    described = _Annotated[hint, Field(description=about, **more)]
    return (_Required if needed else _NotRequired)[described]


def _hint(key: Key) -> Any:
    hint = getattr(accepted_values, key.value.name) if key.value else _Literal[key.words]
    more = {"min_length": 1} if key.many and key.needed else {}
    needed = key.needed and FILLED_IN not in key.marks
    return _described(_List[hint] if key.many else hint, key.about, needed=needed, **more)


def _written(record: type) -> dict[str, Any]:
    """Return the keys of a kind of record that stand in a fact file, as hints."""
    return {
        name: _hint(key)
        for name, key in keys(record).items()
        if DERIVED not in key.marks and OF_SOURCE not in key.marks
    }


_KINDS = (*BASES.values(), *KINDS.values())

# The models of the records, by their tables in a fact file.
TABLES: dict[str, Any] = {
    kind.table: _model(kind.record.__name__, kind.record.__doc__, _written(kind.record))
    for kind in _KINDS
}

FactFile = _model(
    "FactFile",
    "A fact file.",
    {"format": _described(_Literal[FORMAT], "Version of the format", needed=True)}
    | {
        kind.table: _described(_List[TABLES[kind.table]], kind.about, needed=False)
        for kind in _KINDS
    },
)
