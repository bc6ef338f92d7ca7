"""``huginn convert``: patterns of recog as signatures of devices."""

from __future__ import annotations

from pathlib import Path

import click

from huginn_cffi.cli.output.destination import refuse_input
from huginn_cffi.cli.output.results import print_text, save_file
from huginn_cffi.cli.standard_error import complain, counted, say
from huginn_cffi.cli.status import DONE
from huginn_cffi.cli.wording import FILE, ExampleCommand


@click.command(
    cls=ExampleCommand,
    examples=(
        ("Signatures of what recog names", "huginn convert dhcp_vendor_class.xml -o recog.fp"),
        ("and use them", "huginn hosts --db recog.fp --with-default capture.pcap"),
    ),
)
@click.argument("files", metavar="FILE.xml...", type=FILE, nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="FILE.fp", help="Write the lines to this file, not to standard output."
)
def convert(files: tuple[str, ...], output: str | None) -> int:
    """Turn patterns of rapid7/recog into signatures of devices.

    Read are the files of DHCP vendor classes, mDNS device-info and workstation, SMB native OS and LM,
    operating systems, and SNMP descriptions, which LLDP announces. Standard error has how many patterns
    could not be converted, and why. A set of characters in an expression becomes any text; a signature
    that gives an example of recog another name is left out.
    """
    from huginn_cffi.applications.authors.recog import convert_recog, fp_text

    if output is not None:
        refuse_input(output, files)
    found = convert_recog(map(Path, files))
    say(
        f"{counted(found.converted, 'pattern')} of {found.fingerprints} converted, "
        f"to {counted(len(found.signatures), 'signature')}"
    )
    for reason, count in found.reasons.most_common():
        if count:
            say(f"not converted: {counted(count, 'pattern')} ({reason})")
    if not found.signatures:
        complain("there is no line to write")
    elif output is None:
        print_text(fp_text(found))
    else:
        save_file(output, fp_text(found).encode("utf-8"))
    return DONE
