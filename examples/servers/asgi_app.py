"""An ASGI application that tells visitors what they are, with uvicorn or hypercorn.

python examples/servers/asgi_app.py uvicorn|hypercorn [HOST] [PORT]
"""

import asyncio
import sys
from typing import Any


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """One request."""
    if scope["type"] != "http":
        return
    text = f"{scope['state'].get('huginn.client') or 'unknown'}\n".encode()
    headers = [(b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": text})


def with_uvicorn(host: str, port: int) -> None:
    """Serve until Ctrl-C."""
    from huginn_cffi.server.uvicorn import run

    run(app, host=host, port=port, lifespan="off")


def with_hypercorn(host: str, port: int) -> None:
    """The same."""
    from hypercorn.asyncio import serve

    from huginn_cffi.server.hypercorn import AsgiMiddleware, Config

    config = Config()
    config.bind = [f"[{host}]:{port}" if ":" in host else f"{host}:{port}"]
    asyncio.run(serve(AsgiMiddleware(app), config))  # type: ignore[arg-type]


if __name__ == "__main__":
    which, host, port = (*sys.argv[1:], "127.0.0.1", "8000")[:3] if len(sys.argv) < 4 else sys.argv[1:4]
    {"uvicorn": with_uvicorn, "hypercorn": with_hypercorn}[which](host, int(port))
