"""The tools as a server of the Model Context Protocol, by its official SDK (extra ``huginn-cffi[mcp]``)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations

from huginn_cffi.applications.assistants.answers import NOTE, clean, text_of
from huginn_cffi.base.errors import HuginnError

if TYPE_CHECKING:
    from huginn_cffi.applications.assistants.tools import Tools

INSTRUCTIONS = f"""\
Passive fingerprints of captures: which systems, devices and programs they show, and how sure that is. An
answer has at most 20 KB; its rest says how to get more. Name packet numbers as evidence. {NOTE}"""
NAMES = ("captures", "summary", "hosts", "host", "who", "devices", "crypto", "findings", "explain", "events")


def server_of(tools: Tools) -> MCPServer[Any]:
    """A server of the tools; all of them only read."""
    from huginn_cffi import __version__

    server = MCPServer("huginn", version=__version__, instructions=INSTRUCTIONS, log_level="CRITICAL")
    hints = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    for name in NAMES:
        server.add_tool(_guarded(getattr(tools, name)), annotations=hints)
    return server


def _guarded(tool: Callable[..., dict[str, Any]]) -> Callable[..., Any]:
    """The tool with its answer as values and as compact text, and with errors in words."""

    @wraps(tool)
    def call(**arguments: Any) -> Any:
        try:
            found = tool(**arguments)
        except (HuginnError, ValueError) as error:
            raise ToolError(clean(str(error))) from None
        except OSError as error:
            raise ToolError(error.strerror or "the capture cannot be read") from None
        return CallToolResult(content=[TextContent(text=text_of(found))], structured_content=found)

    return call
