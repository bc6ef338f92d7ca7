"""Names in libpcap's filter language: no expression makes it ask DNS, and the others work as before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.filters.bpf import BpfFilter
from huginn_cffi.libraries import libpcap
from tests.support.core import ROOT

try:
    libpcap.load_libpcap()
except hg.LibpcapError as error:
    pytest.skip(str(error), allow_module_level=True)

REFUSED = {
    "host www.example.com": "www.example.com",
    "www.example.com": "www.example.com",
    "host 192.0.2.1.example": "192.0.2.1.example",
    "host 1.2.3.4.5": "1.2.3.4.5",
    "host www.example.com:80": "www.example.com:80",
    "host cafe": "cafe",
    "host cafe:1": "cafe:1",
    "host caf\u00e9": "caf",
    "host \\tcp": "\\tcp",
    "HOST 192.0.2.1": "HOST",
    "net example": "example",
    "ip6 net example": "example",
    "gateway example": "example",
    "ether host example": "example",
    "not example": "example",
    "!example": "example",
    "port 80 and dst example": "example",
    "port http and (example)": "example",
    "(port http) or example": "example",
    "port http or tcp or example": "example",
    "src 192.0.2.1 or\nexample": "example",
    "port 80 and src host 192.0.2.1 or domain": "domain",
}
ACCEPTED = (
    "host 192.0.2.1 or 192.0.2.2",
    "net 10.0.0.0 mask 255.0.0.0",
    "src net 192.0.2.0/24 and tcp src port 443",
    "host ::1 or ip6 net 2001:db8::/32",
    "ether src 00:11:22:33:44:55",
    "ether host 00-11-22-33-44-55",
    "ether proto 0x0800",
    "tcp port http",
    "port http or https",
    "port (http or not https)",
    "dst port ftp-data",
    "port 80 or www.example.com",
    "portrange 80-90",
    "ip proto \\tcp or \\udp",
    "ip[0] & 0xf != 5 and tcp[13:2] & 2 != 0",
    "tcp[tcpflags] & (tcp-syn|tcp-ack) != 0",
    "icmp[icmptype] == icmp-echo or tcp",
    "vlan 5 && tcp",
    "type mgt subtype beacon",
    "ether broadcast",
)

RESOLVER = """
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int asked(const char *name)
{
    ssize_t written = write(2, "LOOKUP ", 7) + write(2, name, strlen(name)) + write(2, "\\n", 1);
    return written < 0 ? 1 : -2;
}
int getaddrinfo(const char *node, const char *service, const void *hints, void **found)
{
    (void)service, (void)hints, (void)found;
    return node && !strchr(node, ':') ? asked(node) : -8;
}
void *gethostbyname(const char *name) { asked(name); return NULL; }
int getnetbyname_r(const char *name, void *a, char *b, size_t c, void **found, int *error)
{
    (void)a, (void)b, (void)c, (void)error;
    *found = NULL;
    return asked(name) ? 0 : 1;
}
int ether_hostton(const char *name, void *address) { (void)address; return asked(name); }
"""
"""A resolver that finds nothing, and writes the names of hosts and networks that it was asked for."""

COMPILE = """
import sys
from huginn_cffi.base.errors import FilterError
from huginn_cffi.filters import bpf
if sys.argv[1] == "all":
    bpf._host_name = lambda *_: None
for expression in sys.argv[2:]:
    try:
        bpf.BpfFilter(expression)
    except FilterError:
        pass
"""


@pytest.mark.parametrize(("expression", "name"), REFUSED.items())
def test_names_of_hosts_are_refused(expression: str, name: str) -> None:
    with pytest.raises(hg.FilterError) as raised:
        BpfFilter(expression)
    assert f"{name!r} is no keyword" in str(raised.value)


@pytest.mark.parametrize("expression", ACCEPTED)
def test_everything_else_is_left_to_libpcap(expression: str) -> None:
    try:
        BpfFilter(expression)
    except hg.FilterError as error:
        assert "unknown port 'www.example.com'" in str(error)  # noqa: PT017 - the others are no errors


def test_dns_is_never_asked(tmp_path: Path) -> None:
    compiler = shutil.which("cc") or pytest.skip("no C compiler")
    (tmp_path / "resolver.c").write_text(RESOLVER)
    library = tmp_path / "resolver.so"
    build = [compiler, "-shared", "-fPIC", str(tmp_path / "resolver.c"), "-o", str(library)]
    subprocess.run(build, check=True, env=os.environ | {"LD_PRELOAD": ""})
    loaded = " ".join(filter(None, [os.environ.get("LD_PRELOAD"), str(library)]))

    def looked_up(which: str) -> str:
        command = [sys.executable, "-c", COMPILE, which, *REFUSED, *ACCEPTED]
        environment = os.environ | {"LD_PRELOAD": loaded, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return done.stderr

    assert "LOOKUP www.example.com\n" in looked_up("all")  # the resolver works
    assert looked_up("refused") == ""
