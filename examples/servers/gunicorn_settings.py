"""Settings of gunicorn: its listeners keep the SYNs of clients, in all workers."""

from huginn_cffi.server.gunicorn import on_reload, when_ready

__all__ = ["on_reload", "when_ready"]
