"""A running capture answers the questions of proxies over HTTP.

`questions` reads them and writes the headers of answers, `server` has the clients, and `addresses` where they
come in. Needs aiohttp, which is the extra ``huginn-cffi[listen]``.
"""
