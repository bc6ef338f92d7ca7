"""The options of a summary."""

from __future__ import annotations

from typing import NamedTuple

import click

from huginn_cffi.cli.filter_options import local_option
from huginn_cffi.cli.groups import Command, grouped
from huginn_cffi.cli.input_options import max_inventory_option

SUMMARY_FORMATS = ("text", "json")
TOP = 10


class SummaryOptions(NamedTuple):
    """What the options chose, under their names."""

    summary: bool
    details: bool
    top: int
    local: tuple[str, ...]
    max_inventory: int


_OPTIONS = (
    click.option(
        "--summary",
        is_flag=True,
        help="Show a summary in place of the events, as text or, with --format json, as one object.",
    ),
    click.option("--details", is_flag=True, help="With --summary: show findings in full."),
    click.option(
        "--top",
        metavar="N",
        type=click.IntRange(min=1),
        default=TOP,
        help="Show the first N entries of each list in a text summary.",
    ),
    max_inventory_option("With --summary: keep at most N hosts"),
    local_option,
)


def summary_options(command: Command) -> Command:
    """Give a command these options; it gets them as its argument ``summary``."""
    return grouped(command, "summary", SummaryOptions, _OPTIONS)
