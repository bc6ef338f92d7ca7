"""``huginn evaluate``: measures how often names are right, on labelled captures."""

from __future__ import annotations

from pathlib import Path

import click

from huginn_cffi.cli.filter_options import TrafficOptions, traffic_options
from huginn_cffi.cli.output.results import save_file
from huginn_cffi.cli.parameters import argument, command, format_option, option
from huginn_cffi.cli.signature_options import Signatures, signature_options
from huginn_cffi.cli.standard_error import CaptureErrors
from huginn_workbench.wording import visible_lines

COMMAND = "python -m huginn_cffi evaluate CORPUS LABELS.csv --oracle ORACLE --leave-one-source-out --fit FILE"

PATH = click.Path(readable=False, path_type=Path)


@command(("How often the names are right", "huginn evaluate corpus labels.csv"))
def evaluate(
    corpus: Path = argument("CORPUS", PATH),
    labels: Path = argument("LABELS.csv", PATH),
    oracle: Path | None = option("--oracle FOLDER", "With --fit: folder with p0f's answers.", PATH),
    db: Signatures = signature_options,
    format_: str = format_option("text", "json", help="Form of the report."),
    leave_one_source_out: bool = option(
        "--leave-one-source-out",
        "For each capture, ignore signatures that only captures of its own source support.",
    ),
    combine_hosts: bool = option(
        "--combine-hosts", "Name each host by all its packets, and show the gain of each signal."
    ),
    segments: bool = option(
        "--segments", "Name each host by its TCP segments alone, as if no handshake had been captured."
    ),
    devices: bool = option(
        "--devices",
        "Compare devices with LABELS.csv, which has the columns file, mac, ip and the columns of a device.",
    ),
    traffic: TrafficOptions = traffic_options,
    fit: Path | None = option("--fit FILE", "Write the measured confidences to this file.", PATH),
) -> int:
    """Name the labelled packets of the captures in CORPUS, and compare with the labels.

    LABELS.csv has the columns file, frame, direction, ip, os_family and os_version; see
    docs/reference/command-line.md. With filters or times, labelled packets that gave no event are not listed.

    Exit status: 0 done, 1 a capture could not be read to its end, 2 refused.
    """
    from huginn_workbench.evaluation.report import gains, gains_text, json_report, text_report
    from huginn_workbench.evaluation.run import EvaluationPlan
    from huginn_workbench.evaluation.run import evaluate as run
    from sigcompiler.schema.hosts import NARROWING

    if devices:
        if leave_one_source_out or combine_hosts or segments or oracle is not None or traffic.is_limited:
            raise click.UsageError("--devices goes with --db, --format and --fit alone")
        return _by_devices(corpus, labels, db, format_, fit)
    if oracle is not None and fit is None:
        raise click.UsageError(
            "--oracle goes with --fit; to compare tools: python -m huginn_workbench.benchmark"
        )
    if fit is not None and (not leave_one_source_out or oracle is None or db.path is not None):
        raise click.UsageError("--fit takes --leave-one-source-out, --oracle and the default database")
    if leave_one_source_out and traffic.is_limited:
        raise click.UsageError("--leave-one-source-out takes all labelled packets, without filters and times")
    if fit is not None and combine_hosts:
        raise click.UsageError("--fit takes packets alone, without --combine-hosts")
    if segments:
        if fit is not None or combine_hosts or oracle is not None or traffic.is_limited:
            raise click.UsageError("--segments goes with --db, --format and --leave-one-source-out alone")
        return _by_segments(corpus, labels, db, format_, leave_one_source_out)
    errors = CaptureErrors()
    signals = tuple(NARROWING) if combine_hosts else None
    chosen = traffic._asdict() if traffic.is_limited else None
    plan = EvaluationPlan(corpus, labels, oracle, db.files(), leave_one_source_out, signals, chosen)
    found = run(plan, errors)
    gained = gains(plan) if combine_hosts else []
    if format_ == "text":
        text = text_report(found) + (gains_text(gained) if combine_hosts else "")
        save_file("-", visible_lines(text))
    else:
        save_file("-", json_report(found, gained))
    if fit is not None:
        from huginn_workbench.evaluation.calibration import table_text, tables
        from huginn_workbench.evaluation.segments import evaluate_segments, shares

        by_segments = shares(evaluate_segments(corpus, labels, None, lambda error: None).whole)
        fitted = {**tables(found.hosts, found.oracle_hosts), "segments": by_segments}
        save_file(str(fit), table_text(fitted, COMMAND, len(found.hosts)))
    return errors.status()


def _by_segments(corpus: Path, labels: Path, db: Signatures, format_: str, leave_one_source_out: bool) -> int:
    from huginn_workbench.evaluation.segments import evaluate_segments, segments_json, segments_text

    errors = CaptureErrors()
    found = evaluate_segments(corpus, labels, db.open(), errors)
    report = segments_text if format_ == "text" else segments_json
    text = report(found, leave_one_source_out=leave_one_source_out)
    save_file("-", visible_lines(text) if format_ == "text" else text)
    return errors.status()


def _by_devices(corpus: Path, labels: Path, db: Signatures, format_: str, fit: Path | None) -> int:
    from huginn_workbench.evaluation import devices

    errors = CaptureErrors()
    found = devices.evaluate_devices(corpus, labels, db.open(), errors)
    save_file(
        "-", visible_lines(devices.devices_text(found)) if format_ == "text" else devices.devices_json(found)
    )
    if fit is not None:
        save_file(str(fit), devices.fitted_tables(fit, found.values))
    return errors.status()
