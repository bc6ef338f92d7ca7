"""p0f's API: programs query a Unix socket for information about an address.

`dialogue` splits the input into queries and answers them, `server` handles the clients, and `socket_file`
creates the socket.
"""
