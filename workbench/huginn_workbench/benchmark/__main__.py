"""Compare tools on labelled hosts of public captures (docs/reference/benchmark.md)."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import click

from huginn_cffi import HuginnError
from huginn_workbench.benchmark import fetch as fetching
from huginn_workbench.benchmark.captures import found_in
from huginn_workbench.benchmark.checks import cheating, doubtful_labels
from huginn_workbench.benchmark.lists import CaptureSource, LabelledHost, hosts_of, read_labels, read_sources
from huginn_workbench.benchmark.page import (
    RESULT,
    BenchmarkResult,
    first_table,
    html,
    result_of,
    sentences,
    summary,
)
from huginn_workbench.benchmark.run import read_answers, write_answers, write_rows
from huginn_workbench.benchmark.run import run as run_tools
from huginn_workbench.benchmark.score import ScoreRow, calibration, graded, scores
from huginn_workbench.benchmark.tools import adapter_of

FOLDER = click.Path(file_okay=False, path_type=Path)
EXISTING = click.Path(file_okay=False, exists=True, path_type=Path)
TOOLS = click.argument("tools", nargs=-1, required=True, metavar="TOOL...")
FROM = click.option("--from", "folder", type=EXISTING, required=True, help="Folder of the captures.")
OUTPUT = click.option("-o", "--output", type=FOLDER, default=Path("benchmark-result"), show_default=True)


def say(line: str) -> None:
    """A line of progress or a problem, for people."""
    click.echo(line, err=True)


def _labelled() -> tuple[dict[str, CaptureSource], list[LabelledHost]]:
    sources = read_sources()
    hosts, problems = hosts_of(sources, read_labels(sources))
    for line in problems:
        say(line)
    return sources, hosts


@click.group(help=__doc__)
def main() -> None:
    """The commands."""


@main.command()
@click.argument("folder", type=FOLDER)
def fetch(folder: Path) -> None:
    """Get the captures with git; what FOLDER already has is checked and kept."""
    problems = fetching.fetch(folder, read_sources().values(), say)
    for line in problems:
        say(line)
    sys.exit(1 if problems else 0)


@main.command()
@TOOLS
@FROM
@OUTPUT
def run(tools: tuple[str, ...], folder: Path, output: Path) -> None:
    """Run each TOOL (huginn, p0f, huginn-net, ndpi or the Python file of an adapter), and score it."""
    sources, hosts = _labelled()
    captures, missing = found_in(folder, sources.values())
    for line in missing:
        say(line)
    output.mkdir(parents=True, exist_ok=True)
    write_answers(output / "answers.csv", run_tools(tools, captures, sources, hosts, say))
    _score(output)


@main.command()
@OUTPUT
def score(output: Path) -> None:
    """Score answers.csv: writes scores.csv, result.json and result.html, and prints the first table."""
    _score(output)


def _score(output: Path) -> None:
    sources, hosts = _labelled()
    answers = read_answers(output / "answers.csv")
    captures = {row.capture for row in answers}
    found = [*graded([host for host in hosts if host.first.capture in captures], answers)]
    tools = {row.tool: row.tool_version for row in answers}
    rows, bands = scores(found, sources), [*calibration(found)]
    result = BenchmarkResult(date.today().isoformat(), _commit(), tools, len(captures), rows, bands)
    write_rows(output / "scores.csv", ScoreRow._fields, rows)
    (output / "result.json").write_text(result.to_json(), encoding="utf-8")
    (output / "result.html").write_text(html(result), encoding="utf-8")
    for line in (*first_table(rows), "", *sentences(rows)):
        click.echo(line)


def _commit() -> str:
    """The commit of the checkout that this package lies in, or "unknown"."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short=8", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


@main.command()
@TOOLS
@FROM
def check(tools: tuple[str, ...], folder: Path) -> None:
    """Find labels that packets or all TOOLs contradict, and tools that know the labels; status 1 if any."""
    sources, hosts = _labelled()
    captures, _ = found_in(folder, sources.values())
    answers = [*run_tools(tools, captures, sources, hosts, say)]
    found = [*doubtful_labels(hosts, captures, answers)]
    found += [line for tool in tools for line in cheating(adapter_of(tool), hosts, captures)]
    for line in found:
        click.echo(line)
    sys.exit(1 if found else 0)


@main.command()
def show() -> None:
    """Print the tables of docs/reference/accuracy.md, from the result that this package has."""
    for line in summary(result_of(RESULT.read_text(encoding="utf-8"))):
        click.echo(line)


if __name__ == "__main__":
    try:
        main(prog_name="python -m huginn_workbench.benchmark")
    except HuginnError as error:
        say(f"benchmark: {error}")
        sys.exit(2)
