"""From captures to signatures; see `huginn_cffi.tools.learning`."""

from __future__ import annotations

from huginn_cffi.tools.learning import (
    Change,
    Known,
    Learned,
    LearningError,
    Proposal,
    Refusal,
    Support,
    System,
    Unknown,
    learn,
    unknown,
)

__all__ = [
    "Change",
    "Known",
    "Learned",
    "LearningError",
    "Proposal",
    "Refusal",
    "Support",
    "System",
    "Unknown",
    "learn",
    "unknown",
]
