"""Sockets that answer queries: p0f's API, and HTTP for proxies."""
