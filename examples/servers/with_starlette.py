"""A Starlette application that tells visitors what they are; FastAPI's `Request` is the same class.

python examples/servers/with_starlette.py [HOST] [PORT]
"""

import sys

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from huginn_cffi.server.uvicorn import run


async def page(request: Request) -> PlainTextResponse:
    """One request."""
    return PlainTextResponse(f"{request.scope['state'].get('huginn.client') or 'unknown'}\n")


app = Starlette(routes=[Route("/", page)])

if __name__ == "__main__":
    host, port = (*sys.argv[1:], "127.0.0.1", "8000")[:2] if len(sys.argv) < 3 else sys.argv[1:3]
    run(app, host=host, port=int(port))
