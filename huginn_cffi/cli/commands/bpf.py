"""``huginn bpf``: a capture filter for the packets that a signature describes."""

from __future__ import annotations

from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.parameters import OneOf, argument, command, option
from huginn_cffi.signatures.signatures import Direction


@command(
    (
        "What would Linux 4.19 to 6.15 send?",
        "huginn bpf '*:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0'",
    ),
    (
        "The packets of a capture that a signature describes",
        'tcpdump -r capture.pcap "$(huginn bpf 4:128:0:*:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0)"',
    ),
    ("Packets that show the MTU of a DSL line", "huginn bpf 1492"),
)
def bpf(
    signature: str = argument("SIGNATURE"),
    direction: Direction = option(
        "--direction",
        "SIGNATURE describes a SYN (request) or a SYN+ACK.",
        OneOf(["request", "response"]),
        default="request",
    ),
    fuzzy: bool = option("--fuzzy", "Pass fuzzy matches, too."),
) -> None:
    """Print a libpcap filter expression that passes the packets of a signature.

    SIGNATURE is the value of a sig line, or a raw signature as results show it. Other packets
    do not pass, as far as a filter can distinguish them (docs/signature-tools.md has the exceptions).
    """
    from huginn_cffi.applications.authors.bpf_signature import bpf_expression

    print_text(bpf_expression(signature, direction, fuzzy=fuzzy) + "\n")
