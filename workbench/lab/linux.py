"""A Linux kernel with all settings, over IPv4 and IPv6."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from itertools import count

from workbench.lab.agents import Agent, CommandError
from workbench.lab.netns import LOOPBACK, Room
from workbench.lab.records import SignatureRecord, record
from workbench.lab.settings import CLIENT, IPV4, SERVER, Setting, Sysctls

_ports = count(2000)
"""A new port for every setting, so that state of the previous one does not matter."""
CONNECT_MS = 2000
SILENT_MS = 3500
"""Long enough for the third repetition of a SYN: after 1, 2 and 4 seconds."""

LEAST_IPV6_MTU = 1280

START: Sysctls = {f"{IPV4}tcp_fastopen": "3"}
"""Both directions of Fast Open; without the option a socket does not use it."""


def measure(room: Room, direction: str) -> Iterator[SignatureRecord]:
    """Measure every setting for a direction, except those that the kernel refuses."""
    settings = CLIENT if direction == "request" else SERVER
    version = room.subject.command("version")
    for agent in {id(room.subject): room.subject, id(room.peer): room.peer}.values():
        for name, value in START.items():
            agent.command("set", name, value)
    for setting in settings:
        if room.peer is room.subject and (setting.peer or setting.clamp or setting.route or setting.silent):
            continue
        port = next(_ports)
        try:
            packets = _packets(room, setting, direction, port)
        except CommandError as error:
            print(f"  left out: {setting.name}: {error}")
            continue
        for data in packets:
            yield record("Linux", version, direction, data, setting.name)


def _packets(room: Room, setting: Setting, direction: str, port: int) -> list[bytes]:
    with ExitStack() as cleanup:
        room.set_mtu(setting.mtu)
        cleanup.callback(room.set_mtu, 1500)
        _set(room.subject, setting.subject, cleanup)
        _set(room.peer, setting.peer, cleanup)
        _lay_route(room, setting, cleanup)
        if setting.clamp:  # as a router with a narrower link does
            _filter(room.subject, "postrouting", f"tcp option maxseg size set {setting.clamp}", cleanup)
        asks, answers = (room.subject, room.peer) if direction == "request" else (room.peer, room.subject)
        ends = (setting.options, setting.peer_options)
        client, server = ends if direction == "request" else ends[::-1]
        if setting.silent:  # a closed port would answer with a reset
            _filter(room.peer, "input", "drop", cleanup)
        else:
            answers.command("listen", port, *server)
            cleanup.callback(answers.command, "close", port)
        found: list[bytes] = []
        alone = room.peer is room.subject
        theirs, mine = (LOOPBACK, LOOPBACK) if alone else (answers.addresses, room.subject.addresses)
        for address, own in zip(theirs, mine, strict=True):
            if setting.mtu < LEAST_IPV6_MTU and ":" in own:
                continue
            for _ in range(2 if setting.again else 1):
                room.subject.packets.clear()
                asks.command("connect", address, port, SILENT_MS if setting.silent else CONNECT_MS, *client)
            found += room.subject.wait_for_packet(own, direction)
        return found


def _set(agent: Agent, values: Sysctls, cleanup: ExitStack) -> None:
    for name, value in values.items():
        before = agent.command("get", name)
        agent.command("set", name, value)
        cleanup.callback(agent.command, "set", name, before)


def _lay_route(room: Room, setting: Setting, cleanup: ExitStack) -> None:
    for network in ("192.0.2.0/24", "2001:db8::/64") if setting.route else ():
        route = ("run", *room.ip, "route", "replace", network, "dev", room.cable)
        room.subject.command(*route, *setting.route.split())
        cleanup.callback(_ignore_refusal, room.subject, route)


def _filter(agent: Agent, hook: str, verdict: str, cleanup: ExitStack) -> None:
    """Apply a verdict to SYNs at a hook."""
    for words in (
        "add table inet lab",
        f"add chain inet lab syns {{ type filter hook {hook} priority 0 ; }}",
        f"add rule inet lab syns tcp flags & syn == syn {verdict}",
    ):
        agent.command("run", "nft", *words.split())
    cleanup.callback(agent.command, "run", "nft", "delete", "table", "inet", "lab")


def _ignore_refusal(agent: Agent, words: tuple[object, ...]) -> None:
    with suppress(CommandError):
        agent.command(*words)
