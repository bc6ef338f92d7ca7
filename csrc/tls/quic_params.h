/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * quic_params.h - QUIC's transport parameters, which a hello carries in an extension (number 0x39, before
 * draft 33 0xFFA5): RFC 9000, section 18, and what others added.
 */
#pragma once

#include "base/span.h"

enum { HG_QUIC_PARAMS_EXTENSION = 0x39, HG_QUIC_PARAMS_EXTENSION_OF_DRAFTS = 0xFFA5 };

/* Those that are numbers, as places of `values`. */
typedef enum hg_quic_param {
    HG_PARAM_IDLE_TIMEOUT = 0,  /* ms */
    HG_PARAM_UDP_PAYLOAD = 1,   /* bytes, most that it takes */
    HG_PARAM_MAX_DATA = 2,      /* bytes */
    HG_PARAM_STREAM_DATA_BIDI_LOCAL = 3,
    HG_PARAM_STREAM_DATA_BIDI_REMOTE = 4,
    HG_PARAM_STREAM_DATA_UNI = 5,
    HG_PARAM_STREAMS_BIDI = 6, /* count */
    HG_PARAM_STREAMS_UNI = 7,
    HG_PARAM_ACK_DELAY_EXPONENT = 8,
    HG_PARAM_MAX_ACK_DELAY = 9, /* ms */
    HG_PARAM_ACTIVE_IDS = 10,   /* count */
    HG_PARAM_DATAGRAM_BYTES = 11,
    HG_PARAMS = 12
} hg_quic_param;

typedef struct hg_quic_params {
    uint64_t values[HG_PARAMS];
    uint32_t present;        /* bit i: values[i] is there */
    uint32_t count;          /* parameters, known or not */
    hg_span user_agent; /* in clear, of Chrome 84 to 98; anybody's bytes */
    hg_span source;     /* the client's own id */
    hg_span versions;   /* version_information: chosen, then others, 4 bytes each */
    uint8_t no_migration;
    uint8_t grease_bit; /* ready for packets without the fixed bit */
    uint8_t malformed;  /* 1: one does not keep to its length; those before it are here */
} hg_quic_params;

/* Reads the body of the extension, which is borrowed. Of a parameter that is there twice the first counts. */
void hg_quic_params_read(const uint8_t *body, uint32_t length, hg_quic_params *params);
