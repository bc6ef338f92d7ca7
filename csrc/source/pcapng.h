/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * pcapng.h - the block format, walked with the state of one section.
 */
#pragma once

#include <stdbool.h>

#include "source/capture.h"
#include "source/timescale.h"

/* Interfaces a section may describe. An enhanced packet block could name 2^32 of them; the
 * obsolete packet block names 2^16, and no capture comes near. */
#define HG_MAX_INTERFACES 65536

typedef struct hg_pcapng_interface {
    hg_timescale timescale;
    uint32_t linktype;
    uint32_t snaplen; /* 0: no limit */
} hg_pcapng_interface;

typedef struct hg_pcapng_section {
    hg_pcapng_interface *interfaces;
    uint32_t count;
    uint32_t capacity;
    int64_t last_ns; /* time of the packet before, given to simple packets, which have none */
    bool big_endian;
} hg_pcapng_section;

/* The resolution and offset of an interface's clock, from the options of its description. NULL, or what is
 * damaged: a clause for hg_capture_damaged. */
const char *hg_pcapng_read_clock(const uint8_t *options, size_t length, bool big_endian, hg_timescale *scale);
