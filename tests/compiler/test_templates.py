"""The tree that leads from the bytes of the options to the one template that may fit."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigcompiler.reading.parser import parse_files
from sigcompiler.table.layout import NO_INDEX, TEMPLATE_BRANCHES, TEMPLATE_BYTES, TEMPLATE_STEPS
from sigcompiler.table.templates import Layout, Template, TemplateRecords, template_of

STOCK = Path("/etc/p0f/p0f.fp")
DATA = Path(__file__).parents[2] / "huginn_cffi" / "data"
KINDS = (1, 2, 3, 4, 8)  # NOP, MSS, window scale, SACK permitted, timestamps


def walk(records: TemplateRecords, options: bytes) -> int:
    """As the core walks: the number of the template at the end."""
    window = bytes(TEMPLATE_BYTES - len(options)) + options
    (link,) = records.roots[len(options) // 4]
    for _ in range(TEMPLATE_STEPS):
        node, at = divmod(link, TEMPLATE_BYTES)
        link = records.nodes[node][window[at] % TEMPLATE_BRANCHES]
    return records.ends[link // TEMPLATE_BYTES][0]


def sent(template: Template, values: random.Random) -> bytes:
    """Options of the template's layout, with any values."""
    fixed = zip(template.value, template.mask, strict=True)
    return bytes(value if mask else values.randrange(256) for value, mask in fixed)


def found(layouts: Sequence[Layout], values: random.Random) -> list[tuple[int, int]]:
    """For each layout that has a template: its number, and that of the template found."""
    records = TemplateRecords(layouts)
    templates = [template_of(number, *layout) for number, layout in enumerate(layouts)]
    pairs = []
    for template in templates:
        if template is not None:
            number = walk(records, sent(template, values))
            pairs.append((template.layout, NO_INDEX if number == NO_INDEX else records.templates[number][12]))
    return pairs


def layouts_of(files: Sequence[Path]) -> list[Layout]:
    signatures, _ = parse_files(files)
    return list(dict.fromkeys((s.options, s.eol_pad) for s in signatures.tcp))


@pytest.mark.parametrize("files", [[STOCK], sorted(DATA.glob("*.fp"))], ids=["p0f", "own"])
def test_every_layout_of_a_database_is_found(files: list[Path]) -> None:
    if not all(file.is_file() for file in files):
        pytest.skip("p0f is not installed")
    values = random.Random(1)
    layouts = layouts_of(files)
    for _ in range(50):
        pairs = found(layouts, values)
        assert len(pairs) > 40
        assert [layout for layout, at in pairs if layout != at] == []


@given(st.lists(st.lists(st.sampled_from(KINDS), max_size=8), min_size=1, max_size=4), st.randoms())
def test_few_layouts_are_always_told_apart(kinds: list[list[int]], values: random.Random) -> None:
    layouts: list[Layout] = list(dict.fromkeys((tuple(options), 0) for options in kinds))
    assert all(layout == at for layout, at in found(layouts, values))


def test_of_layouts_that_are_not_told_apart_the_first_is_found() -> None:
    """Whether SACK permitted stands first, second, ..., among NOPs: each byte tells of one only."""
    layouts: list[Layout] = [((1,) * n + (4,) + (1,) * (22 - n), 0) for n in range(23)]
    by_template = found(layouts, random.Random(1))
    assert len(by_template) == len(layouts)
    assert by_template[0] == (0, 0)
    assert {layout for layout, at in by_template if layout != at} != set()
    assert all(at <= layout for layout, at in by_template)
