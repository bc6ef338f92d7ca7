"""Sends the news of a store by mail and webhook: ``huginn alert``.

`messages` turns events into text for people, `channels` sends it, `delivery` decides when, and `known` reads
the list of known devices.
"""
