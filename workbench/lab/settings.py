"""The settings under which a Linux kernel is measured, as client and as server."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

Sysctls = dict[str, str]

IPV4 = "net.ipv4."
MTUS = (
    *(576, 1200, 1280, 1300, 1358, 1380, 1400, 1420, 1430, 1440, 1450, 1452, 1454, 1460, 1472, 1476, 1480),
    *(1490, 1492, 1500, 2000, 2304, 4352, 8500, 8900, 8951, 9000, 9001, 9216, 16384, 32768, 65500, 65536),
)
FEATURES = ("timestamps", "sack", "window_scaling")
SWITCHES = [dict(zip(FEATURES, values, strict=True)) for values in product((1, 0), repeat=3)]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `subject` and `peer` are sysctls; `options` belong to the subject's socket."""

    name: str
    subject: Sysctls = field(default_factory=dict)
    options: tuple[str, ...] = ()
    peer: Sysctls = field(default_factory=dict)
    peer_options: tuple[str, ...] = ()
    mtu: int = 1500
    route: str = ""
    """Attributes of the route to the peer: ``advmss 1360``."""
    clamp: int = 0
    """The MSS that a middlebox puts into both SYN and SYN+ACK."""
    silent: bool = False
    """The peer does not answer, so that SYNs are repeated."""
    again: bool = False
    """The connection is opened twice: the second one uses values cached from the first."""


def features(values: dict[str, int]) -> Sysctls:
    """Switches of TCP features as sysctls."""
    return {f"{IPV4}tcp_{name}": str(value) for name, value in values.items()}


def without(values: dict[str, int]) -> str:
    """A name for a selection of features."""
    off = [name for name, value in values.items() if not value]
    return f"without {', '.join(off)}" if off else "default"


def buffer(default: int, largest: int) -> Sysctls:
    """The receive buffer of every new socket."""
    return {f"{IPV4}tcp_rmem": f"4096 {default} {largest}"}


BUFFERS = (
    *((131072, 6291456), (131072, 33554432), (131072, 16777216), (131072, 67108864)),
    *((131072, 1048576), (131072, 262144), (87380, 6291456), (87380, 16777216), (87380, 4194304)),
    *((262144, 8388608), (524288, 16777216), (1048576, 16777216), (1048576, 33554432), (65536, 4194304)),
    *((16384, 131072), (8192, 65536), (43690, 87380), (212992, 6291456), (131072, 500000)),
)
ECN = ("0", "1", "2", "3", "4", "5")
"""From 3 on: Accurate ECN, if the kernel supports it."""

SOCKETS = (
    *((f"rcvbuf={size}",) for size in (2304, 4096, 8192, 16384, 32768, 65536, 131072, 262144, 1048576)),
    *((f"maxseg={size}",) for size in (536, 1000, 1360, 1400)),
    *((f"clamp={size}",) for size in (4096, 20000)),
)

BOTH = (
    *(Setting(f"MTU {mtu}", mtu=mtu) for mtu in MTUS),
    *(Setting(f"tcp_rmem {default} {largest}", buffer(default, largest)) for default, largest in BUFFERS),
    *(Setting(" ".join(options), options=options) for options in SOCKETS),
    *(Setting(f"ip_default_ttl {ttl}", {f"{IPV4}ip_default_ttl": ttl}) for ttl in ("128", "255")),
    *(Setting(f"auto_flowlabels {n}", {"net.ipv6.auto_flowlabels": n}) for n in ("0", "1", "2", "3")),
    *(Setting(f"advmss {n}", route=f"advmss {n}") for n in (536, 1360, 1436)),
    Setting("initrwnd 20", route="initrwnd 20"),
    *(Setting(f"MSS lowered to {n} on the way", clamp=n) for n in (536, 1220, 1360, 1380, 1400, 1452)),
)
"""Settings for clients and servers."""

CLIENT = (
    *(Setting(without(values), features(values)) for values in SWITCHES),
    *BOTH,
    *(Setting(f"MTU {mtu} without timestamps", features({"timestamps": 0}), mtu=mtu) for mtu in MTUS),
    Setting("mptcp", options=("mptcp",)),
    *(Setting(f"tcp_ecn {value}", {f"{IPV4}tcp_ecn": value}) for value in ECN),
    Setting("ip_default_ttl 32", {f"{IPV4}ip_default_ttl": "32"}),
    *(Setting(f"tcp_mtu_probing {n}", {f"{IPV4}tcp_mtu_probing": n}) for n in ("1", "2")),
    *(Setting(f"tcp_adv_win_scale {n}", {f"{IPV4}tcp_adv_win_scale": n}) for n in ("-2", "2", "3")),
    Setting("window 16384", route="window 16384"),
    Setting("features ecn", route="features ecn"),
    Setting("tcp_workaround_signed_windows 1", {f"{IPV4}tcp_workaround_signed_windows": "1"}),
    Setting("tcp_timestamps 2", {f"{IPV4}tcp_timestamps": "2"}),
    Setting("Fast Open, cookie asked for", options=("fastopen",)),
    Setting("Fast Open, cookie sent", options=("fastopen",), peer_options=("fastopen",), again=True),
    Setting("Fast Open without timestamps", features({"timestamps": 0}), options=("fastopen",)),
    Setting("Multipath TCP without timestamps", features({"timestamps": 0}), options=("mptcp",)),
    Setting("MTU 1280, Multipath TCP", options=("mptcp",), mtu=1280),
    Setting("MTU 9000, tcp_ecn 1", {f"{IPV4}tcp_ecn": "1"}, mtu=9000),
    Setting("MTU 1280, tcp_ecn 1", {f"{IPV4}tcp_ecn": "1"}, mtu=1280),
    Setting("tcp_ecn 1 without timestamps", {f"{IPV4}tcp_ecn": "1", **features({"timestamps": 0})}),
    Setting("repeated SYN", silent=True),
    Setting("repeated SYN, tcp_ecn 1", {f"{IPV4}tcp_ecn": "1"}, silent=True),
    Setting("repeated SYN, tcp_ecn 3", {f"{IPV4}tcp_ecn": "3"}, silent=True),
    Setting("repeated SYN, Fast Open", options=("fastopen",), silent=True),
    Setting("repeated SYN, Multipath TCP", options=("mptcp",), silent=True),
)
"""Settings for clients."""

SERVER = (
    *(Setting(f"to a client {without(values)}", peer=features(values)) for values in SWITCHES),
    *BOTH,
    *(Setting(f"MTU {n}, client without timestamps", mtu=n, peer=features({"timestamps": 0})) for n in MTUS),
    *(Setting(without(values), features(values)) for values in SWITCHES[1:]),
    *(
        Setting(f"tcp_ecn {mine}, client {theirs}", {f"{IPV4}tcp_ecn": mine}, peer={f"{IPV4}tcp_ecn": theirs})
        for mine, theirs in product(ECN, ("1", "3"))
    ),
    *(Setting(f"tcp_ecn {value} on both ends", {f"{IPV4}tcp_ecn": value}) for value in ("1", "3")),
    Setting(
        "tcp_ecn 3 on both ends without timestamps", {f"{IPV4}tcp_ecn": "3", **features({"timestamps": 0})}
    ),
    *(
        Setting(
            f"tcp_ecn 3 on both ends, tcp_ecn_option {n}", {f"{IPV4}tcp_ecn": "3", f"{IPV4}tcp_ecn_option": n}
        )
        for n in ("0", "1", "2", "3")
    ),
    Setting("Fast Open, cookie given", options=("fastopen",), peer_options=("fastopen",)),
    Setting("Fast Open, data taken", options=("fastopen",), peer_options=("fastopen",), again=True),
    Setting("Multipath TCP", options=("mptcp",), peer_options=("mptcp",)),
    Setting("Multipath TCP refused", peer_options=("mptcp",)),
    Setting("tcp_syncookies 2", {f"{IPV4}tcp_syncookies": "2"}),
    Setting(
        "tcp_syncookies 2, client without timestamps",
        {f"{IPV4}tcp_syncookies": "2"},
        peer=features({"timestamps": 0}),
    ),
)
"""Settings for servers."""
