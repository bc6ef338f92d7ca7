/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/quic_params.h"

#include "tls/quic_packet.h"

enum {
    NO_MIGRATION = 0x0C,
    SOURCE = 0x0F,
    VERSIONS = 0x11,
    GREASE_BIT = 0x2AB2,
    USER_AGENT = 0x3129 /* Google's */
};

/* Numbers of the parameters that are numbers. */
static const uint16_t NUMBERS[HG_PARAMS] = {
    [HG_PARAM_IDLE_TIMEOUT] = 0x01,
    [HG_PARAM_UDP_PAYLOAD] = 0x03,
    [HG_PARAM_MAX_DATA] = 0x04,
    [HG_PARAM_STREAM_DATA_BIDI_LOCAL] = 0x05,
    [HG_PARAM_STREAM_DATA_BIDI_REMOTE] = 0x06,
    [HG_PARAM_STREAM_DATA_UNI] = 0x07,
    [HG_PARAM_STREAMS_BIDI] = 0x08,
    [HG_PARAM_STREAMS_UNI] = 0x09,
    [HG_PARAM_ACK_DELAY_EXPONENT] = 0x0A,
    [HG_PARAM_MAX_ACK_DELAY] = 0x0B,
    [HG_PARAM_ACTIVE_IDS] = 0x0E,
    [HG_PARAM_DATAGRAM_BYTES] = 0x20,
};

static void take_text(hg_span *kept, const uint8_t *value, uint32_t length)
{
    if (kept->data == NULL)
        *kept = (hg_span){.data = value, .length = length};
}

static void take_number(hg_quic_params *params, uint32_t place, const uint8_t *value, uint32_t length)
{
    uint64_t number;
    if ((params->present & 1u << place) != 0)
        return;
    if (!hg_quic_take_number(&value, &length, &number) || length > 0) {
        params->malformed = 1;
        return;
    }
    params->values[place] = number;
    params->present |= 1u << place;
}

static void take_param(hg_quic_params *params, uint64_t number, const uint8_t *value, uint32_t length)
{
    params->count++;
    params->no_migration |= number == NO_MIGRATION;
    params->grease_bit |= number == GREASE_BIT;
    if (number == USER_AGENT)
        take_text(&params->user_agent, value, length);
    else if (number == SOURCE)
        take_text(&params->source, value, length);
    else if (number == VERSIONS)
        take_text(&params->versions, value, length);
    for (uint32_t place = 0; place < HG_PARAMS; place++)
        if (NUMBERS[place] == number)
            take_number(params, place, value, length);
}

void hg_quic_params_read(const uint8_t *body, uint32_t length, hg_quic_params *params)
{
    uint64_t number, bytes;
    *params = (hg_quic_params){0};
    while (length > 0) {
        if (!hg_quic_take_number(&body, &length, &number) || !hg_quic_take_number(&body, &length, &bytes) ||
            bytes > length) {
            params->malformed = 1;
            return;
        }
        take_param(params, number, body, (uint32_t)bytes);
        body += bytes;
        length -= (uint32_t)bytes;
    }
}
