"""For tools that make and measure signatures: rows and packets as the core sees them, options of commands.

The distribution huginn-workbench is built on it and on the public names alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from huginn_cffi.base.later import first_use

if TYPE_CHECKING:
    from huginn_cffi.authoring.views import Matcher as Matcher
    from huginn_cffi.authoring.views import RowViews as RowViews
    from huginn_cffi.authoring.views import database_of as database_of
    from huginn_cffi.authoring.views import headers_of as headers_of
    from huginn_cffi.authoring.views import inventory_of as inventory_of
    from huginn_cffi.authoring.views import public_part as public_part
    from huginn_cffi.cli.filter_options import TrafficOptions as TrafficOptions
    from huginn_cffi.cli.filter_options import traffic_options as traffic_options
    from huginn_cffi.cli.input_options import captures_argument as captures_argument
    from huginn_cffi.cli.input_options import max_inventory_option as max_inventory_option
    from huginn_cffi.cli.output.destination import refuse_input as refuse_input
    from huginn_cffi.cli.output.results import save_file as save_file
    from huginn_cffi.cli.parameters import argument as argument
    from huginn_cffi.cli.parameters import command as command
    from huginn_cffi.cli.parameters import format_option as format_option
    from huginn_cffi.cli.parameters import option as option
    from huginn_cffi.cli.signature_options import Signatures as Signatures
    from huginn_cffi.cli.signature_options import signature_options as signature_options
    from huginn_cffi.cli.standard_error import CaptureErrors as CaptureErrors
    from huginn_cffi.cli.standard_error import say as say
    from huginn_cffi.cli.standard_error import warn_of_limit as warn_of_limit
    from huginn_cffi.database.compiling import DEFAULT_FILES as DEFAULT_FILES
    from huginn_cffi.explain.fields import PacketFields as PacketFields
    from huginn_cffi.explain.messages import Explainer as Explainer
    from huginn_cffi.explain.messages import MessageHead as MessageHead
    from huginn_cffi.explain.raw_signature import parse_signature as parse_signature
    from huginn_cffi.hosts.network_cards import prefixes as prefixes
    from huginn_cffi.inputs.searching import find_captures as find_captures
    from huginn_cffi.results.answers import Basis as Basis
    from huginn_cffi.results.answers import contradiction as contradiction

_MODULES = {
    ".views": "Matcher RowViews database_of headers_of inventory_of public_part",
    "huginn_cffi.cli.filter_options": "TrafficOptions traffic_options",
    "huginn_cffi.cli.input_options": "captures_argument max_inventory_option",
    "huginn_cffi.cli.output.destination": "refuse_input",
    "huginn_cffi.cli.output.results": "save_file",
    "huginn_cffi.cli.parameters": "argument command format_option option",
    "huginn_cffi.cli.signature_options": "Signatures signature_options",
    "huginn_cffi.cli.standard_error": "CaptureErrors say warn_of_limit",
    "huginn_cffi.database.compiling": "DEFAULT_FILES",
    "huginn_cffi.explain.fields": "PacketFields",
    "huginn_cffi.explain.messages": "Explainer MessageHead",
    "huginn_cffi.explain.raw_signature": "parse_signature",
    "huginn_cffi.hosts.network_cards": "prefixes",
    "huginn_cffi.inputs.searching": "find_captures",
    "huginn_cffi.results.answers": "Basis contradiction",
}
"""Imported at first use, so that a command does not load modules that only other commands need."""

__all__ = sorted(name for names in _MODULES.values() for name in names.split())
__getattr__ = first_use(__name__, _MODULES)
