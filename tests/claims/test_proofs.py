"""Lists and keys that are read again: what is damaged keeps its earlier content, and is reported once."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from huginn_cffi.claims.proofs import RobotProofs
from tests.support.robot_lists import write

NAME = "gptbot.json"


def state(proofs: RobotProofs, address: str, robot: str = "GPTBot") -> str:
    return proofs.robots.place(proofs.robots.named(robot), address).state


@pytest.fixture
def proofs(tmp_path: Path) -> RobotProofs:
    write(tmp_path, NAME, [{"ipv4Prefix": "192.0.2.0/24"}])
    write(tmp_path, "Own.json", [{"ipv6Prefix": "2001:db8::/64"}])
    return RobotProofs(tmp_path)


def test_a_renewed_a_removed_and_a_new_list(proofs: RobotProofs, tmp_path: Path) -> None:
    write(tmp_path, NAME, [{"ipv4Prefix": "198.51.100.0/24"}])
    assert state(proofs, "192.0.2.1") == "listed", "not before it is asked to"
    (tmp_path / "Own.json").unlink()
    write(tmp_path, "bingbot.json", [{"ipv4Prefix": "203.0.113.0/24"}])
    assert proofs.reload() == []
    assert [state(proofs, one) for one in ("192.0.2.1", "198.51.100.1")] == ["elsewhere", "listed"]
    assert state(proofs, "203.0.113.1", "bingbot") == "listed"
    assert proofs.robots.named("Own/1.0") == []


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b'{"prefixes": [{"ipv4Prefix": "198.51', "is not a JSON object: download the operator's list again"),
        (b"", "is not a JSON object: download the operator's list again"),
        (b'{"prefixes": [{"ipv4Prefix": "0.0.0.0/0"}]}', ", prefix 1: 0.0.0.0/0 is too broad"),
        (b'{"keys": []}', "has keys: name it after their Signature-Agent, such as chatgpt.com.json"),
    ],
)
def test_a_damaged_list_keeps_its_earlier_content(
    proofs: RobotProofs, tmp_path: Path, data: bytes, problem: str
) -> None:
    for name in (NAME, "Own.json", "new.json"):
        (tmp_path / name).write_bytes(data)
    write(tmp_path, "bingbot.json", [{"ipv4Prefix": "203.0.113.0/24"}])
    said = proofs.reload()
    assert [problem in one for one in said] == [True] * 3
    ends = [one.rpartition("; ")[2] for one in sorted(said, key=lambda one: "new.json" in one)]
    assert ends == ["its earlier content stays in use"] * 2 + ["it is not used"]
    assert [state(proofs, one) for one in ("192.0.2.1", "198.51.100.1")] == ["listed", "elsewhere"]
    assert state(proofs, "2001:db8::1", "Own/1") == "listed"
    assert state(proofs, "203.0.113.1", "bingbot") == "listed", "the others are renewed"
    assert proofs.reload() == [], "it is said once"
    assert state(proofs, "192.0.2.1") == "listed", "and kept for longer"
    for name in ("Own.json", "new.json"):
        (tmp_path / name).unlink()
    write(tmp_path, NAME, [{"ipv4Prefix": "198.51.100.0/24"}])
    assert proofs.reload() == []
    assert state(proofs, "192.0.2.1") == "elsewhere"
    (tmp_path / NAME).write_bytes(data)
    assert len(proofs.reload()) == 1, "damaged anew, said anew"


def test_a_folder_that_is_gone(proofs: RobotProofs, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path)
    assert proofs.reload() == [f"{tmp_path}: cannot be read: No such file or directory"]
    assert proofs.reload() == []
    assert state(proofs, "192.0.2.1") == "listed"


def test_without_a_folder() -> None:
    assert RobotProofs().reload() == []


def test_keys_and_remembered_signatures(tmp_path: Path) -> None:
    pytest.importorskip("http_message_signatures", reason="http-message-signatures is not installed")
    from tests.support.signing import HOST, JWK, SignedRequest, signed

    def asked(nonce: str) -> tuple[str, str]:
        now = int(time.time())
        requests.setdefault(nonce, signed(created=now, expires=now + 600, nonce=nonce))
        return proofs.signatures.verify(requests[nonce], "")

    requests: dict[str, SignedRequest] = {}
    path = tmp_path / f"{HOST}.json"
    proofs = RobotProofs(tmp_path)
    path.write_text(json.dumps({"keys": [JWK]}))
    assert asked("a") == ("", "")
    assert proofs.reload() == []
    assert asked("b") == (HOST, "")
    broken = json.dumps({"keys": [{**JWK, "x": "A"}]})
    for number, damaged in enumerate(("{", broken, '{"keys": []}')):
        path.write_text(damaged)
        (said,) = proofs.reload()
        assert HOST in said
        assert said.endswith(("its earlier content stays in use", "its earlier keys stay in use"))
        assert asked(str(number)) == (HOST, "")
    assert asked("b") == ("", "replayed"), "it forgets no signature"
    path.unlink()
    assert proofs.reload() == []
    assert asked("c") == ("", "")
    assert proofs.signatures.counts["replayed"] == 1
