"""Draw the README's pictures from what expofacts really prints.

make pictures
"""

import html
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

FOLDER = Path(__file__).with_name("pictures")
WIDTH = 96

PICTURES = {
    "quotes": ["quotes", "--region", "sichuan"],
    "stats": ["stats", "--indicator", "china-russia-trade", "--period", "2018"],
}

# Dark text on light ground, with contrast enough for the dim parts.
THEME = TerminalTheme(
    (252, 252, 250),
    (40, 42, 46),
    [(40, 42, 46)] * 8,
    [(40, 42, 46)] * 8,
)


def draw(name: str) -> str:
    """Return the SVG picture of a command and its output."""
    command = PICTURES[name]
    done = subprocess.run(
        [sys.executable, "-m", "expofacts", *command],
        env=os.environ | {"COLUMNS": str(WIDTH), "FORCE_COLOR": "1", "TERM": "xterm-256color"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi(done.stdout.rstrip("\n")), soft_wrap=True)
    svg = console.export_svg(
        title="expofacts " + " ".join(command), theme=THEME, unique_id=f"expofacts-{name}"
    )
    # The reader's own fonts will do: nothing is to be fetched to read a README.
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return _TEXT.sub(_split, svg)


_TEXT = re.compile(r'<text (class="\S+") x="(\S+)" (y="\S+") textLength="(\S+)" (.*?)>(.*?)</text>')


def _split(match: re.Match[str]) -> str:
    """Return a text as several, each where it begins: not all viewers keep the gaps between."""
    style, left, y, length, clip, content = match.groups()
    spaced = content.replace("&#160;", " ")
    cell = float(length) / max(cell_len(html.unescape(spaced)), 1)
    parts = []
    for part in re.finditer(r"\S+(?: \S+)*", spaced):
        before, text = (html.unescape(spaced[: part.start()]), part[0])
        x = float(left) + cell_len(before) * cell
        width = cell_len(html.unescape(text)) * cell
        parts.append(f'<text {style} x="{x:g}" {y} textLength="{width:g}" {clip}>{text}</text>')
    return "".join(parts)


def main() -> None:
    """Draw all pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name in PICTURES:
        (FOLDER / f"{name}.svg").write_text(draw(name), "utf-8")


if __name__ == "__main__":
    main()
