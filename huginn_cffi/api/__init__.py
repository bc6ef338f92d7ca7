"""p0f's API: programs query a Unix socket for information about an address.

`server` handles the clients and answers their queries; `socket_file` creates the socket.
"""
