"""``python -m huginn_workbench.benchmark``: fetch, run, score, or everything at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from huginn_cffi import HuginnError
from huginn_workbench.benchmark.captures import found_in
from huginn_workbench.benchmark.lists import hosts_of, read_labels, read_sources
from huginn_workbench.benchmark.run import read_answers, write_answers
from huginn_workbench.benchmark.run import run as run_tools
from huginn_workbench.benchmark.score import first_table, graded, scores


def say(line: str) -> None:
    """A line of progress or a problem, for people."""
    click.echo(line, err=True)


@click.group(help=__doc__)
def main() -> None:
    """The commands."""


@main.command()
@click.argument("tools", nargs=-1, required=True, metavar="TOOL...")
@click.option(
    "--from", "folder", type=click.Path(file_okay=False, exists=True, path_type=Path), required=True
)
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), default=Path("benchmark-result")
)
def run(tools: tuple[str, ...], folder: Path, output: Path) -> None:
    """Run tools on the captures, and write answers.csv."""
    sources = read_sources()
    hosts, problems = hosts_of(sources, read_labels(sources))
    captures, missing = found_in(folder, sources.values())
    for line in (*problems, *missing):
        say(line)
    output.mkdir(parents=True, exist_ok=True)
    write_answers(output / "answers.csv", run_tools(tools, captures, sources, hosts, say))


@main.command()
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), default=Path("benchmark-result")
)
def score(output: Path) -> None:
    """Score answers.csv."""
    sources = read_sources()
    hosts, _ = hosts_of(sources, read_labels(sources))
    found = [*graded(hosts, read_answers(output / "answers.csv"))]
    for line in first_table(scores(found, sources)):
        click.echo(line)


if __name__ == "__main__":
    try:
        main(prog_name="python -m huginn_workbench.benchmark")
    except HuginnError as error:
        say(f"benchmark: {error}")
        sys.exit(2)
