"""A server without a framework, with asyncio: python examples/servers/plain.py [HOST] [PORT]."""

import asyncio
import sys

from huginn_cffi import server


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Each line gets one back."""
    client = server.client(writer)
    while await reader.readline():
        writer.write(f"{client or server.why(writer)}\n".encode())
    writer.close()


async def main(host: str = "127.0.0.1", port: str = "0") -> None:
    """Serve until Ctrl-C."""
    serving = await asyncio.start_server(answer, host, int(port))
    for listener in serving.sockets:
        server.arm(listener)
        print("port", listener.getsockname()[1], flush=True)
    await serving.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
