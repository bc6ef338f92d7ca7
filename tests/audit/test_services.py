"""Services by what was seen at a port, else by the port: Telnet and FTP with and without a greeting."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.made import Printed, audited, policy, rule
from tests.support.conversations import capture, handshake, segment
from tests.support.greetings import POSTFIX, VSFTPD, mysql
from tests.support.logins import PROMPTS, SECRET
from tests.support.tls.conversation import client_hello, record

CLEAR = "service NOT LIKE '%ftp%' AND service NOT LIKE '%telnet%'"
LOGIN = [*PROMPTS, ("s", b"\r\nPassword: "), ("c", SECRET + b"\r"), ("s", b"\r\n"), ("s", b"Last login: x")]
SSH = [("s", b"SSH-2.0-OpenSSH_9.6\r\n"), ("c", b"SSH-2.0-OpenSSH_9.6\r\n")]
HTTP = [("c", b"GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: curl/8.5.0\r\n\r\n")]


def connection(service: int, *turns: tuple[str, bytes]) -> bytes:
    """What the client (c) and the server (s) send."""
    frames, at = handshake(40000, service), {"c": 0, "s": 0}
    frames.append(segment(40000, 0, service=service))
    for who, data in turns:
        frames.append(segment(40000, at[who], data, server=who == "s", service=service))
        at[who] += len(data)
    return capture(*frames)


@pytest.mark.parametrize(
    ("service", "turns", "name"),
    [
        (21, [], "ftp"),
        (21, [("s", VSFTPD)], "ftp"),
        (2121, [("s", VSFTPD)], "ftp"),
        (23, [], "telnet"),
        (23, [("s", b"\xff\xfd\x18\xff\xfd\x20")], "telnet"),
        (2323, LOGIN, "telnet"),
        (23, [("s", POSTFIX)], "smtp"),
        (23, SSH, "ssh"),
        (21, HTTP, "http"),
        (21, [("s", mysql(b"8.0.36"))], "mysql"),
        (23, [("c", record(client_hello()))], "tls"),
        (8080, [], "none"),
        (513, [], "rlogin"),
    ],
)
def test_telnet_and_ftp(
    service: int, turns: list[tuple[str, bytes]], name: str, tmp_path: Path, capsys: Printed
) -> None:
    """In a capture and in a store; other services at their ports, and theirs at other ports."""
    from huginn_cffi.cli import main

    path, kept = tmp_path / "a.pcap", str(tmp_path / "hosts.sqlite")
    path.write_bytes(connection(service, *turns))
    assert main(["hosts", str(path), "--store", kept]) == 0
    capsys.readouterr()
    rules = policy(
        tmp_path, rule("Clear", CLEAR, of='"services"'), rule("All", "service = 1", of='"services"')
    )
    is_clear = name in ("ftp", "telnet")
    for source in ([str(path)], ["--store", kept]):
        status, lines = audited(capsys, rules, *source)
        assert (status, sum(line.startswith("fails") for line in lines)) == (1, 1 + is_clear)
        assert all(f"service {name}," in line for line in lines if line.startswith("fails"))
