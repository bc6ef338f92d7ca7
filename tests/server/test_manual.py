"""The whole server of the manual, as it stands there."""

from __future__ import annotations

from tests.server.connections import linux
from tests.support.manual_blocks import ROOT, blocks_of
from tests.support.serving import asked, free_port, served, wait_until_armed


@linux
def test_the_manual_tells_visitors_what_they_run() -> None:
    blocks = blocks_of((ROOT / "docs" / "reference" / "web-servers.md").read_text(encoding="utf-8"))
    (program,) = [block.text for block in blocks if "ThreadingHTTPServer" in block.text]
    assert program.count("8080") == 1
    port = free_port("127.0.0.1")
    with served(["-c", program.replace("8080", str(port))], "127.0.0.1", port):
        wait_until_armed(lambda: asked("127.0.0.1", port, 1) == ["You run None"])
        (answer,) = asked("127.0.0.1", port, 1)
    assert answer.startswith("You run Linux")
