"""Filters are refused where they are made, with the value and the rule."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any

import numpy as np
import pytest

import huginn_cffi as hg
from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.filters.conditions import conditions_of

PORTS, HOSTS, NETS, CONFIG = hg.PortFilter(), hg.IpFilter(), hg.SubnetFilter(), hg.FilterConfig()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: PORTS.destination(65536), "port 65536 is outside 0 to 65535"),
        (lambda: PORTS.source(80, -1), "port -1 is outside 0 to 65535"),
        (lambda: PORTS.any([80, 70000]), "port 70000 is outside"),
        (lambda: PORTS.source_range(2000, 1000), "port range 2000-1000 ends before it begins"),
        (lambda: PORTS.destination_range(1, 65536), "port 65536"),
        (lambda: PORTS.source(), "name a port"),
        (lambda: hg.PortFilter(dst=65536), "port 65536 is outside"),
        (lambda: hg.PortFilter(dst=range(70000)), "port 69999 is outside"),
        (lambda: hg.PortFilter(dst=[]), "name a port: an empty list"),
        (lambda: hg.PortFilter(dst=range(0)), "name a port"),
        (lambda: hg.IpFilter(src=[]), "name an address"),
        (lambda: hg.IpFilter(dst="10.0.0.0/8"), "is a network, not an address"),
        (lambda: hg.SubnetFilter(any="10.0.0.1"), "has no prefix length"),
        (lambda: hg.FilterConfig(port=PORTS), "the PortFilter is empty"),
        (lambda: PORTS.destination([]), "name a port: an empty list"),
        (lambda: PORTS.any([]), "name a port: an empty list"),
        (lambda: HOSTS.allow("1.2.3"), "'1.2.3' is not an IPv4 or IPv6 address"),
        (lambda: HOSTS.allow(""), "'' is not an IPv4 or IPv6 address"),
        (lambda: HOSTS.allow("010.0.0.1"), "'010.0.0.1' is not"),
        (lambda: HOSTS.allow("10.0.0.0/8"), "'10.0.0.0/8' is a network, not an address: use SubnetFilter"),
        (lambda: HOSTS.allow(ip_network("::/0")), "'::/0' is a network, not an address: use SubnetFilter"),
        (lambda: HOSTS.allow("fe80::1%eth0"), "'fe80::1%eth0' names a zone"),
        (lambda: HOSTS.allow([]), "name an address"),
        (lambda: HOSTS.source_only().destination_only(), "exclude each other"),
        (lambda: NETS.allow("10.0.0.0/33"), "'10.0.0.0/33': the prefix length is 0 to 32 for IPv4"),
        (lambda: NETS.allow("::/129"), "'::/129': the prefix length is 0 to 128 for IPv6"),
        (lambda: NETS.allow("10.0.0.0/"), "'10.0.0.0/': the prefix length"),
        (lambda: NETS.allow("10.0.0.0/-1"), "prefix length"),
        (lambda: NETS.allow("10.0.0.0/255.0.0.0"), "prefix length"),
        (lambda: NETS.allow("10.1.2.3/8"), "'10.1.2.3/8' has bits set .* the network is '10.0.0.0/8'"),
        (lambda: NETS.allow("2001:db8::1/32"), "the network is '2001:db8::/32'"),
        (
            lambda: NETS.allow("10.0.0.1"),
            "'10.0.0.1' has no prefix length: write '10.0.0.1/32', or use IpFilter",
        ),
        (lambda: NETS.allow("1.2.3/8"), "'1.2.3/8' is not an IPv4 or IPv6 network"),
        (lambda: NETS.allow([]), "name a network"),
        (lambda: CONFIG.with_port_filter(PORTS), "the PortFilter is empty"),
        (lambda: CONFIG.with_port_filter(PORTS.any()), "the PortFilter is empty"),
        (lambda: CONFIG.with_ip_filter(HOSTS.source_only()), "the IpFilter is empty"),
        (lambda: CONFIG.with_subnet_filter(NETS), "the SubnetFilter is empty"),
        (lambda: hg.FilterConfig(mode="block"), "mode must be 'allow' or 'deny', not 'block'"),
        (lambda: hg.Analyzer(None, filter=hg.FilterConfig("deny")), "would deny everything"),
        (lambda: hg.Analyzer(None).with_filter(hg.FilterConfig("deny")), "would deny everything"),
    ],
)
def test_wrong_values(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(hg.FilterError, match=message) as raised:
        make()
    assert isinstance(raised.value, (hg.HuginnError, ValueError))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: hg.PortFilter(dst="443"), "a port must be an int, not str"),  # type: ignore[arg-type]
        (lambda: hg.FilterConfig(port=HOSTS), "filter must be a PortFilter, not IpFilter"),  # type: ignore[arg-type]
        (lambda: PORTS.destination("443"), "a port must be an int, not str"),  # type: ignore[arg-type]
        (lambda: PORTS.destination(443.0), "a port must be an int, not float"),  # type: ignore[arg-type]
        (lambda: PORTS.source(True), "a port must be an int, not bool"),
        (lambda: PORTS.source(None), "a port must be an int, not NoneType"),  # type: ignore[arg-type]
        (lambda: PORTS.source_range(1, None), "a port must be an int"),  # type: ignore[arg-type]
        (lambda: HOSTS.allow(167772161), "an address must be a str, not int"),  # type: ignore[arg-type]
        (lambda: HOSTS.allow(b"\x0a\0\0\1"), "an address must be a str, not bytes"),  # type: ignore[arg-type]
        (lambda: NETS.allow(ip_address("10.0.0.1")), "a network must be a str"),  # type: ignore[arg-type]
        (lambda: CONFIG.with_port_filter(HOSTS), "filter must be a PortFilter, not IpFilter"),  # type: ignore[arg-type]
        (lambda: CONFIG.with_ip_filter("10.0.0.1"), "filter must be a IpFilter, not str"),  # type: ignore[arg-type]
        (lambda: hg.FilterConfig(mode=None), "mode must be a str, not NoneType"),  # type: ignore[arg-type]
        (lambda: hg.Analyzer(None, filter=PORTS), "filter must be a FilterConfig or None, not PortFilter"),  # type: ignore[arg-type]
        (lambda: hg.Analyzer(None).with_filter("tcp"), "filter must be a FilterConfig or None, not str"),  # type: ignore[arg-type]
    ],
)
def test_wrong_types(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        make()


def test_one_or_several() -> None:
    assert PORTS.source(80, 443) == PORTS.source([80, 443]) == PORTS.source(80).source({443})
    assert PORTS.source(np.uint16(80)) == PORTS.source(80)  # type: ignore[arg-type]
    assert HOSTS.allow("::1", "10.0.0.1") == HOSTS.allow(["::1", ip_address("10.0.0.1")])
    assert NETS.allow("10.0.0.0/8") == NETS.allow(ip_network("10.0.0.0/8"))
    assert NETS.allow(["10.0.0.0/8", "::/0"]) == NETS.allow("10.0.0.0/8").allow("::/0")


def test_keywords_are_the_methods() -> None:
    assert hg.PortFilter(dst=443) == PORTS.destination(443)
    assert hg.PortFilter(src=(80, 443), any=[22]) == PORTS.source(80, 443).any(22)
    assert hg.PortFilter(src=range(1024, 65536)) == PORTS.source_range(1024, 65535)
    assert hg.PortFilter(dst=(443, range(8000, 8100))) == PORTS.destination(443).destination_range(8000, 8099)
    assert hg.IpFilter(any="::1") == HOSTS.allow("::1")
    assert hg.SubnetFilter(any=("10.0.0.0/8", "::/0")) == NETS.allow("10.0.0.0/8", "::/0")
    assert hg.FilterConfig(port=PORTS.any(1), ip=HOSTS.allow("::1"), subnet=NETS.allow("::/0")) == (
        CONFIG.with_port_filter(PORTS.any(1))
        .with_ip_filter(HOSTS.allow("::1"))
        .with_subnet_filter(NETS.allow("::/0"))
    )


@pytest.mark.parametrize("kind", [hg.IpFilter, hg.SubnetFilter])
def test_keywords_name_ends(kind: Any) -> None:
    one, other = ("10.0.0.1", "10.0.0.2") if kind is hg.IpFilter else ("10.0.0.1/32", "10.0.0.2/32")
    assert conditions_of(kind(src=one)) == conditions_of(kind().allow(one).source_only())
    assert conditions_of(kind(dst=one)) == conditions_of(kind().allow(one).destination_only())
    both = conditions_of(kind(src=one, dst=other))
    assert both == conditions_of(kind(src=one)) + conditions_of(kind(dst=other))


def test_every_method_returns_a_new_object() -> None:
    ports = PORTS.destination(443)
    narrower = ports.source_range(1024, 65535)
    assert ports != narrower
    assert ports == hg.PortFilter().destination(443)
    config = CONFIG.with_port_filter(ports)
    assert config != CONFIG
    assert hg.FilterConfig() == CONFIG
    assert HOSTS.allow("::1").source_only() != HOSTS.allow("::1")
    assert hash(config) == hash(hg.FilterConfig().with_port_filter(ports))
    with pytest.raises(AttributeError):
        config.mode = "deny"  # type: ignore[misc]


def native_condition(**fields: Any) -> tuple[Any, list[Any]]:
    """An ``hg_condition`` of these fields, and what it borrows."""
    native, kept = ffi.new("hg_condition[]", 1), []
    for name, ctype in (("ports", "hg_port_range[]"), ("networks", "hg_network[]")):
        if name in fields:
            kept.append(ffi.new(ctype, fields[name]))
            setattr(native[0], name, kept[-1])
            setattr(native[0], f"{name[:-1]}_count", len(fields[name]))
    native[0].side = fields.get("side", 0)
    return native, kept


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "condition 1 of the filter"),
        ({"ports": [(1, 2)], "networks": [(bytes(16), 4, 0)]}, "condition 1 of the filter"),
        ({"ports": [(1, 2)], "side": 3}, "condition 1 of the filter"),
        ({"ports": [(1, 2), (2, 1)]}, "condition 1 of the filter"),
        ({"networks": [(bytes(16), 4, 32), (bytes(16), 5, 0)]}, "network 2"),
        ({"networks": [(bytes(16), 4, 33)]}, "network 1"),
        ({"networks": [(bytes(16), 6, 129)]}, "network 1"),
        ({"networks": [(b"\x0a\x80".ljust(16, b"\0"), 4, 8)]}, "network 1"),
        ({"networks": [(b"\x0a\xc0".ljust(16, b"\0"), 6, 9)]}, "network 1"),
        ({"networks": [(b"\x0a\0\0\1\1".ljust(16, b"\0"), 4, 32)]}, "network 1"),
    ],
)
def test_the_core_refuses_what_breaks_its_contract(fields: dict[str, Any], message: str) -> None:
    native, _kept = native_condition(**fields)
    out, error = ffi.new("hg_filter **"), ffi.new("hg_error *")
    with pytest.raises(ValueError, match=message):
        check(lib.hg_filter_new(native, 1, 0, out, error), error)
    assert not out[0]
