"""docs/demo.svg: what `enjoin demo` prints, as a picture.

    python -m enjoin.demo_picture

The picture names no font file and no other host, so it shows the same wherever it is read.
"""

from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from enjoin.demo import Demo, run_demo
from enjoin.demo_report import show

FILE = Path(__file__).parents[1] / "docs" / "demo.svg"
_COLUMNS = 114
_INK, _PAPER = (214, 222, 231), (16, 22, 30)
_RED, _GREEN, _YELLOW = (240, 113, 120), (125, 207, 138), (229, 192, 123)
_BLUE, _MAGENTA, _CYAN = (110, 168, 254), (198, 146, 233), (96, 200, 214)
_THEME = TerminalTheme(_PAPER, _INK, [_PAPER, _RED, _GREEN, _YELLOW, _BLUE, _MAGENTA, _CYAN, _INK])
_TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{unique_id}-title" viewBox="0 0 {width} {height}">
<title id="{unique_id}-title">What enjoin demo prints for CNIL v Clearview AI</title>
<style>
.{unique_id}-matrix {{
    font: {char_height}px/{line_height}px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
    font-variant-east-asian: full-width;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
<rect width="{width}" height="{height}" rx="10" fill="#10161e"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def picture(demo: Demo) -> str:
    """The demo as an SVG document."""
    console = Console(record=True, width=_COLUMNS, file=StringIO(), force_terminal=True, color_system="standard")
    show(demo, console)
    return console.export_svg(theme=_THEME, code_format=_TEMPLATE, unique_id="demo")


def main() -> None:
    """Replay the first case and write its picture."""
    FILE.write_text(picture(run_demo("cnil-clearview", None)), encoding="utf-8")


if __name__ == "__main__":
    main()
