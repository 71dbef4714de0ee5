"""The generated collections that speed is measured on."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from expofacts.facts.load import load
from tests.conftest import TABLE_OF


@pytest.fixture(scope="module")
def collection() -> ModuleType:
    path = Path(__file__).parents[1] / "benchmarks" / "collection.py"
    spec = importlib.util.spec_from_file_location("collection", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("files", [1, 10])
def test_it_is_valid_and_has_as_many_facts_as_asked_for(
    collection: ModuleType, tmp_path: Path, files: int
) -> None:
    paths = collection.write(tmp_path / "new", 456, files)
    assert len(paths) == files
    facts = load([str(path) for path in paths])
    assert sum(len(facts[table]) for table in TABLE_OF.values()) == 456
    assert all(len(facts[table]) > 20 for table in TABLE_OF.values())
    assert len(facts["regions"]) == 60
    assert len({region["level"] for region in facts["regions"]}) == 3
    assert len({quote["speaker"] for quote in facts["quotes"]}) > 5
    assert len(facts["sources"]) > 4
    assert any("[[quotes]]" in fact.get("note", "") for fact in facts["quotes"])


def test_the_same_numbers_give_the_same_facts(collection: ModuleType, tmp_path: Path) -> None:
    texts = [
        collection.write(tmp_path / name, 60, 1, seed)[0].read_text("utf-8")
        for name, seed in (("one", 7), ("same", 7), ("other", 8))
    ]
    assert texts[0] == texts[1]
    assert texts[0] != texts[2]
