"""Names of hosts by all their segments, without a handshake."""
