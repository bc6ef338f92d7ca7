"""Parts of SVG drawings, which know light and dark by themselves."""

from __future__ import annotations

from xml.sax.saxutils import escape

STYLE = """<style>
  text { font: 14px sans-serif; fill: #1b1f24 }
  .small { font-size: 12px } .end { text-anchor: end } .middle { text-anchor: middle }
  .ground { fill: #ffffff } .box { fill: #eef3f8; stroke: #57708a } .line { stroke: #57708a; fill: none }
  .grid { stroke: #d5dde5; fill: none }
  .tip { fill: #57708a } .s0 { fill: #2f6f9f } .s1 { fill: #5aa469 } .s2 { fill: #c2683f }
  .curve { stroke: #2f6f9f; stroke-width: 2; fill: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6e8eb } .ground { fill: #16191d } .box { fill: #232b34; stroke: #8fa6bd }
    .line { stroke: #8fa6bd } .grid { stroke: #323b45 } .tip { fill: #8fa6bd }
    .s0 { fill: #6db1e3 } .s1 { fill: #7fcf90 } .s2 { fill: #e79468 } .curve { stroke: #6db1e3 }
  }
</style>"""

TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
    'orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>'
)


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


def path(kind: str, points: str, more: str = "") -> str:
    """A line through points, in SVG's language of paths."""
    return f'<path class="{kind}"{more} d="M{points}"/>'


def arrow(points: str) -> str:
    """A line with a tip."""
    return path("line", points, ' marker-end="url(#tip)"')
