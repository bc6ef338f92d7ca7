"""Verifies the signatures of robots: Web Bot Auth (RFC 9421 with the tag ``web-bot-auth``), offline.

The library for HTTP message signatures builds the signed text. Its own checks have no names, and use the
system's clock; the checks here come first. Needs the extra ``huginn-cffi[claims]``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from huginn_cffi.base.installation import to_add
from sigcompiler.csv_rows import rows_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TAG, ALGORITHM = "web-bot-auth", "ed25519"
MOST_FIELD = 4096
"""Bytes of each header; longer ones are not read."""
MOST_LABELS, MOST_COMPONENTS, MOST_NONCE = 4, 16, 256
MOST_AGE_S = 24 * 3600
"""The longest time for which a signature may be valid: until its end, it is remembered against replays."""
SKEW_S = 30
"""How much the signer's clock may differ."""
MOST_REMEMBERED = 1 << 16
"""Signatures remembered against replays; no further one is accepted until some expire."""

INSTALL = f"signatures need cryptography and http-message-signatures: {to_add('claims')}"

REASONS = {
    row["refusal"]: row["reason"] for row in rows_of(Path(__file__).with_name("refusals.csv").resolve())
}
"""The reasons of refusals; each has a counter."""

_TYPES = {"created": int, "expires": int, "keyid": str, "alg": str, "nonce": str, "tag": str}
_DERIVED = {"@authority", "@method", "@path", "@query", "@target-uri", "@scheme", "@request-target"}
_AUTHORITY = re.compile(r"([a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?")
_AGENT = re.compile(r"https://([A-Za-z0-9.-]+)/?")


Components = list[tuple[Any, dict[str, Any]]]
"""Covered components: names with their parameters."""


class RequestSignature(NamedTuple):
    """The result of a verification."""

    agent: str = ""
    """Host of the Signature-Agent whose key signed the request; "": nothing is proven."""
    refusal: str = ""
    """A key of `REASONS`; "" for a valid signature, and without one."""

    @property
    def reason(self) -> str:
        """The refusal in words."""
        return f"signature: {REASONS[self.refusal]}" if self.refusal else ""

    def state_for(self, agents: Iterable[str]) -> str:
        """Whether one of these agents signed ("valid"), or another one ("foreign"); else "none"."""
        return "none" if not self.agent else "valid" if self.agent in agents else "foreign"


UNSIGNED = RequestSignature()


class SignedRequest(NamedTuple):
    """The parts of a request that signatures may cover."""

    authority: str
    headers: Mapping[str, str]
    """Names in lower case; the values of repeated headers are joined with a comma."""
    method: str = ""
    """"": unknown, as for `target`."""
    target: str = ""
    """Path and query."""
    scheme: str = "https"


class _RefusedError(Exception):
    """The reason is its only argument."""


class _Key(NamedTuple):
    public: Ed25519PublicKey
    begin: float
    end: float


class SignatureVerifier:
    """Verifies signatures with the key directories of `Robots`, and remembers them against replays.

    If `sites` are given, signatures for other authorities are refused. `counts` has the results: "valid",
    and each reason. `clock` returns seconds since 1970. Any number of threads may use it; each process has
    its own memory. `ImportError` (`INSTALL`) if the libraries are missing; `ValueError` for a directory
    without an Ed25519 key.
    """

    def __init__(
        self,
        directories: Mapping[str, list[dict[str, Any]]],
        sites: Iterable[str] = (),
        *,
        most_age_s: int = MOST_AGE_S,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.counts = dict.fromkeys(("valid", *REASONS), 0)
        self._clock, self._most_age_s, self._sites = clock, most_age_s, {site.lower() for site in sites}
        self._start = clock() - SKEW_S
        self._used: dict[tuple[str, str], tuple[float, str]] = {}
        self._lock = threading.Lock()
        self._keys = {host: _keys_of(host, keys) for host, keys in directories.items()}
        self._verify = _verifier() if directories else None

    def use(self, directories: Mapping[str, list[dict[str, Any]]]) -> list[str]:
        """Verify with these from now on; a damaged one keeps its earlier keys. Returns problems."""
        problems, found = [], {}
        for host, keys in directories.items():
            try:
                found[host] = _keys_of(host, keys)
                self._verify = self._verify or _verifier()
            except (ImportError, ValueError) as error:
                is_known = host in self._keys
                problems.append(
                    f"{error}; {'its earlier keys stay in use' if is_known else 'it is not used'}"
                )
                found |= {host: self._keys[host]} if is_known else {}
        self._keys = found
        return problems

    def verify(self, request: SignedRequest, address: str) -> RequestSignature:
        """The agent that signed the request, or the refusal; the client at `address` sent it."""
        if not self._keys or "signature-input" not in request.headers:
            return UNSIGNED
        try:
            found = RequestSignature(self._checked(request, address))
        except _RefusedError as refused:
            found = RequestSignature("", str(refused))
        with self._lock:
            self.counts[found.refusal or "valid"] += 1
        return found

    def _checked(self, request: SignedRequest, address: str) -> str:
        label, components, parameters, signature = _parsed(request.headers)
        expires = self._check_parameters(parameters)
        self._check_components(components, request)
        host = _agent_of(components, request.headers)
        key = self._key(host, parameters["keyid"])
        assert self._verify is not None
        self._verify(request, label, key[1].public)
        # Robots without nonces may send the same signature in several connections.
        nonce = parameters.get("nonce")
        self._remember((parameters["keyid"], nonce or signature.hex()), expires, "" if nonce else address)
        return key[0]

    def _check_parameters(self, parameters: Mapping[str, Any]) -> int:
        """When the signature expires."""
        for name, value in parameters.items():
            _refuse_if(name not in _TYPES, "parameter")
            _refuse_if(type(value) is not _TYPES[name], "parameter_type")
        algorithm = parameters.get("alg", ALGORITHM)
        _refuse_if(algorithm.lower() == "none", "no_algorithm")
        _refuse_if(algorithm != ALGORITHM, "algorithm")
        for name in ("created", "expires", "keyid"):
            _refuse_if(name not in parameters, f"no_{name}")
        now, created, expires = self._clock(), parameters["created"], parameters["expires"]
        _refuse_if(expires <= created, "order")
        _refuse_if(created > now + SKEW_S, "not_yet")
        _refuse_if(expires < now, "expired")
        _refuse_if(expires - created > self._most_age_s, "window")
        _refuse_if(created < self._start, "early")
        _refuse_if(not 0 < len(parameters.get("nonce", "-")) <= MOST_NONCE, "nonce")
        return int(expires)

    def _check_components(self, components: Components, request: SignedRequest) -> None:
        _refuse_if(len(components) > MOST_COMPONENTS, "components")
        seen = set()
        for name, parameters in components:
            _refuse_if(not isinstance(name, str), "component_type")
            _refuse_if(name != name.lower(), "component_case")
            _refuse_if((name, tuple(sorted(parameters.items()))) in seen, "component_twice")
            seen.add((name, tuple(sorted(parameters.items()))))
            _refuse_if(name.startswith("@") and name not in _DERIVED, "component_unknown")
            is_known = parameters == {} or ({*parameters} == {"key"} and not name.startswith("@"))
            _refuse_if(not is_known, "component_parameter")
            needs = {"@method": request.method, "@scheme": "-", "@authority": "-"}.get(name, request.target)
            is_there = bool(needs) if name.startswith("@") else name in request.headers
            _refuse_if(not is_there, "no_header")
        _refuse_if(not {"@authority", "@target-uri"} & {name for name, _ in components}, "authority")
        found = _AUTHORITY.fullmatch(request.authority.lower())
        if found is None:
            raise _RefusedError("no_authority")
        _refuse_if(bool(self._sites) and not {found[0], found[1]} & self._sites, "other_authority")

    def _key(self, host: str, keyid: str) -> tuple[str, _Key]:
        """The host and the key; without a host, any directory's."""
        known = self._keys  # another thread may replace them
        _refuse_if(bool(host) and host not in known, "no_keys")
        found = [(one, known[one][keyid]) for one in ([host] if host else known) if keyid in known[one]]
        _refuse_if(not found, "key")
        now = self._clock()
        _refuse_if(found[0][1].begin > now + SKEW_S, "key_not_yet")
        _refuse_if(found[0][1].end < now, "key_expired")
        return found[0]

    def _remember(self, used: tuple[str, str], expires: int, address: str) -> None:
        now = self._clock()
        with self._lock:
            until, by = self._used.get(used, (0.0, ""))
            _refuse_if(until >= now and not (address and by == address), "replayed")
            if len(self._used) >= MOST_REMEMBERED:
                self._used = {key: value for key, value in self._used.items() if value[0] >= now}
                _refuse_if(len(self._used) >= MOST_REMEMBERED, "full")
            self._used[used] = float(expires), address


def _refuse_if(is_so: bool, reason: str) -> None:
    if is_so:
        raise _RefusedError(reason)


def _parsed(
    headers: Mapping[str, str],
) -> tuple[str, Components, dict[str, Any], bytes]:
    """The label, the components, the parameters and the bytes of the one signature with the tag."""
    fields = [headers.get(name, "") for name in ("signature-input", "signature", "signature-agent")]
    _refuse_if(any(len(one) > MOST_FIELD for one in fields), "too_long")
    try:
        inputs, signatures = map(_dictionary, fields[:2])
    except ValueError:
        raise _RefusedError("malformed") from None
    _refuse_if(max(len(inputs), len(signatures)) > MOST_LABELS, "labels")
    tagged = [label for label, (_, parameters) in inputs.items() if parameters.get("tag") == TAG]
    _refuse_if(not tagged, "tag")
    _refuse_if(len(tagged) > 1, "two_signatures")
    components, parameters = inputs[tagged[0]]
    _refuse_if(not isinstance(components, list), "no_components")
    _refuse_if(tagged[0] not in signatures, "no_signature")
    signature = signatures[tagged[0]][0]
    _refuse_if(not isinstance(signature, bytes), "no_bytes")
    _refuse_if(len(signature) != 64, "length")
    return tagged[0], [(name, dict(rest)) for name, rest in components], dict(parameters), signature


def _dictionary(text: str) -> dict[str, Any]:
    """A dictionary of structured fields: pairs of a value and its parameters. `ValueError`."""
    import http_sf

    found: Any = http_sf.parse(text.encode(), tltype="dictionary")
    return dict(found)


def _agent_of(components: Components, headers: Mapping[str, str]) -> str:
    """The host in Signature-Agent; "" without that header. Old forms are a string, or a bare address."""
    text = headers.get("signature-agent", "").strip()
    if not text:
        return ""
    covered = [parameters for name, parameters in components if name == "signature-agent"]
    _refuse_if(not covered, "agent")
    if "key" in covered[0]:
        try:
            text = str(_dictionary(text)[covered[0]["key"]][0])
        except (ValueError, KeyError):
            raise _RefusedError("agent_value") from None
    elif text.startswith('"'):
        text = text.removeprefix('"').removesuffix('"')
    found = _AGENT.fullmatch(text)
    if found is None:
        raise _RefusedError("agent_value")
    return found[1].lower()


def _keys_of(host: str, keys: Iterable[object]) -> dict[str, _Key]:
    """Ed25519 keys by JWK thumbprint (RFC 7638); also by the name that the directory gives them."""
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ModuleNotFoundError:
        raise ImportError(INSTALL) from None
    found: dict[str, _Key] = {}
    for one in keys:
        if not isinstance(one, dict) or (one.get("kty"), one.get("crv")) != ("OKP", "Ed25519"):
            continue
        try:
            text = str(one["x"])
            public = Ed25519PublicKey.from_public_bytes(
                base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            )
            key = _Key(public, _seconds(one.get("nbf", 0)), _seconds(one.get("exp", float("inf"))))
        except (ValueError, KeyError, TypeError):
            raise ValueError(f"the key directory of {host} has an Ed25519 key that cannot be read") from None
        found[thumbprint(text)] = key
        if isinstance(one.get("kid"), str):
            found.setdefault(one["kid"], key)
    if not found:
        raise ValueError(f"the key directory of {host} has no Ed25519 key")
    return found


def _seconds(value: object) -> float:
    """A time in seconds; some directories state milliseconds."""
    number = float(value)  # type: ignore[arg-type]
    return number / 1000 if 1e11 < number < 1e15 else number


def thumbprint(x: str) -> str:
    """The JWK thumbprint of an Ed25519 key with this `x`."""
    text = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": x}, separators=(",", ":"))
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


class _SignedMessage(NamedTuple):
    """A request as the library expects it."""

    method: str
    url: str
    headers: dict[str, str]


def _verifier(tag: str | None = TAG) -> Callable[[SignedRequest, str, Ed25519PublicKey], None]:
    """A function that raises `_RefusedError` for a wrong signature with this label and tag."""
    try:
        from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver
        from http_message_signatures.algorithms import ED25519
        from http_message_signatures.exceptions import HTTPMessageSignaturesException
    except ModuleNotFoundError:
        raise ImportError(INSTALL) from None

    class OneKey(HTTPSignatureKeyResolver):
        """Returns the key that was found."""

        def __init__(self, key: Ed25519PublicKey) -> None:
            self.key = key

        def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
            return self.key

    class Verifier(HTTPMessageVerifier):
        """Leaves the times to the checks above."""

        def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:
            pass

    def verify(request: SignedRequest, label: str, key: Ed25519PublicKey) -> None:
        url = f"{request.scheme}://{request.authority}{request.target or '/'}"
        message = _SignedMessage((request.method or "GET").upper(), url, dict(request.headers))
        try:
            Verifier(signature_algorithm=ED25519, key_resolver=OneKey(key)).verify(
                message, max_age=None, expect_tag=tag, expect_label=label if tag else None
            )
        except HTTPMessageSignaturesException:
            raise _RefusedError("wrong") from None

    return verify
