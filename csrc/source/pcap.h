/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * pcap.h - the classic capture format, walked without state.
 */
#pragma once

#include <stdbool.h>

#include "source/capture.h"
#include "packet/sieve.h"

/* What a file header says of its records. */
typedef struct hg_pcap_format {
    uint32_t linktype;
    uint32_t fraction_ns;  /* of one unit of a record's fraction: 1000 or 1 */
    uint32_t header_bytes; /* of a record: 16, or 24 in Kuznetzov's variant */
    bool big_endian;
} hg_pcap_format;

/* What a file header of 24 bytes says; its magic is one of a pcap file. */
void hg_pcap_format_of(const uint8_t *header, hg_pcap_format *format);
