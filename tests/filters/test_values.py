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
from huginn_cffi.filters.conditions import Side, conditions_of

HOSTS = hg.IpFilter(any="::1")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: hg.PortFilter(dst=65536), "port 65536 is outside 0 to 65535"),
        (lambda: hg.PortFilter(src=(80, -1)), "port -1 is outside 0 to 65535"),
        (lambda: hg.PortFilter(any=[80, 70000]), "port 70000 is outside"),
        (lambda: hg.PortFilter(src=range(2000, 1001)), "port range 2000-1000 ends before it begins"),
        (lambda: hg.PortFilter(dst=range(1, 65537)), "port 65536"),
        (lambda: hg.PortFilter(dst=65536), "port 65536 is outside"),
        (lambda: hg.PortFilter(dst=range(70000)), "port 69999 is outside"),
        (lambda: hg.PortFilter(dst=[]), "name a port: an empty list"),
        (lambda: hg.PortFilter(dst=range(0)), "name a port"),
        (lambda: hg.IpFilter(src=[]), "name an address"),
        (lambda: hg.IpFilter(dst="10.0.0.0/8"), "is a network, not an address"),
        (lambda: hg.SubnetFilter(any="10.0.0.1"), "has no prefix length"),
        (lambda: hg.FilterConfig(port=hg.PortFilter()), "the PortFilter is empty"),
        (lambda: hg.PortFilter(any=[]), "name a port: an empty list"),
        (lambda: hg.IpFilter(any="1.2.3"), "'1.2.3' is not an IPv4 or IPv6 address"),
        (lambda: hg.IpFilter(any=""), "'' is not an IPv4 or IPv6 address"),
        (lambda: hg.IpFilter(any="010.0.0.1"), "'010.0.0.1' is not"),
        (
            lambda: hg.IpFilter(any="10.0.0.0/8"),
            "'10.0.0.0/8' is a network, not .*: use SubnetFilter",
        ),
        (
            lambda: hg.IpFilter(any=ip_network("::/0")),
            "'::/0' is a network, not .*: use SubnetFilter",
        ),
        (lambda: hg.IpFilter(any="fe80::1%eth0"), "'fe80::1%eth0' names a zone"),
        (lambda: hg.IpFilter(any=[]), "name an address"),
        (lambda: hg.SubnetFilter(any="10.0.0.0/33"), "'10.0.0.0/33': the prefix length is 0 to 32 for IPv4"),
        (lambda: hg.SubnetFilter(any="::/129"), "'::/129': the prefix length is 0 to 128 for IPv6"),
        (lambda: hg.SubnetFilter(any="10.0.0.0/"), "'10.0.0.0/': the prefix length"),
        (lambda: hg.SubnetFilter(any="10.0.0.0/-1"), "prefix length"),
        (lambda: hg.SubnetFilter(any="10.0.0.0/255.0.0.0"), "prefix length"),
        (
            lambda: hg.SubnetFilter(any="10.1.2.3/8"),
            "'10.1.2.3/8' has bits set .* is '10.0.0.0/8'",
        ),
        (lambda: hg.SubnetFilter(any="2001:db8::1/32"), "the network is '2001:db8::/32'"),
        (
            lambda: hg.SubnetFilter(any="10.0.0.1"),
            "'10.0.0.1' has no prefix length: write '10.0.0.1/32', or use IpFilter",
        ),
        (lambda: hg.SubnetFilter(any="1.2.3/8"), "'1.2.3/8' is not an IPv4 or IPv6 network"),
        (lambda: hg.SubnetFilter(any=[]), "name a network"),
        (lambda: hg.FilterConfig(ip=hg.IpFilter()), "the IpFilter is empty"),
        (lambda: hg.FilterConfig(subnet=hg.SubnetFilter()), "the SubnetFilter is empty"),
        (lambda: hg.FilterConfig(), "would allow everything; add port, ip or subnet"),
        (lambda: hg.FilterConfig("deny"), "would deny everything"),
        (lambda: hg.FilterConfig(mode="block"), "mode must be 'allow' or 'deny', not 'block'"),
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
        (lambda: hg.FilterConfig(port=HOSTS), "port must be made by hg.PortFilter, not IpFilter"),  # type: ignore[arg-type]
        (lambda: hg.PortFilter(dst=443.0), "a port must be an int, not float"),  # type: ignore[arg-type]
        (lambda: hg.PortFilter(src=True), "a port must be an int, not bool"),
        (lambda: hg.PortFilter(src=[None]), "a port must be an int, not NoneType"),  # type: ignore[list-item]
        (lambda: hg.IpFilter(any=167772161), "an address must be a str, not int"),  # type: ignore[arg-type]
        (lambda: hg.IpFilter(any=b"\x0a\0\0\1"), "an address must be a str, not bytes"),  # type: ignore[arg-type]
        (lambda: hg.SubnetFilter(any=ip_address("10.0.0.1")), "a network must be a str"),  # type: ignore[arg-type]
        (lambda: hg.FilterConfig(ip="10.0.0.1"), "ip must be made by hg.IpFilter, not str"),  # type: ignore[arg-type]
        (lambda: hg.FilterConfig(mode=None), "mode must be a str, not NoneType"),  # type: ignore[arg-type]
        (
            lambda: hg.Analyzer(None, filter=hg.PortFilter(dst=1)),
            "filter must be a FilterConfig or None, not PortFilter",
        ),  # type: ignore[arg-type]
        (lambda: hg.Analyzer(None).with_filter("tcp"), "filter must be a FilterConfig or None, not str"),  # type: ignore[arg-type]
    ],
)
def test_wrong_types(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        make()


def test_one_or_several() -> None:
    assert hg.PortFilter(src=(80, 443)) == hg.PortFilter(src=[80, 443])
    assert hg.PortFilter(src=80) == hg.PortFilter(src={80}) == hg.PortFilter(src=np.uint16(80))  # type: ignore[arg-type]
    assert hg.PortFilter(src=range(1024, 65536)).sources == ((1024, 65535),)
    assert hg.PortFilter(dst=(443, range(8000, 8100))).destinations == ((443, 443), (8000, 8099))
    assert hg.IpFilter(any=("::1", "10.0.0.1")) == hg.IpFilter(any=["::1", ip_address("10.0.0.1")])
    assert hg.SubnetFilter(any="10.0.0.0/8") == hg.SubnetFilter(any=ip_network("10.0.0.0/8"))
    given = hg.PortFilter(any=1), HOSTS, hg.SubnetFilter(any="::/0")
    assert hg.FilterConfig(port=given[0], ip=given[1], subnet=given[2]).filters == given


@pytest.mark.parametrize("kind", [hg.IpFilter, hg.SubnetFilter])
def test_keywords_name_ends(kind: Any) -> None:
    one, other = ("10.0.0.1", "10.0.0.2") if kind is hg.IpFilter else ("10.0.0.1/32", "10.0.0.2/32")
    (first,), (second,), (third,) = (conditions_of(kind(**{end: one})) for end in ("src", "dst", "any"))
    assert [first.side, second.side, third.side] == [Side.SOURCE, Side.DESTINATION, Side.EITHER]
    assert first.networks == second.networks == third.networks == (ip_network("10.0.0.1/32"),)
    both = conditions_of(kind(src=one, dst=other))
    assert both == conditions_of(kind(src=one)) + conditions_of(kind(dst=other))


def test_filters_are_values() -> None:
    config = hg.FilterConfig(port=hg.PortFilter(dst=443))
    assert (
        config == hg.FilterConfig(port=hg.PortFilter(dst=443)) != hg.FilterConfig(port=hg.PortFilter(dst=80))
    )
    assert hash(config) == hash(hg.FilterConfig(port=hg.PortFilter(dst=443)))
    assert hg.IpFilter(src="::1") != HOSTS
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
