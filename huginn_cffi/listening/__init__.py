"""Lets proxies query a running capture over HTTP.

`questions` parses queries and writes the headers of answers, `server` handles the clients, `addresses` the
listening address. `cookies` asks the kernel which connection is meant, and `relay` answers Traefik if the
capture is stopped. Needs aiohttp (extra ``huginn-cffi[listen]``).
"""
