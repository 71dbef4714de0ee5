"""Facts to paste: sentences with their attribution and place, and references for bibliographies."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from jsonschema import validate

from expofacts.view.citation import STYLES
from tests.conftest import Result

FACTS = r"""
format = 1
[[sources]]
id = "courier"
publisher = "Tarn Courier"
title = "Two towns, one ferry"
published = 2024-03-05
place = "Tarn"
language = "en"
url = "https://example.org/a_b{c}<d>?x=1%20y&z=~"
[[sources]]
id = "daily"
publisher = "黑龙江日报"
title = "首届{中俄}博览会 100% \\ #1_a ~^ & \"$\""
published = "2014-07"
language = "zh"
[[sources]]
id = "port"
publisher = "Port of *Tarn*"
[[sources]]
id = "yearbook"
publisher = "Statistics of Tarn"
published = "2023"

[[regions]]
id = "tarn"
name = "Tarn"
level = "city"
[[regions]]
id = "miret"
name = "Miret"
level = "city"

[[quotes]]
id = "partial"
source = "courier"
speaker = "Mara Ilves"
role = "mayor"
organization = "city of Tarn"
speech = "partial"
context = "The ferry has"
text = "changed how the two towns see each other."
paragraph = 2
[[quotes]]
id = "direct"
source = "courier"
speaker = "Mara Ilves"
speech = "direct"
text = "We will run it through the winter"
paragraph = 3
[[quotes]]
id = "question"
source = "courier"
speaker = "Mara Ilves"
speech = "direct"
text = "Who pays?"
[[quotes]]
id = "abbreviation"
source = "courier"
speaker = "Mara Ilves"
speech = "direct"
text = "We sell to the U.S."
[[quotes]]
id = "ellipsis"
source = "courier"
speaker = "Mara Ilves"
speech = "direct"
text = "Perhaps..."
[[quotes]]
id = "paraphrase"
source = "courier"
speaker = "officials"
collective = true
speech = "indirect"
text = "Until the end of the year\na ticket will cost [no] more than it does now."
paragraph = 2
[[quotes]]
id = "chinese"
source = "daily"
speaker = "李云泽"
role = "副省长"
speech = "direct"
text = "四川将加强合作。"

[[statistics]]
id = "figure"
source = "yearbook"
indicator = "cars"
name = "Cars on the ferry"
value = 1_200
unit = "cars"
qualifier = "more than"
period = "2022"
scope = "both ways"
counted_by = "port of Tarn"
[[statistics]]
id = "bare-figure"
source = "port"
as_of = 2024-01-01
indicator = "edition"
name = "Edition of the fair"
value = 21
unit = "ordinal"

[[infrastructure]]
id = "bridge"
source = "courier"
project = "bridge"
name = "Road bridge"
mode = "road bridge"
connects = ["tarn", "miret"]
status = "under construction"
expected = "2026"
expected_status = "completed"
paragraph = 4

[[mechanisms]]
id = "council"
source = "courier"
name = "River council"
partners = ["tarn", "miret"]
purpose = "prepare for high water"
[[mechanisms]]
id = "league"
source = "courier"
name = "League"
partners = ["tarn", "miret"]
"""

SENTENCES = {
    "partial": "The ferry has “changed how the two towns see each other”, said Mara Ilves, mayor,"
    " city of Tarn (Tarn Courier, 5 March 2024, para. 2).",
    "direct": "“We will run it through the winter”, said Mara Ilves"
    " (Tarn Courier, 5 March 2024, para. 3).",
    "question": "“Who pays?” said Mara Ilves (Tarn Courier, 5 March 2024).",
    "abbreviation": "“We sell to the U.S.”, said Mara Ilves (Tarn Courier, 5 March 2024).",
    "ellipsis": "“Perhaps...”, said Mara Ilves (Tarn Courier, 5 March 2024).",
    "paraphrase": "Until the end of the year a ticket will cost [no] more than it does now,"
    " said officials (Tarn Courier, 5 March 2024, para. 2).",
    "chinese": "“四川将加强合作”, said 李云泽, 副省长 (黑龙江日报, July 2014).",
    "figure": "Cars on the ferry, both ways, 2022: more than 1,200 cars, counted by port of Tarn"
    " (Statistics of Tarn, 2023).",
    "bare-figure": "Edition of the fair: 21st (Port of *Tarn*, undated).",
    "bridge": "Road bridge (Tarn – Miret): under construction, completion expected 2026,"
    " as of 5 March 2024 (Tarn Courier, 5 March 2024, para. 4).",
    "council": "River council (Tarn – Miret); purpose: prepare for high water"
    " (Tarn Courier, 5 March 2024).",
    "league": "League (Tarn – Miret) (Tarn Courier, 5 March 2024).",
    "courier": "Tarn Courier, “Two towns, one ferry”, Tarn, 5 March 2024,"
    " https://example.org/a_b{c}<d>?x=1%20y&z=~.",
    "port": "Port of *Tarn*, undated.",
}

# The part of the CSL-JSON schema that we have a use for: names, dates, and which types there are.
CSL_TEXTS = ("id", "title", "publisher-place", "URL", "language", "annote")
CSL_ITEM = {
    "type": "object",
    "required": ["type", "id"],
    "additionalProperties": False,
    "properties": {
        **{name: {"type": "string"} for name in CSL_TEXTS},
        "type": {"enum": ["webpage", "document"]},
        "author": {
            "type": "array",
            "items": {
                "properties": {"literal": {"type": "string"}},
                "additionalProperties": False,
            },
        },
        "issued": {
            "properties": {
                "date-parts": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 2,
                    "items": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 3,
                        "items": {"type": "number"},
                    },
                }
            },
            "additionalProperties": False,
        },
    },
}


@pytest.fixture
def cite(write: Callable[..., str], run: Callable[..., Result]) -> Callable[..., str]:
    """Return a function that cites facts of ours and returns what is printed."""
    path = write(FACTS, bare=True)

    def call(*arguments: str) -> str:
        result = run("cite", *arguments, "--facts", path)
        assert (result.code, result.err) == (0, "")
        return result.out

    return call


@pytest.mark.parametrize("id_", SENTENCES)
def test_a_fact_is_one_sentence_with_its_attribution_and_place(
    id_: str, cite: Callable[..., str]
) -> None:
    assert cite(id_) == SENTENCES[id_] + "\n"


def test_several_facts_are_a_line_each_in_the_order_asked_for(cite: Callable[..., str]) -> None:
    ids = ["bridge", "direct", "figure"]
    assert cite(*ids) == "".join(f"{SENTENCES[id_]}\n" for id_ in ids)


def test_markdown_has_a_footnote_for_each_place_once(cite: Callable[..., str]) -> None:
    printed = cite("partial", "paraphrase", "direct", "bare-figure", "--style", "markdown")
    assert printed == (
        "The ferry has “changed how the two towns see each other”, said Mara Ilves, mayor,"
        " city of Tarn.[^courier.2]\n\n"
        r"Until the end of the year a ticket will cost \[no\] more than it does now,"
        " said officials.[^courier.2]\n\n"
        "“We will run it through the winter”, said Mara Ilves.[^courier.3]\n\n"
        "Edition of the fair: 21st.[^port]\n\n"
        "[^courier.2]: Tarn Courier, “Two towns, one ferry”, Tarn, 5 March 2024, para. 2,"
        " <https://example.org/a_b{c}%3Cd%3E?x=1%20y&z=~>.\n"
        "[^courier.3]: Tarn Courier, “Two towns, one ferry”, Tarn, 5 March 2024, para. 3,"
        " <https://example.org/a_b{c}%3Cd%3E?x=1%20y&z=~>.\n"
        r"[^port]: Port of \*Tarn\*, undated."
        "\n"
    )


def test_bibtex_has_an_entry_for_each_source_once(cite: Callable[..., str]) -> None:
    assert cite("direct", "port", "question", "--style", "bibtex") == (
        "@misc{courier,\n"
        "  author = {{Tarn Courier}},\n"
        "  title = {{Two towns, one ferry}},\n"
        "  year = {2024},\n"
        "  month = mar,\n"
        "  day = {5},\n"
        "  address = {Tarn},\n"
        "  url = {https://example.org/a_b%7Bc%7D<d>?x=1%20y&z=~},\n"
        "  annote = {Para. 3: “We will run it through the winter”, said Mara Ilves;"
        " “Who pays?” said Mara Ilves},\n"
        "}\n"
        "@misc{port,\n"
        "  author = {{Port of *Tarn*}},\n"
        "}\n"
    )


def test_a_parser_of_bibtex_reads_what_the_fact_file_has(cite: Callable[..., str]) -> None:
    printed = cite("chinese", "partial", "figure", "port", "--style", "bibtex")
    library = bibtexparser.parse_string(printed, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    assert [(entry.entry_type, entry.key) for entry in library.entries] == [
        ("misc", "daily"), ("misc", "courier"), ("misc", "yearbook"), ("misc", "port")
    ]  # fmt: skip
    fields = [
        {name: field.value.strip("{}") for name, field in entry.fields_dict.items()}
        for entry in library.entries
    ]
    daily, courier, yearbook, port = fields
    # The parser does not know LaTeX's names of braces, and has a circumflex of its own.
    assert r"\textbraceleft{}中俄\textbraceright{}博览会" in printed
    title = '首届中俄博览会 100% \\ #1_a ~ˆ & "$"'
    assert daily == {
        "author": "黑龙江日报",
        "title": title,
        "year": "2014",
        "month": "jul",
        "annote": "“四川将加强合作”, said 李云泽, 副省长",
    }
    assert courier["day"] == "5"
    assert (yearbook["year"], yearbook.get("month"), yearbook.get("day")) == ("2023", None, None)
    assert port == {"author": "Port of *Tarn*"}


def test_csl_json_fits_its_schema_and_is_formatted_by_a_real_processor(
    cite: Callable[..., str],
) -> None:
    items = json.loads(cite("chinese", "partial", "figure", "port", "--style", "csl-json"))
    validate(items, {"type": "array", "items": CSL_ITEM})
    assert items[0] == {
        "id": "daily",
        "type": "document",
        "author": [{"literal": "黑龙江日报"}],
        "title": '首届{中俄}博览会 100% \\ #1_a ~^ & "$"',
        "issued": {"date-parts": [[2014, 7]]},
        "language": "zh",
        "annote": "“四川将加强合作”, said 李云泽, 副省长",
    }
    assert [item.get("issued") for item in items[1:]] == [
        {"date-parts": [[2024, 3, 5]]},
        {"date-parts": [[2023]]},
        None,
    ]
    assert formatted(items[1:3]) == [
        "Tarn Courier (2024) Two towns, one ferry. Tarn. Available at:"
        " https://example.org/a_b{c}<d>?x=1%20y&z=~.",
        "Statistics of Tarn (2023).",
    ]


def formatted(items: list[dict[str, Any]]) -> list[str]:
    """Return the bibliography that citeproc-py makes of the items."""
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatters.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    return [str(entry).rstrip() for entry in bibliography.bibliography()]


@pytest.mark.parametrize("style", STYLES)
def test_nothing_of_a_fact_file_acts_on_the_terminal(
    style: str, write: Callable[..., str], run: Callable[..., Result]
) -> None:
    path = write(
        '[[quotes]]\nid = "q"\nspeaker = "A\\u001b[31m\\u202e"\nspeech = "direct"\n'
        'text = "b\\u009b1m\\u0007"\n'
    )
    result = run("cite", "q", "--style", style, "--facts", path)
    assert result.code == 0
    assert not set("\x1b\x07\x9b\u202e") & set(result.out)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["direkt"], 'unknown id "direkt"; did you mean direct?'),
        (["direct", "nothing-of-the-kind", "--style", "text"], 'unknown id "nothing-of-the-kind"'),
        (["tarn"], '"tarn" is a region; give the id of a fact or of a source'),
        (["direct", "--style", "bibtecs"], 'unknown style "bibtecs"; did you mean bibtex?'),
    ],
)
def test_what_cannot_be_cited_is_wrong_usage_and_nothing_is_printed(
    arguments: list[str], message: str, write: Callable[..., str], run: Callable[..., Result]
) -> None:
    result = run("cite", *arguments, "--facts", write(FACTS, bare=True))
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"expofacts: {message}")


def test_styles_are_completed(process: Callable[..., Result]) -> None:
    result = process(
        _EXPOFACTS_COMPLETE="complete_bash", COMP_WORDS="expofacts cite --style b", COMP_CWORD="3"
    )
    assert result.out.split() == ["bibtex"]


def test_the_readme_shows_what_is_printed(run: Callable[..., Result]) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    printed = run("cite", "qin-enting-joined-hands").out
    assert " ".join(printed.split()) in " ".join(readme.replace("\n>", "\n").split())
