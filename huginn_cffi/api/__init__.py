"""p0f's API: programs ask over a Unix socket what is known of an address.

`protocol` knows the messages, `dialogue` where one ends and the next begins, `server` the clients, and
`socket_file` the file that they connect to.
"""
