"""p0f's API: programs ask over a Unix socket what is known of an address.

`dialogue` knows where a query ends and its answer, `server` the clients, and `socket_file` the file that they
connect to.
"""
