"""A program that sends announcements."""

from __future__ import annotations

SENDER = """
import socket, sys
with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as own:
    own.bind(("cable", 0))
    for line in sys.stdin:
        own.send(bytes.fromhex(line))
"""
