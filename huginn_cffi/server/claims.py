"""Whether a request's client is what it claims to be, without a capture, by the evidence of a server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from huginn_cffi.claims.judging import ClaimEvidence, ClientClaim, judge
from huginn_cffi.claims.proofs import RobotProofs
from huginn_cffi.claims.signatures import SignedRequest
from huginn_cffi.database.database import Database
from huginn_cffi.database.default import DEFAULT, Default, resolve
from huginn_cffi.server.clients import KEY, PEER
from huginn_cffi.server.connections import client_check, verdict
from huginn_cffi.server.hellos import ClientHello
from huginn_cffi.server.proxies import Proxies
from huginn_cffi.server.systems import ClientSystem

CLAIM_KEY = "huginn.claim"
"""Key under which middleware stores the `ClientClaim` of a request."""


class Claims:
    """Judges requests, with the same table as ``Huginn-Claim``.

    `robots` is a folder with operators' address lists and key directories, `sites` are the names of the site:
    signatures for others are refused. Behind one of the `proxies`, the client's address is the last one in
    X-Forwarded-For; from other clients that header counts for nothing. `ValueError` for a file that proves
    nothing, `OSError` if the folder cannot be read, `ImportError` for keys without the extra ``claims``.
    """

    def __init__(
        self,
        robots: str | Path | None = None,
        *,
        sites: Iterable[str] = (),
        proxies: Proxies | None = None,
        db: Database | Default | None = DEFAULT,
    ) -> None:
        self.proofs, self._proxies, self._db = RobotProofs(robots, sites), proxies, db
        """Its `reload` reads the folder again; `signatures.counts` has the results of signatures."""

    def claim(
        self,
        headers: Mapping[str, str] | Iterable[tuple[str, str]],
        *,
        address: str = "",
        client: ClientSystem | None = None,
        hello: ClientHello | None = None,
        method: str = "GET",
        target: str = "/",
        scheme: str = "https",
        version: Literal["1.0", "1.1", "2", "3"] = "1.1",
    ) -> ClientClaim:
        """The verdict on the client at `address` with these headers, as pairs in the order received.

        `target` is the path with the query. The order of a mapping is ignored.
        """
        pairs = [*headers.items()] if isinstance(headers, Mapping) else [*headers]
        values: dict[str, list[str]] = {}
        for name, value in pairs:
            values.setdefault(name.lower(), []).append(value)
        if len(values.get("user-agent", ())) > 1:
            return ClientClaim("", "not_checked", reason="two User-Agents")
        joined = {name: ", ".join(several) for name, several in values.items()}
        system = verdict(client, hello, joined)
        check = client_check(headers if isinstance(headers, Mapping) else pairs, hello, version=version)
        reason = f"{system.why}; {check.client_why}"
        if client is None and hello is None and check.client_check == "not_checked":
            reason = "no handshake"
        match = hello.observation.match if hello is not None else None
        compared = ClaimEvidence(
            system.verdict,
            check.client_check,
            reason,
            (client.family or "") if client is not None else "",
            match.name if match is not None and match.kind != "generic" else "",
            headers=True,
        )
        signed = SignedRequest(joined.get("host", ""), joined, method, target, scheme)
        return judge(
            self.proofs.robots,
            resolve(self._db),
            joined.get("user-agent", "").encode("latin-1", "replace"),
            joined.get("sec-ch-ua-platform", "").encode("latin-1", "replace"),
            address,
            compared,
            self.proofs.signatures.verify(signed, address),
        )

    def asgi(self, app: Any) -> Any:
        """Wrap an ASGI application: the claim is ``scope["state"]["huginn.claim"]``.

        Place it inside the server's middleware, and inside `Proxies.asgi`.
        """

        async def around(scope: dict[str, Any], receive: Any, send: Any) -> None:
            if scope["type"] in ("http", "websocket"):
                state = scope.setdefault("state", {})
                pairs = [(key.decode("latin-1"), value.decode("latin-1")) for key, value in scope["headers"]]
                path = scope.get("raw_path") or scope["path"].encode()
                query = b"?" + scope["query_string"] if scope.get("query_string") else b""
                state[CLAIM_KEY] = self.claim(
                    pairs,
                    address=self._address(state.get(PEER, ""), pairs),
                    client=state.get(KEY),
                    method=scope.get("method", "GET"),
                    target=(path + query).decode("latin-1"),
                    scheme=scope.get("scheme", "https"),
                    version=scope["http_version"],
                )
            await app(scope, receive, send)

        return around

    def wsgi(self, app: Any) -> Any:
        """The same for WSGI, in ``environ["huginn.claim"]``. WSGI does not keep the order of headers."""

        def around(environ: dict[str, Any], start_response: Any) -> Any:
            headers = {
                key[5:].replace("_", "-").lower(): value
                for key, value in environ.items()
                if key.startswith("HTTP_")
            }
            path = environ.get("RAW_URI") or environ.get("PATH_INFO", "/")
            query = environ.get("QUERY_STRING")
            environ[CLAIM_KEY] = self.claim(
                headers,
                address=self._address(environ.get(PEER, ""), headers.items()),
                client=environ.get(KEY),
                method=environ["REQUEST_METHOD"],
                target=f"{path}?{query}" if query and "?" not in path else path,
                scheme=environ.get("wsgi.url_scheme", "https"),
                version="1.0" if environ.get("SERVER_PROTOCOL") == "HTTP/1.0" else "1.1",
            )
            return app(environ, start_response)

        return around

    def _address(self, peer: str, headers: Iterable[tuple[str, str]]) -> str:
        """The client's address: the peer's, or the one that a known proxy names."""
        if self._proxies is None or peer not in self._proxies:
            return peer
        named = [value for name, value in headers if name.lower() == "x-forwarded-for"]
        return named[-1].rpartition(",")[2].strip() if named else ""
