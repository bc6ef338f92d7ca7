"""``huginn learn``: proposes signatures from labelled traffic."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from huginn_cffi.cli.filter_options import TrafficOptions, traffic_options
from huginn_cffi.cli.input_options import captures_argument, max_inventory_option
from huginn_cffi.cli.output.destination import refuse_input
from huginn_cffi.cli.output.results import save_file
from huginn_cffi.cli.parameters import command, format_option, option
from huginn_cffi.cli.signature_options import Signatures, signature_options
from huginn_cffi.cli.standard_error import CaptureErrors, say, warn_of_limit
from huginn_workbench.wording import named

if TYPE_CHECKING:
    from huginn_workbench.learning.program_lines import LearnedPrograms
    from huginn_workbench.learning.results import Learned


@command(
    (
        "Signatures of a system that you know",
        'huginn learn --as "Acme Meter 3.1" --host 192.0.2.31 --host 192.0.2.32 meter.pcap',
    ),
    ("Signatures of the systems that User-Agents name", "huginn learn meter.pcap -o new.fp"),
    ("Hellos and requests of a program that you know", 'huginn learn --client "Acme Fetch" capture.pcap'),
)
def learn(
    captures: tuple[str, ...] = captures_argument("CAPTURE..."),
    system: str | None = option(
        "--as SYSTEM", 'The captures are of one host, which runs this: "Windows 11".'
    ),
    hosts: tuple[str, ...] = option(
        "--host ADDRESS",
        "With --as: the system's address or network; may be repeated. [default: senders of SYNs] "
        "With --client and --server: hosts that run it. [default: all] With --device also a MAC.",
        multiple=True,
    ),
    client: str | None = option("--client NAME", "Learn the TLS hellos and HTTP requests of this program."),
    server: str | None = option("--server NAME", "Learn the HTTP responses of this program."),
    device: str | None = option(
        "--device LABEL", "Learn the announcements of this TYPE:MANUFACTURER:MODEL:SYSTEM:VERSION."
    ),
    labels: str | None = option(
        "--labels LABELS.csv",
        "Labels of packets, with the columns that evaluate reads; or programs of hosts, with the columns "
        "file, ip, client and server; or devices, with the columns file, ip and device.",
    ),
    source: str = option(
        "--source WORDS", "Where the captures come from, for the source line.", default="captures"
    ),
    db: Signatures = signature_options,
    output: str | None = option(
        "-o --output FILE.fp", "Write the lines to this file, not to standard output."
    ),
    format_: str = format_option("text", "json"),
    traffic: TrafficOptions = traffic_options,
    max_inventory: int = max_inventory_option("Use at most N handshake packets, or hellos and messages"),
) -> int:
    """Propose signatures for systems without a name, from captures whose systems are known.

    By default, User-Agents in unencrypted HTTP identify the systems.

    A line that would match packets of another family is refused, and the message names the family. A report
    shows the evidence for the lines and the answers that they change; it goes to standard error if the lines
    go to standard output. docs/guide/writing-a-signature.md shows the steps.

    Exit status: 0 done, 1 a capture could not be read to its end or packets were left out, 2 refused.
    """
    from huginn_workbench.evaluation.labels import label_kind
    from huginn_workbench.learning.devices import DEVICE_PROTOCOLS, learn_devices
    from huginn_workbench.learning.learn import learn as run
    from huginn_workbench.learning.programs import learn_programs

    output = None if output == "-" else output
    inputs = [*captures, *filter(None, (labels,)), *db.inputs]
    if output is not None:
        refuse_input(output, inputs)
    errors = CaptureErrors()
    common: dict[str, Any] = {
        "labels": labels,
        "hosts": hosts,
        "database": db.open(),
        "source": source,
        "max_inventory": max_inventory,
        "on_error": errors,
    }
    if sum(map(bool, (system is not None, client or server, device))) > 1:
        raise click.UsageError("give either --as, or --client and --server, or --device")
    kind = "systems" if labels is None else label_kind(labels)
    if device or kind == "devices":
        found: Learned | LearnedPrograms = learn_devices(
            captures,
            device=device or "",
            analyzer=traffic.analyzer(uptime=False, protocols=DEVICE_PROTOCOLS, host_names=True),
            **common,
        )
    elif client or server or kind == "programs":
        found = learn_programs(
            captures,
            client=client or "",
            server=server or "",
            analyzer=traffic.analyzer(uptime=False, protocols=("tls", "http")),
            **common,
        )
    else:
        found = run(
            captures, system=system, analyzer=traffic.analyzer(uptime=False, protocols=("tcp",)), **common
        )
    if output is not None and found.text:
        save_file(output, found.text)
    elif output is not None:
        say(f"huginn: {named(output)}: not written, for there is no line to propose")
    if format_ == "json":
        save_file("-", json.dumps(found.as_dict(), indent=2) + "\n")
    elif output is not None:
        save_file("-", f"{found}\n")
    else:
        say(str(found))
        save_file("-", found.text)
    limited = warn_of_limit(found.left_out, "packet", "packets to learn from", max_inventory)
    return errors.status() or limited
