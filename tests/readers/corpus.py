"""SSH identifications and servers' certificates of the corpus, as tshark and as the readers find them.

`python -m tests.readers.corpus` compares all captures, which takes minutes; a test runs a sample.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable
from pathlib import Path

import huginn_cffi as hg
from tests.support.devices.captured import SHARED, fields

Found = set[tuple[str, int, str]]
"""Address and port of the sender, and what it sent."""

OTHER_PORT = "tshark reads no SSH at this port"
NOT_SEEN = "tshark does not take these connections for TLS"
IN_OPENVPN = "TLS within OpenVPN"
DIFFERENCES = {
    "nDPI__ssh.pcap": OTHER_PORT,
    "zeek__ssh-on-port-80.pcap": OTHER_PORT,
    "zeek__ssh_kex_mlkem.pcap": OTHER_PORT,
    "arkime__arkime_synthetic.pcap": "no certificate: a length in it is wrong",
    "mercury__openvpn_tcp_multi.pcap": IN_OPENVPN,
    "nDPI__openvpn.pcap": IN_OPENVPN,
    "nDPI__openvpn_nohmac_tcp.pcapng": IN_OPENVPN,
    "nDPI__anydesk.pcapng": NOT_SEEN,
    "nDPI__gnutella.pcap": NOT_SEEN,
    "nDPI__malware.pcap": NOT_SEEN,
    "nfstream__google_ssl.pcap": NOT_SEEN,
    "zeek__irc-starttls.pcap": NOT_SEEN,
    "zeek__psql-aws-ssl-require-15432.pcap": NOT_SEEN,
    "zeek__psql-aws-ssl-require.pcap": NOT_SEEN,
    "zeek__rdp-no-cookie-mstshash.pcap": NOT_SEEN,
}

_ENDS = ("ip.src", "ipv6.src", "tcp.srcport")
_CERTIFICATE = re.compile(rb"\x16\x03[\x00-\x03]..[\x02\x0b]\x00", re.DOTALL)


def captures() -> tuple[list[Path], list[Path]]:
    """Those with SSH, and those with certificates, the smallest first."""
    files = [one for one in (SHARED / "corpus").iterdir() if one.suffix in (".pcap", ".pcapng", ".cap")]
    content = {
        path: path.read_bytes() for path in sorted(files, key=lambda one: (one.stat().st_size, one.name))
    }
    return (
        [path for path, data in content.items() if b"SSH-" in data],
        [path for path, data in content.items() if b"\x30\x82" in data and _CERTIFICATE.search(data)],
    )


def _by_tshark(path: Path, field: str, made: Callable[[str], str]) -> Found:
    """The first value of a field in each packet, but of those that send a ClientHello."""
    hello = "tls.handshake.ciphersuites"
    rows = fields(path, f"tcp && ({field} || {hello})", (*_ENDS, field, hello))
    ends = [
        ((one["ip.src"] or one["ipv6.src"]).split("|")[-1], int(one["tcp.srcport"].split("|")[0]))
        for one in rows
    ]
    clients = {end for end, one in zip(ends, rows, strict=True) if one[hello]}
    return {
        (*end, made(one[field].split("|")[0]))
        for end, one in zip(ends, rows, strict=True)
        if one[field] and end not in clients
    }


def ssh(path: Path) -> tuple[Found, Found]:
    """What tshark finds, and the reader, without blanks at the end."""
    results = hg.Analyzer(None, protocols=("ssh",)).analyze_pcap(path, on_error=lambda _: None)
    seen = [one for one in (result.ssh_client or result.ssh_server for result in results) if one]
    own = {(one.source.ip, one.source.port, (one.banner or "").rstrip()) for one in seen}
    return _by_tshark(path, "ssh.protocol", lambda text: text.replace("\\r\\n", "").rstrip()), own


def certificates(path: Path) -> tuple[Found, Found]:
    """The same of the first certificates of servers."""
    results = hg.Analyzer(None, protocols=("tls",)).analyze_pcap(path, on_error=lambda _: None)
    seen = [result.certificate for result in results if result.certificate]
    own = {(one.source.ip, one.source.port, one.sha256) for one in seen}
    return _by_tshark(path, "tls.handshake.certificate", _sha256), own


def _sha256(text: str) -> str:
    return hashlib.sha256(bytes.fromhex(text.replace(":", ""))).hexdigest()


def main() -> int:
    """Print what differs without a reason."""
    wrong = 0
    for read, paths in zip((ssh, certificates), captures(), strict=True):
        for path in paths:
            wanted, found = read(path)
            if (wanted != found) and path.name not in DIFFERENCES:
                wrong += 1
                print(
                    f"{path.name}: only tshark {sorted(wanted - found)}, only here {sorted(found - wanted)}"
                )
        print(f"{len(paths)} captures compared")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
