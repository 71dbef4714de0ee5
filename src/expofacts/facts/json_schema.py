"""The format of fact files as JSON Schema, for editors and other programs."""

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from expofacts.facts.kinds import FORMAT, KINDS
from expofacts.facts.model import FactFile
from expofacts.facts.references import MARKS

_MARK = f"[{''.join(MARKS)}]"
_PARAPHRASES_HAVE_NO_MARKS = {
    "if": {"properties": {"speech": {"const": "indirect"}}},
    "then": {"properties": {"text": {"not": {"pattern": rf"^\s*{_MARK}([\s\S]*{_MARK})?\s*$"}}}},
}
_FACTS_NAME_THEIR_SOURCE_WHERE_THERE_IS_NOT_ONE = {
    "if": {"properties": {"sources": {"minItems": 1, "maxItems": 1}}, "required": ["sources"]},
    "else": {
        "properties": {kind.table: {"items": {"required": ["source"]}} for kind in KINDS.values()}
    },
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a fact file, from the model that validates it.

    It also has those rules of `check_collection` that can be seen in one file alone. What lies
    between records, such as references and ids that are there twice, no schema can say.
    """
    schema = TypeAdapter(FactFile).json_schema()
    schema["$defs"]["Quote"] |= _PARAPHRASES_HAVE_NO_MARKS
    for kind in KINDS.values():
        if kind.one_of:
            alternatives = [{"required": [key]} for key in kind.one_of]
            schema["$defs"][kind.record.__name__]["anyOf"] = alternatives
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        **schema,
        "title": f"expofacts fact file, format {FORMAT}",
        **_FACTS_NAME_THEIR_SOURCE_WHERE_THERE_IS_NOT_ONE,
    }
