"""``huginn convert``: converts patterns of recog, or a list of MAC prefixes, to signatures of devices."""

from __future__ import annotations

from pathlib import Path

import click

from huginn_cffi import Database, HuginnError
from huginn_cffi.cli.output.destination import refuse_input
from huginn_cffi.cli.output.results import save_file
from huginn_cffi.cli.parameters import argument, command, option
from huginn_cffi.cli.standard_error import say
from huginn_cffi.hosts.network_cards import prefixes
from huginn_workbench.formatting import format_file
from huginn_workbench.wording import counted, named

FILE = click.Path(readable=False)


@command(
    ("Signatures from recog's patterns", "huginn convert dhcp_vendor_class.xml -o recog.fp"),
    ("and use them", "huginn hosts --db recog.fp --with-default capture.pcap"),
    ("Manufacturers by MAC, by IEEE's list", "huginn convert oui.txt -o macs.fp"),
)
def convert(
    files: tuple[str, ...] = argument("FILE...", FILE, nargs=-1, required=True),
    output: str | None = option(
        "-o --output FILE.fp", "Write the lines to this file, not to standard output."
    ),
) -> None:
    """Turn patterns of rapid7/recog, or a list of MAC prefixes, into signatures of devices.

    A list is IEEE's oui.txt or oui.csv (mam, oui36), or Wireshark's manuf. It names the network chip's maker,
    so it counts only if nothing else names a manufacturer, and never for local addresses.

    Supported files of recog: DHCP vendor classes, mDNS device-info and workstation, SMB native OS and LM,
    operating systems, SIP and RTSP headers, and SNMP descriptions, which LLDP announces. Standard error lists
    how many patterns could not be converted, and why. A set of characters in an expression becomes any text;
    a signature is left out if it names one of recog's examples differently.
    """
    from huginn_workbench.recog import convert_recog, fp_text
    from huginn_workbench.recog_files import is_xml

    if output is not None:
        refuse_input(output, files)
    if not all(map(is_xml, files)):
        _convert_list(files, output)
        return
    found = convert_recog(map(Path, files))
    say(
        f"{counted(found.converted, 'pattern')} of {found.fingerprints} converted, "
        f"to {counted(len(found.signatures), 'signature')}"
    )
    for reason, count in found.reasons.most_common():
        if count:
            say(f"not converted: {counted(count, 'pattern')} ({reason})")
    if found.signatures:
        save_file(output or "-", fp_text(found))
    else:
        say("huginn: there is no line to write")


def _convert_list(files: tuple[str, ...], output: str | None) -> None:
    if len(files) > 1:
        raise click.UsageError("name files of recog, or one list of MAC prefixes")
    text, count = prefix_text(Path(files[0]))
    say(f"MAC prefixes converted: {count}")
    save_file(output or "-", text)


MOST_PREFIXES = 200_000

_LOCAL = 0x02
"""The bit in an address's first byte that marks addresses which IEEE did not assign."""


def prefix_text(path: Path) -> tuple[str, int]:
    """A signature file made from a list, and its number of prefixes; `HuginnError` for other files.

    Prefixes that are local, or that the default database already names, are left out.
    """
    from huginn_workbench.core import explain_device

    default = Database.load_default()
    found: dict[str, str] = {}
    for digits, name in prefixes(path):
        is_local = int(digits[:2], 16) & _LOCAL
        if not is_local and explain_device(default, "mac", _pattern(digits).replace("*", "00")).match is None:
            found.setdefault(f"mac {_pattern(digits)}", name)
    if not found:
        raise HuginnError(f"{named(str(path))}: holds no recog patterns and no new MAC prefixes")
    if len(found) > MOST_PREFIXES:
        raise HuginnError(f"{named(str(path))}: has more than {MOST_PREFIXES} prefixes")
    makers: dict[str, list[str]] = {}
    for pattern, name in found.items():
        makers.setdefault(name, []).append(pattern)
    labels = sorted(makers.items())
    lines = ((f"g::{name}:::", [("MAC prefixes; low", sorted(patterns))]) for name, patterns in labels)
    return format_file("device", lines), len(found)


def _pattern(digits: str) -> str:
    pairs = [digits[at : at + 2] for at in range(0, len(digits), 2)]
    return ":".join(pairs) + (":*" if len(digits) % 2 == 0 else "*")
