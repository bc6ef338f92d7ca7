"""The pictures of the manual: ``PYTHONPATH=.:tests python -m docs.pictures`` makes them all anew.

Drawings are SVG and know light and dark by themselves. Numbers come from the table of the page that
shows the drawing. The report is photographed in chromium, once light and once dark.
"""

from __future__ import annotations

import math
import os
import re
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"

TIMES = "\N{MULTIPLICATION SIGN}"

STYLE = """<style>
  text { font: 14px sans-serif; fill: #1b1f24 }
  .small { font-size: 12px } .end { text-anchor: end } .middle { text-anchor: middle }
  .ground { fill: #ffffff } .box { fill: #eef3f8; stroke: #57708a } .line { stroke: #57708a; fill: none }
  .tip { fill: #57708a } .s0 { fill: #2f6f9f } .s1 { fill: #5aa469 } .s2 { fill: #c2683f }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6e8eb } .ground { fill: #16191d } .box { fill: #232b34; stroke: #8fa6bd }
    .line { stroke: #8fa6bd } .tip { fill: #8fa6bd }
    .s0 { fill: #6db1e3 } .s1 { fill: #7fcf90 } .s2 { fill: #e79468 }
  }
</style>"""


def drawing(width: int, height: int, parts: list[str]) -> str:
    """An SVG of that size."""
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n{STYLE}\n'
        f'<rect class="ground" width="{width}" height="{height}" rx="8"/>\n{body}\n</svg>\n'
    )


def text(x: float, y: float, words: str, kind: str = "") -> str:
    """Words whose line begins, or as `kind` says ends or is centred, there."""
    return f'<text x="{x:g}" y="{y:g}" class="{kind}">{escape(words)}</text>'


def table(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, its head included."""
    _, _, rest = (ROOT / "docs" / page).read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    found = re.search(r"(?:^\|.*\n)+", rest, re.MULTILINE)
    assert found is not None, f"{page}: no table under {heading}"
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in found[0].splitlines()]
    return [row for row in rows if not set("".join(row)) <= set("-")]


def floods() -> str:
    """Bars: packets lost at each rate, by program."""
    head, *rows = table("live-capture.md", "Floods")
    parts = [text(20, 30, "Packets lost in a flood of SYNs, in percent")]
    names = [name.removeprefix("lost, ") for name in head[1:]]
    for number, name in enumerate(names):
        parts.append(f'<rect class="s{number}" x="{20 + 130 * number}" y="44" width="12" height="12"/>')
        parts.append(text(38 + 130 * number, 55, name, "small"))
    y = 84
    for rate, *cells in rows:
        parts.append(text(20, y + 4, rate if rate[0].isalpha() else f"{rate} a second", "small"))
        for number, cell in enumerate(cells):
            percent = float(cell.split(" %")[0])
            bar = max(percent * 3.6, 1)
            parts.append(
                f'<rect class="s{number}" x="190" y="{y - 8 + 18 * number}" width="{bar:g}" height="14"/>'
            )
            parts.append(text(196 + bar, y + 4 + 18 * number, f"{percent:g}", "small"))
        y += 74
    return drawing(600, y - 10, parts)


def ratios() -> str:
    """Bars on a logarithmic scale: how many times as fast as others."""
    peers = ("p0f", "huginn-net-tcp")
    parts = [text(20, 30, "Times as fast as others, on one core")]
    for number, name in enumerate(peers):
        parts.append(f'<rect class="s{number}" x="{20 + 80 * number}" y="44" width="12" height="12"/>')
        parts.append(text(38 + 80 * number, 55, name, "small"))
    y, label = 70, ""
    for row in table("speed.md", "Results"):
        label = row[0] or label
        found = re.findall(rf"([\d.,]+) {TIMES} (p0f|huginn-net-tcp)(?=[ ,]|$)", row[2])
        for times, peer in found:
            if row[0] and times == found[0][0]:
                y += 16
                parts.append(text(20, y + 11, label.split(", 556")[0], "small"))
            width = 110 * math.log10(float(times.replace(",", "")))
            parts.append(
                f'<rect class="s{peers.index(peer)}" x="330" y="{y}" width="{width:.1f}" height="14"/>'
            )
            parts.append(text(336 + width, y + 12, times, "small"))
            y += 18
    return drawing(600, y + 16, parts)


TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
    'orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>'
)


def lookup() -> str:
    """A ladder: how the decision table names a packet, step by step."""
    steps = [
        ("TCP options", "of the SYN or SYN+ACK", ""),
        ("template", "value and mask over the header's last 32 bytes;", "what fits none goes byte by byte"),
        ("layout", "the order of the options;", "unknown: no match"),
        ("base", "key: layout, hard quirks, direction, IP version, payload, olen;", "none: no match"),
        ("shapes", "which of MSS, window and scale are given;", "the best first, hopeless ones left out"),
        ("entry", "key: shape, MSS, window, scale;", "one probe for each shape"),
        ("members", "priority, initial TTL, soft quirks, flags;", "many are ranges of TTLs"),
        ("grade", "the least is the answer", ""),
    ]
    parts = [TIP]
    for number, (name, *words) in enumerate(steps):
        y = 20 + 58 * number
        parts.append(f'<rect class="box" x="20" y="{y}" width="130" height="36" rx="6"/>')
        parts.append(text(85, y + 23, name, "middle"))
        for line, one in enumerate(filter(None, words)):
            parts.append(text(170, y + 15 + 16 * line, one, "small"))
        if number:
            parts.append(f'<path class="line" marker-end="url(#tip)" d="M85 {y - 22}v20"/>')
    return drawing(560, 20 + 58 * len(steps), parts)


def flow() -> str:
    """Boxes: the path from bytes and signatures to results."""
    parts = [TIP]

    def box(x: int, y: int, name: str, words: str) -> None:
        parts.append(f'<rect class="box" x="{x}" y="{y}" width="230" height="46" rx="6"/>')
        parts.append(text(x + 115, y + 20, name, "middle"))
        parts.append(text(x + 115, y + 37, words, "small middle"))

    def arrow(points: str) -> None:
        parts.append(f'<path class="line" marker-end="url(#tip)" d="M{points}"/>')

    left = [
        ("signature files", "p0f's format, .fp"),
        ("model", "every value with its place"),
        ("lint", "all problems in one run"),
        ("decision table", "built in, or an .hgdb file"),
    ]
    right = [
        ("bytes", "file, interface, memory"),
        ("packets", "link, tunnel, IP, TCP, UDP"),
        ("observation", "the fields of a signature"),
        ("match", "specific, generic, fuzzy"),
        ("conversation", "flows, clocks, hellos, heads"),
        ("batch", "columns, one row an event"),
        ("results", "typed objects, Arrow, text, JSON"),
    ]
    for x, column in ((30, left), (350, right)):
        for number, (name, words) in enumerate(column):
            box(x, 20 + 70 * number, name, words)
            if number:
                arrow(f"{x + 115} {20 + 70 * number - 24}v22")
    arrow("260 253h88")
    return drawing(610, 20 + 70 * len(right), parts)


DRAWINGS = {"floods.svg": floods, "speed.svg": ratios, "data-flow.svg": flow, "decision-table.svg": lookup}


def photograph() -> None:
    """The first screen of the report of the sample capture, light and dark."""
    from report_page.browser import browser

    import huginn_cffi as hg
    from huginn_cffi.reporting import report_page

    os.chdir(ROOT)  # the page names the capture as it is called
    page = report_page(hg.Analyzer(), ["examples/sample.pcap"], title="Sample capture")
    with tempfile.TemporaryDirectory() as name, browser(Path(name)) as window:
        file = Path(name, "report.html")
        file.write_bytes(page)
        for scheme in ("light", "dark"):
            window.open(file, scheme=scheme, width=1200)
            window.picture(FOLDER / f"report-{scheme}.png", height=900)


def main() -> None:
    """Makes all of them."""
    FOLDER.mkdir(exist_ok=True)
    for name, draw in DRAWINGS.items():
        (FOLDER / name).write_text(draw(), encoding="utf-8")
    photograph()


if __name__ == "__main__":
    main()
