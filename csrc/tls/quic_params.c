/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/quic_params.h"

#include "tls/quic_packet.h"

hg_span hg_quic_user_agent(const uint8_t *body, uint32_t length)
{
    enum { USER_AGENT = 0x3129 /* Google's */ };
    uint64_t number, bytes;
    while (hg_quic_take_number(&body, &length, &number) && hg_quic_take_number(&body, &length, &bytes) && bytes <= length) {
        if (number == USER_AGENT)
            return hg_span_of(body, bytes);
        body += bytes;
        length -= (uint32_t)bytes;
    }
    return (hg_span){0};
}
