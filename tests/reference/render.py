"""p0f's log lines, without their time."""

from __future__ import annotations

from ipaddress import IPv4Address

from sigcompiler.vocabulary import (
    MAX_DISTANCE,
    OPTION_WORDS,
    QUIRK_WORDS,
    OptionKind,
    Quirk,
    WindowKind,
)
from tests.reference.matcher import ReferenceMatch, distance, guess_distance, params
from tests.reference.packet import ACK, SYN, Address, Observation, window_multiple
from tests.reference.tracker import Event, Fingerprint, Mtu, UptimeReading

SENDSYN_MSS = 1331
"""p0f prints this MSS of a SYN+ACK as ``*``."""


def event_fields(event: Event) -> dict[str, str]:
    """The fields of one log line in p0f's order."""
    if isinstance(event, Fingerprint):
        return _fingerprint_fields(event)
    if isinstance(event, Mtu):
        return {**_ends("mtu", event.seen), "link": event.link or "???", "raw_mtu": str(event.mtu)}
    return _uptime_fields(event)


def event_line(event: Event) -> str:
    """The fields as p0f joins them."""
    return "|".join(f"{name}={value}" for name, value in event_fields(event).items())


def _fingerprint_fields(event: Fingerprint) -> dict[str, str]:
    seen, match = event.seen, event.match
    fields = _ends("syn+ack" if seen.type == SYN | ACK else "syn", seen)
    if match is None:
        fields["os"] = "???"
    else:
        label = match.signature.label
        fields["app" if label.userland else "os"] = (
            f"{label.name} {label.flavor}" if label.flavor else label.name
        )
    fields["dist"] = _distance(seen, match)
    fields["params"] = params(seen, match)
    fields["raw_sig"] = raw_signature(seen, event.peer_mss)
    return fields


def _distance(seen: Observation, match: ReferenceMatch | None) -> str:
    unreliable = match is not None and match.signature.unreliable_ttl
    return f"{'<= ' if unreliable else ''}{distance(seen, match)}"


def _uptime_fields(event: UptimeReading) -> dict[str, str]:
    uptime = event.uptime
    hours, minutes = divmod(uptime.minutes, 60)
    days, hours = divmod(hours, 24)
    return {
        **_ends("uptime", event.seen, event.by_server),
        "uptime": f"{days} days {hours} hrs {minutes} min (modulo {uptime.modulo_days} days)",
        "raw_freq": f"{uptime.raw_frequency:.2f} Hz",
    }


def _ends(mod: str, seen: Observation, by_server: bool | None = None) -> dict[str, str]:
    """``cli`` and ``srv`` describe the connection, ``subj`` the end that sent the packet."""
    sender = f"{address_text(seen.source)}/{seen.sport}"
    receiver = f"{address_text(seen.destination)}/{seen.dport}"
    if by_server is None:
        by_server = seen.type == SYN | ACK
    client, server = (receiver, sender) if by_server else (sender, receiver)
    return {"mod": mod, "cli": client, "srv": server, "subj": "srv" if by_server else "cli"}


def address_text(address: Address) -> str:
    """IPv6 as eight groups without leading zeros and without ``::``."""
    if isinstance(address, IPv4Address):
        return str(address)
    return ":".join(f"{int(group, 16):x}" for group in address.exploded.split(":"))


def raw_signature(seen: Observation, peer_mss: int) -> str:
    """p0f's signature text of a packet."""
    hops = guess_distance(seen.ttl)
    hidden = seen.type == SYN | ACK and seen.mss == SENDSYN_MSS
    return ":".join(
        (
            str(seen.version),
            f"{seen.ttl}+{hops if hops <= MAX_DISTANCE else '?'}",
            str(seen.olen),
            "*" if hidden else str(seen.mss),
            f"{_window(seen, peer_mss)},{seen.wscale}",
            ",".join(_option(kind, seen.eol_pad) for kind in seen.options),
            ",".join(word for quirk, word in QUIRK_WORDS.items() if quirk in seen.quirks),
            "+" if seen.payload else "0",
        )
    )


def _window(seen: Observation, peer_mss: int) -> str:
    kind, value = window_multiple(seen, peer_mss)
    return {WindowKind.MSS: "mss*", WindowKind.MTU: "mtu*"}.get(kind, "") + str(value)


def _option(kind: int, eol_pad: int) -> str:
    if kind == OptionKind.EOL:
        return f"eol+{eol_pad}"
    return OPTION_WORDS[OptionKind(kind)] if kind in set(OptionKind) else f"?{kind}"


def quirk_words(quirks: Quirk) -> list[str]:
    """The names of a set of quirks in p0f's order."""
    return [word for quirk, word in QUIRK_WORDS.items() if quirk in quirks]
