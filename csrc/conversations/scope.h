/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * scope.h - who could have sent the bytes of an event.
 *
 * devices/devices.h and systems/conclusion.h compare scopes. docs/reference/hardening.md states what each may change.
 */
#pragma once

#include "flow/reader.h"

/* Whether routers never forward the packet: it is link-local or a limited broadcast (RFC 5771, 4; RFC 4291, 2.5.6 and
 * 2.7; RFC 1812, 5.3.5.1). */
int hg_stays_on_link(const hg_packet *packet);
/* The scope of a datagram, or of a frame without IP. */
hg_scope hg_scope_of_datagram(hg_proof proof, const hg_packet *packet, const hg_frame *frame);
/* The scope of a connection's bytes that `packet` completed. The sender is proven if it acknowledges bytes of the
 * `other` direction, because it must have received them. */
static inline hg_scope hg_scope_of_stream(hg_proof proof, const hg_packet *packet, const hg_frame *frame,
                                          const hg_stream *other)
{
    enum { GUESSES = 1 << 16 /* accepted distance, of 2^32 possible numbers */ };
    const int32_t beyond = (int32_t)(hg_be32(packet->tcp + TCP_ACK_AT) - other->next);
    if (__builtin_expect(other->state != HG_STREAM_UNKNOWN && beyond >= -GUESSES && beyond <= GUESSES, 1))
        return HG_SCOPE_HANDSHAKE;
    return hg_scope_of_datagram(proof, packet, frame);
}
