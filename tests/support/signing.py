"""Signs requests with the Ed25519 key of RFC 9421, appendix B.1.4, without the library."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from huginn_cffi.claims.signatures import SignedRequest

NOW = 1_790_000_000
X = "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"
D = "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"
KEYID = "poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U"
JWK = {"kty": "OKP", "crv": "Ed25519", "x": X}
AGENT = "https://signature-agent.test"
HOST = "signature-agent.test"
DIRECTORIES: dict[str, list[dict[str, Any]]] = {HOST: [JWK]}
SITE = "www.example.com"


def sign(text: str) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(D + "=")).sign(text.encode())


def signed(
    values: Mapping[str, str] | None = None,
    *,
    parameters: str | None = None,
    label: str = "sig1",
    created: int = NOW,
    expires: int = NOW + 60,
    nonce: str = "n",
    headers: Mapping[str, str] | None = None,
) -> SignedRequest:
    """A request whose signature covers `values`, by names as they are written in Signature-Input."""
    values = values or {'"@authority"': SITE, '"signature-agent"': f'"{AGENT}"'}
    if parameters is None:
        parameters = f';created={created};expires={expires};keyid="{KEYID}";alg="ed25519";nonce="{nonce}";tag="web-bot-auth"'  # noqa: E501
    listed = f"({' '.join(values)}){parameters}"
    lines = [f"{name}: {value}" for name, value in values.items()]
    data = sign("\n".join([*lines, f'"@signature-params": {listed}']))
    made = {
        "signature-agent": f'"{AGENT}"',
        "signature-input": f"{label}={listed}",
        "signature": f"{label}=:{base64.b64encode(data).decode()}:",
    }
    return SignedRequest(SITE, made | dict(headers or {}), "GET", "/a?b=c")
