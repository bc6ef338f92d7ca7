"""All that connections show, by TCP, TLS and HTTP: python every_protocol.py FILE|INTERFACE [NETWORK PORT]."""

from __future__ import annotations

import sys
from pathlib import Path

import huginn_cffi as hg


def main(source: str, network: str | None = None, port: str | None = None) -> int:
    """Print each part of each result: of a capture, or of an interface until Ctrl-C."""
    analyzer = hg.Analyzer(hg.Database.load_default(), max_connections=1000)
    try:
        if network and port:  # both must hold
            analyzer = analyzer.with_filter(
                hg.FilterConfig(port=hg.PortFilter(dst=int(port)), subnet=hg.SubnetFilter(any=network))
            )
        is_file = Path(source).is_file()
        for result in analyzer.analyze_pcap(source) if is_file else analyzer.analyze_network(source):
            for part in (
                result.syn,
                result.syn_ack,
                result.mtu,
                result.client_uptime,
                result.server_uptime,
                result.http_request,
                result.http_response,
                result.tls_client,
            ):
                if part:
                    print(part, flush=True)
    except (hg.HuginnError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 4):
        sys.exit("usage: python every_protocol.py FILE|INTERFACE [NETWORK PORT]")
    sys.exit(main(*sys.argv[1:]))
