"""Filters for conversations, and the parts of them that libpcap and the kernel check."""

from __future__ import annotations

from huginn_cffi.filters.conditions import FilterConfig, IpFilter, PortFilter, SubnetFilter

__all__ = ["FilterConfig", "IpFilter", "PortFilter", "SubnetFilter"]
