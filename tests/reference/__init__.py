"""Plain, slow readers of captures and packets, and a plain matcher, written from the rules alone.

Tests compare the core with them: no shortcuts, no tables, nothing shared with it. Flows have no second
implementation: p0f and the acceptance cases say which rows they give.
"""
