"""Captures and stores for assistants: a server of the Model Context Protocol."""
