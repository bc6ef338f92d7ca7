/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * scope.h - who could have sent what a reader found. The only place that decides it; hosts/devices.h and hosts/verdict.h
 * compare scopes. docs/hardening.md states what each scope may change.
 */
#pragma once

#include "flow/reader.h"

/* The scope of a datagram, or of a frame without IP. */
hg_scope hg_scope_of_datagram(hg_proof proof, const hg_packet *packet, const hg_frame *frame);
/* The scope of bytes of a connection, the last of which came with `packet`. It is proven if its sender acknowledges
 * bytes of the `other` direction: it must have received them. */
hg_scope hg_scope_of_stream(hg_proof proof, const hg_packet *packet, const hg_frame *frame, const hg_stream *other);
