"""Web Bot Auth: test vectors, real requests, and wrong signatures, each with its own reason."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass, field

import pytest

pytest.importorskip("http_message_signatures", reason="http-message-signatures is not installed")
from huginn_cffi.claims import signatures
from huginn_cffi.claims.signatures import (
    REASONS,
    RequestSignature,
    SignatureVerifier,
    SignedRequest,
    thumbprint,
)
from tests.support.signing import AGENT, DIRECTORIES, HOST, JWK, KEYID, NOW, SITE, X, sign, signed

CLIENT = "192.0.2.1"
CENTURY = 4889289600 - 1735689600


def verifier(now: float = NOW, **options: object) -> SignatureVerifier:
    directories = options.pop("directories", DIRECTORIES)
    return SignatureVerifier(directories, clock=lambda: now, **options)  # type: ignore[arg-type]


def test_a_signed_request() -> None:
    made = verifier()
    assert made.verify(signed(), CLIENT) == RequestSignature(HOST)
    assert made.counts["valid"] == sum(made.counts.values()) == 1


def test_the_thumbprints_of_rfc_8037_and_rfc_9421() -> None:
    assert (
        thumbprint("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    )
    assert thumbprint(X) == KEYID


def test_the_ed25519_vector_of_rfc_9421() -> None:
    """Appendix B.2.6. It lacks the tag, so it proves no robot; without the tag, it is right."""
    listed = '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"'  # noqa: E501
    text = (
        '"date": Tue, 20 Apr 2021 02:07:55 GMT\n"@method": POST\n"@path": /foo\n"@authority": example.com\n'
        f'"content-type": application/json\n"content-length": 18\n"@signature-params": {listed}'
    )
    vector = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    assert base64.b64encode(sign(text)).decode() == vector
    headers = {
        "date": "Tue, 20 Apr 2021 02:07:55 GMT",
        "content-type": "application/json",
        "content-length": "18",
        "signature-input": f"sig-b26={listed}",
        "signature": f"sig-b26=:{vector}:",
    }
    made = verifier(1618884473)
    request = SignedRequest("example.com", headers, "POST", "/foo?param=Value&Pet=dog")
    assert made.verify(request, CLIENT) == RequestSignature("", "tag")
    public = signatures._keys_of("a.test", [JWK])[KEYID].public
    right = signatures._verifier(tag=None)
    right(request, "sig-b26", public)
    for other in (
        request._replace(method="GET"),
        request._replace(target="/bar"),
        request._replace(authority="a"),
    ):
        with pytest.raises(signatures._RefusedError, match="wrong"):
            right(other, "sig-b26", public)


@pytest.mark.parametrize(
    ("agent", "listed", "signature"),
    [
        (
            None,
            '("@authority");created=1735689600;keyid="poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U";alg="ed25519"'
            ';expires=4889289600;nonce="zIW8+cdmA3vdYagbxojpONwa/l0EKJ/O3/wD486VvsQjO/RxPaSt6ZxvQaMcQzNnqKN/mQ6hpGiFro2L2qkz5A=="'
            ';tag="web-bot-auth"',
            "QKN4fTdIYfh82fvoZCQiQA1weuozfCS/Led2zTMbewMMqH8PI2Wsy/5c4ao6B6D09nraNQdBNOADg8aM1MqfCg==",
        ),
        (
            f'agent2="{AGENT}"',
            '("@authority" "signature-agent";key="agent2");created=1735689600;keyid="poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U"'  # noqa: E501
            ';alg="ed25519";expires=4889289600;nonce="n9p433xm+NJ3ph3upfBIGmsuwHw387YV7Q/F+6BSpGCVjYCqQw6rznNA8PVVLySrAWsv0hQtFioQb6E1YsauiA=="'
            ';tag="web-bot-auth"',
            "RdNFx5Bj6au3YgAMQL/RzmUlZE8QZLIaXGRpw985hWnwPfMxT228NMk6ehRS1PSl4e8PhbNZACSanGdhEwYCCg==",
        ),
        (
            None,
            '("@authority");created=1735689600;keyid="poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U";alg="ed25519"'
            ';expires=4889289600;nonce="g0iqFa9e1ffijlyOScDkXpfSmTbYpRNSGPJrQ1It20ahwgzB3jOUcdgLgFxUg7RMtW4V8IILaKKtA+YuSyIgJQ=="'
            ';tag="web-bot-auth"',
            "FFASViSdcgsyaqqYiCnkHreeZzbNKcTzDvZC5uVlP/dn9IbWj8j0o4wKFTH3rBnUiSUBduwm1Gp5VlIPCp01Ag==",
        ),
        (
            f'"{AGENT}"',
            '("@authority" "signature-agent");created=1735689600;keyid="poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U"'  # noqa: E501
            ';alg="ed25519";expires=1735693200;nonce="e8N7S2MFd/qrd6T2R3tdfAuuANngKI7LFtKYI/vowzk4lAZYadIX6wW25MwG7DCT9RUKAJ0qVkU0mEeLElW1qg=="'
            ';tag="web-bot-auth"',
            "jdq0SqOwHdyHr9+r5jw3iYZH6aNGKijYp/EstF4RQTQdi5N5YYKrD+mCT1HA1nZDsi6nJKuHxUi/5Syp3rLWBA==",
        ),
    ],
    ids=["json-1", "json-2", "A.2.1", "A.2.3"],
)
def test_vectors_of_the_draft(agent: str | None, listed: str, signature: str) -> None:
    """Of draft-meunier-web-bot-auth-architecture-05, and Cloudflare's web_bot_auth_architecture_v2.json."""
    headers = {"signature-input": f"sig={listed}", "signature": f"sig=:{signature}:"}
    headers |= {"signature-agent": agent} if agent else {}
    request = SignedRequest("example.com", headers)
    made = verifier(1735689601, most_age_s=CENTURY)
    assert made.verify(request, CLIENT) == RequestSignature(HOST)
    assert verifier(1735689601).verify(request, CLIENT).refusal == ("window" if "4889" in listed else "")


@pytest.mark.parametrize(
    ("now", "host", "x", "agent", "listed", "signature", "target"),
    [
        (
            1788411574,
            "bot.duckduckgo.com",
            "pVqc2ohmGpL_H1OJGq7mIGkxAk65mm5JkY7qSdJachE",
            "https://bot.duckduckgo.com",
            '("@method" "@authority" "@path" "signature-agent");created=1788411573;expires=1788412173;alg="ed25519"'  # noqa: E501
            ';tag="web-bot-auth";keyid="5HvpfNA946z6lcCXEIOOpzlN5l0mdZE42jdqimEwPf8"',
            "63joPbtMnsFXGyPmWp8mkRzsxiT0Ugujee2gB5dFajTA/ODK8bTRdkuM1/gYaU1f5DpDBvn5KMvoRkreGyWtCQ==",
            "/favicon.ico",
        ),
        (
            1788417113,
            "ahrefs.com",
            "0g1xFRWdVlSOm1h92tZ4VFl7FWGtvRnTZ0PwuBdJuDU",
            '"https://ahrefs.com"',
            '("@authority" "signature-agent");created=1788417112;keyid="e3vpiy0B6M1Wdxnizw3dqRSgpqS6SXM2qiQ6HtUwZ5g"'  # noqa: E501
            ';alg="ed25519";expires=1788417172;nonce="G1Ywem9vmQEo0fdcGB7X5U9zPBDn7t1bL_ThO2xn3SomHhITaea-gLCYBUaHp0YRIDGvnVmofZM9h6dNaVTTig"'
            ';tag="web-bot-auth"',
            "+B/zW07ZjErBYQKeX5yYs7W/hTzbARoe9EDTg8WehmDZ6lsQfNgUR0Wrv/ggxa0JCu4RAfBi72XAFYw4I9FNAg==",
            "/robots.txt",
        ),
    ],
    ids=["DuckDuckBot", "AhrefsBot"],
)
def test_requests_of_real_robots(
    now: int, host: str, x: str, agent: str, listed: str, signature: str, target: str
) -> None:
    """As a site published them in September 2026, with the keys of their directories."""
    headers = {"signature-input": f"s={listed}", "signature": f"s=:{signature}:", "signature-agent": agent}
    made = verifier(now, directories={host: [{"kty": "OKP", "crv": "Ed25519", "x": x}]})
    request = SignedRequest("gkoreli.com", headers, "GET", target)
    assert made.verify(request, CLIENT) == RequestSignature(host)
    assert made.verify(request._replace(authority="other.example"), CLIENT).refusal == "wrong"
    if "@path" in listed:
        assert made.verify(request._replace(target="/other"), CLIENT).refusal == "wrong"


PARAMETERS = f';created={NOW};expires={NOW + 60};keyid="{KEYID}";alg="ed25519";nonce="n";tag="web-bot-auth"'
BOTH = {'"@authority"': SITE, '"signature-agent"': f'"{AGENT}"'}
GOOD = signed()
INPUT, SIGNATURE = GOOD.headers["signature-input"], GOOD.headers["signature"]


@dataclass
class Wrong:
    """A wrong request, the reason of its refusal, and the verifier's options."""

    reason: str
    request: SignedRequest
    options: dict[str, object] = field(default_factory=dict)
    name: str = ""


def changed(**headers: str) -> SignedRequest:
    """The good request with other headers."""
    return signed(headers={name.replace("_", "-"): value for name, value in headers.items()})


def with_parameters(old: str, new: str) -> SignedRequest:
    assert old in PARAMETERS
    return signed(parameters=PARAMETERS.replace(old, new))


def with_component(name: str, value: str = "x") -> SignedRequest:
    return signed({**BOTH, name: value})


def keys(**more: object) -> dict[str, object]:
    return {"directories": {HOST: [{**JWK, **more}]}}


WRONG = [
    Wrong("too_long", changed(signature_input=INPUT + " " * 4096)),
    Wrong("too_long", changed(signature=SIGNATURE + " " * 4096), name="signature"),
    Wrong("malformed", changed(signature_input="sig1=(((")),
    Wrong("malformed", changed(signature="sig1=:%%:"), name="signature"),
    Wrong("malformed", changed(signature_input="\udcff"), name="bytes"),
    Wrong("labels", changed(signature_input=INPUT + ", a=1, b=1, c=1, d=1")),
    Wrong("tag", with_parameters("web-bot-auth", "other")),
    Wrong("tag", with_parameters(';tag="web-bot-auth"', ""), name="none"),
    Wrong("two_signatures", changed(signature_input=f"{INPUT}, b{INPUT}")),
    Wrong("no_components", changed(signature_input='sig1=1;tag="web-bot-auth"')),
    Wrong("no_signature", changed(signature="other=:AAAA:")),
    Wrong("no_signature", changed(signature=""), name="empty"),
    Wrong("no_bytes", changed(signature='sig1="text"')),
    Wrong("length", changed(signature="sig1=:AAAA:")),
    Wrong("no_algorithm", with_parameters('"ed25519"', '"none"')),
    Wrong("algorithm", with_parameters('"ed25519"', '"hmac-sha256"')),
    Wrong("algorithm", with_parameters('"ed25519"', '"rsa-v1_5-sha256"'), name="rsa"),
    Wrong("parameter", with_parameters(";nonce", ";extra=1;nonce")),
    Wrong("parameter_type", with_parameters(f"created={NOW}", 'created="now"')),
    Wrong("parameter_type", with_parameters(f"expires={NOW + 60}", f"expires={NOW}.5"), name="decimal"),
    Wrong("no_created", with_parameters(f";created={NOW}", "")),
    Wrong("no_expires", with_parameters(f";expires={NOW + 60}", "")),
    Wrong("order", signed(expires=NOW)),
    Wrong("not_yet", signed(created=NOW + 31, expires=NOW + 90)),
    Wrong("expired", signed(created=NOW - 20, expires=NOW - 1)),
    Wrong("window", signed(expires=NOW + 86401)),
    Wrong("early", signed(created=NOW - 31)),
    Wrong("no_keyid", with_parameters(f';keyid="{KEYID}"', "")),
    Wrong("nonce", signed(nonce="")),
    Wrong("nonce", signed(nonce="n" * 257), name="long"),
    Wrong("components", signed({**BOTH, **{f'"h{n}"': "x" for n in range(48)}})),
    Wrong("component_type", with_component("1")),
    Wrong("component_case", with_component('"User-Agent"')),
    Wrong("component_twice", changed(signature_input=INPUT.replace('("@a', '("@authority" "@a'))),
    Wrong("component_unknown", with_component('"@status"')),
    Wrong("component_unknown", with_component('"@query-param";name="b"'), name="query"),
    Wrong("component_parameter", with_component('"date";bs')),
    Wrong("component_parameter", with_component('"@method";req'), name="req"),
    Wrong("no_header", with_component('"content-digest"')),
    Wrong("no_header", with_component('"@path"', "/a")._replace(target=""), name="target"),
    Wrong("authority", signed({'"signature-agent"': f'"{AGENT}"'})),
    Wrong("no_authority", signed()._replace(authority="")),
    Wrong("no_authority", signed()._replace(authority="www.example.com/evil"), name="path"),
    Wrong("no_authority", signed()._replace(authority="a@www.example.com"), name="user"),
    Wrong("other_authority", signed(), {"sites": ["other.example"]}),
    Wrong("agent", signed({'"@authority"': SITE})),
    Wrong("agent_value", changed(signature_agent='"http://signature-agent.test"')),
    Wrong("agent_value", changed(signature_agent='"https://a@signature-agent.test"'), name="user"),
    Wrong("no_keys", changed(signature_agent='"https://other.test"')),
    Wrong("key", with_parameters(KEYID, "other")),
    Wrong("key_not_yet", signed(), keys(nbf=NOW + 31)),
    Wrong("key_expired", signed(), keys(exp=NOW - 1)),
    Wrong("key_expired", signed(), keys(exp=(NOW - 1) * 1000), name="ms"),
    Wrong("wrong", signed()._replace(authority="other.example")),
    Wrong("wrong", changed(signature="sig1=:" + "A" * 86 + "==:"), name="zeros"),
    Wrong("wrong", changed(signature_input=INPUT.replace('nonce="n"', 'nonce="m"')), name="nonce"),
    Wrong("wrong", with_component('"@method"', "POST"), name="method"),
    Wrong("wrong", with_component('"@path"', "/b"), name="target"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda one: f"{one.reason}-{one.name}".removesuffix("-"))
def test_a_wrong_signature_is_refused_with_its_reason(wrong: Wrong) -> None:
    made = verifier(**wrong.options)  # type: ignore[arg-type]
    found = made.verify(wrong.request, CLIENT)
    assert found == RequestSignature("", wrong.reason)
    assert found.reason == f"signature: {REASONS[wrong.reason]}"
    assert {name for name, count in made.counts.items() if count} == {wrong.reason}
    assert made.verify(signed(), CLIENT).refusal in ("", wrong.reason), "it does not harm the good one"


def test_each_reason_has_a_case() -> None:
    assert {one.reason for one in WRONG} | {"replayed", "full"} == {*REASONS}
    assert len(WRONG) >= 40


def test_a_replay() -> None:
    made = verifier()
    assert made.verify(signed(), CLIENT).agent == HOST
    assert made.verify(signed(), CLIENT).refusal == made.verify(signed(), "192.0.2.2").refusal == "replayed"
    assert made.verify(signed(nonce="m"), CLIENT).agent == HOST
    again = signed(created=NOW + 1, headers={})
    assert made.verify(again, CLIENT).refusal == "replayed", "the nonce was used, though the signature is new"


def test_a_replay_without_a_nonce() -> None:
    """DuckDuckBot sends none. The same second gives the same signature: its own address may repeat it."""
    request = signed(parameters=PARAMETERS.replace(';nonce="n"', ""))
    made = verifier()
    assert made.verify(request, CLIENT).agent == made.verify(request, CLIENT).agent == HOST
    assert made.verify(request, "192.0.2.2").refusal == "replayed"


def test_the_memory_has_a_limit_and_is_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "MOST_REMEMBERED", 2)
    now = [float(NOW)]
    made = SignatureVerifier(DIRECTORIES, clock=lambda: now[0])
    for nonce, refusal in (("a", ""), ("b", ""), ("c", "full"), ("a", "replayed")):
        assert made.verify(signed(nonce=nonce), CLIENT).refusal == refusal
    now[0] += 61
    late = signed(nonce="a", created=NOW + 61, expires=NOW + 120)
    assert made.verify(late, CLIENT).agent == HOST


def test_the_label_other_signatures_and_unsigned_requests() -> None:
    made = verifier()
    assert made.verify(signed(label="other"), CLIENT).agent == HOST
    beside = changed(
        signature_input=f'{INPUT}, b=("@method");created=1;tag="x"', signature=f"{SIGNATURE}, b=:AAAA:"
    )
    assert verifier().verify(beside, CLIENT).agent == HOST
    assert made.verify(SignedRequest(SITE, {}), CLIENT) == RequestSignature()
    assert SignatureVerifier({}).verify(signed(), CLIENT) == RequestSignature()


def test_the_site_with_and_without_its_port() -> None:
    request = signed({'"@authority"': SITE, '"signature-agent"': f'"{AGENT}"'})
    assert (
        verifier(sites=[SITE.upper()]).verify(request._replace(authority=f"{SITE}:443"), CLIENT).agent == HOST
    )


def test_a_key_of_another_directory_proves_nothing() -> None:
    """Two agents; the second may not sign as the first."""
    other = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    made = verifier(directories={HOST: [other], "evil.test": [JWK]})
    assert made.verify(signed(), CLIENT).refusal == "key"


@pytest.mark.parametrize(
    "key", [{}, {"kty": "EC"}, {**JWK, "x": "AA"}, {**JWK, "x": "ä"}, {**JWK, "nbf": "x"}, 1]
)
def test_a_directory_without_a_key(key: object) -> None:
    with pytest.raises(ValueError, match=r"key directory of a\.test has (no|an) Ed25519 key"):
        SignatureVerifier({"a.test": [key]})  # type: ignore[list-item]


def test_a_signature_takes_less_than_a_millisecond() -> None:
    """The least of many runs, on a busy machine."""
    times = []
    for number in range(50):
        made, request = verifier(), signed(nonce=str(number))
        began = time.thread_time()
        assert made.verify(request, CLIENT).agent == HOST
        times.append(time.thread_time() - began)
    assert min(times) < 0.002
