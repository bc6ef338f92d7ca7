"""Lets proxies query a running capture over HTTP.

`questions` parses queries and writes the headers of answers, `server` handles the clients, and `addresses`
the listening address. Needs aiohttp (extra ``huginn-cffi[listen]``).
"""
