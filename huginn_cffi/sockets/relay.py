"""Asks a capture for a proxy that refuses requests without an answer, such as Traefik.

``python -m huginn_cffi.sockets.relay 127.0.0.1:8089 /run/huginn/ask``. If the capture does not answer in
time, the answer is empty, so that the proxy continues; ``/metrics`` of the relay counts these.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

from huginn_cffi.sockets.addresses import is_own_name, read_where

ANSWER_S = 0.4
IDLE_S = 75.0
MOST_HEAD = 1 << 15
EMPTY = b"HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Length: 0\r\n\r\n"
REFUSED = b"HTTP/1.1 %d Refused\r\nHuginn-Status: refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
METRICS = """\
# HELP huginn_unanswered_total Questions that the capture did not answer
# TYPE huginn_unanswered_total counter
huginn_unanswered_total {unanswered}
# HELP huginn_answered_total Questions that it answered
# TYPE huginn_answered_total counter
huginn_answered_total {answered}
"""


class Relay:
    """Passes heads of requests to the Unix socket at `path`, and its answers back."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.answered = self.unanswered = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while (answer := await self._answer(reader, writer.get_extra_info("sockname")[0])) is not None:
                writer.write(answer)
                await writer.drain()
                if b"\r\nConnection: close\r\n" in answer[:MOST_HEAD]:
                    break
        except OSError:
            pass  # the proxy has closed it
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, own: str) -> bytes | None:
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE_S)
        except asyncio.LimitOverrunError:
            return REFUSED % 200
        except (EOFError, asyncio.TimeoutError):
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        hosts = [line[5:].strip() for line in lines if line[:5].lower() == "host:"]
        method, _, target = first.partition(" ")
        if len(hosts) != 1 or not is_own_name(hosts[0], own):
            return REFUSED % 421  # a page in a browser could have sent it
        if method == "GET" and target.startswith("/metrics "):
            return self._metrics()
        if method != "GET" or not target.startswith("/connection?"):
            return REFUSED % 404
        try:
            found = await asyncio.wait_for(self._asked(head), ANSWER_S)
        except (OSError, ValueError, EOFError, asyncio.LimitOverrunError, asyncio.TimeoutError):
            self.unanswered += 1
            return EMPTY
        self.answered += 1
        return found

    async def _asked(self, head: bytes) -> bytes:
        """The whole answer of the capture."""
        reader, writer = await asyncio.open_unix_connection(self._path)
        try:
            writer.write(head)
            answer = await reader.readuntil(b"\r\n\r\n")
            if not answer.startswith(b"HTTP/1.1 200 "):
                if answer.startswith(b"HTTP/1.1 4"):
                    return REFUSED % 200  # the client is not refused for what it wrote
                raise ValueError("no answer")
            lengths = [line[15:] for line in answer.split(b"\r\n") if line[:15].lower() == b"content-length:"]
            return answer + await reader.readexactly(int(b"".join(lengths)))
        finally:
            writer.close()

    def _metrics(self) -> bytes:
        text = METRICS.format(answered=self.answered, unanswered=self.unanswered).encode()
        return b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s" % (
            len(text),
            text,
        )


async def run(listen: str, path: str) -> None:
    """Serve until the task is cancelled. `ValueError` for an address that is not ADDRESS:PORT."""
    where = read_where(listen)
    if where.address is None or not where.address.is_loopback:
        raise ValueError(f"{listen} is not a loopback address with a port, such as 127.0.0.1:8089")
    server = await asyncio.start_server(Relay(path).serve, str(where.address), where.port, limit=MOST_HEAD)
    async with server:
        await server.serve_forever()


def main(words: Sequence[str]) -> None:
    """The command: a listening address, and the capture's socket."""
    if len(words) != 2:
        sys.exit("usage: python -m huginn_cffi.sockets.relay 127.0.0.1:PORT SOCKET")
    try:
        asyncio.run(run(*words))
    except (OSError, ValueError) as error:
        sys.exit(f"huginn relay: {error}")
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main(sys.argv[1:])
