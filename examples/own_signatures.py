"""Find hosts by signatures of one's own: python own_signatures.py SIGNATURES.fp CAPTURE."""

from __future__ import annotations

import sys

import huginn_cffi as hg


def main(signatures: str, capture: str) -> int:
    """Print each handshake packet with the signature that fits it."""
    try:
        database = hg.Database.compile(signatures)
    except hg.SignatureError as error:
        for diagnostic in error.diagnostics:  # every one, with file, line, column and hint
            print(diagnostic, file=sys.stderr)
        return 2
    for warning in database.warnings:
        print(warning, file=sys.stderr)
    try:
        for result in hg.Analyzer(database).analyze_pcap(capture):
            part = result.syn or result.syn_ack
            if part and part.match:
                match = part.match
                print(f"packet {result.packet_number}: {part.source} is {match} ({match.file}:{match.line})")
            elif part:
                # What a new signature would be written from.
                print(f"packet {result.packet_number}: {part.source} is unknown: {part.signature}")
    except hg.CaptureError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python own_signatures.py SIGNATURES.fp CAPTURE")
    sys.exit(main(sys.argv[1], sys.argv[2]))
