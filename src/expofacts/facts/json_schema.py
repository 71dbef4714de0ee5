"""The format of fact files as JSON Schema, for editors and other programs."""

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from expofacts.facts.kinds import FORMAT, KINDS, FactFile
from expofacts.facts.references import MARKS

_MARK = f"[{''.join(MARKS)}]"
_PARAPHRASES_HAVE_NO_MARKS = {
    "if": {"properties": {"speech": {"const": "indirect"}}},
    "then": {"properties": {"text": {"not": {"pattern": rf"^\s*{_MARK}([\s\S]*{_MARK})?\s*$"}}}},
}
_FACTS_NAME_THEIR_SOURCE_WHERE_THERE_IS_NOT_ONE = {
    "if": {"properties": {"sources": {"minItems": 1, "maxItems": 1}}, "required": ["sources"]},
    "else": {
        "properties": {table: {"items": {"required": ["source"]}} for table in KINDS.values()}
    },
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a fact file, from the model that validates it.

    It also has those rules of `check_collection` that can be seen in one file alone. What lies
    between records, such as references and ids that are there twice, no schema can say.
    """
    schema = TypeAdapter(FactFile).json_schema()
    schema["$defs"]["Quote"] |= _PARAPHRASES_HAVE_NO_MARKS
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        **schema,
        "title": f"expofacts fact file, format {FORMAT}",
        **_FACTS_NAME_THEIR_SOURCE_WHERE_THERE_IS_NOT_ONE,
    }
