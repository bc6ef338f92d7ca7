/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * neighbours.h - definitions shared by the readers of LLDP and CDP.
 */
#pragma once

#include "devices/announcing.h"

/* What a neighbour does, as bits in the order of their words. */
enum {
    HG_IS_BRIDGE = 1,
    HG_IS_WLAN = 2,
    HG_IS_ROUTER = 4,
    HG_IS_TELEPHONE = 8,
    HG_IS_STATION = 16,
    HG_IS_REPEATER = 32,
    HG_IS_DOCSIS = 64
};

/* The words of the bits: "bridge+router". */
void hg_say_capabilities(hg_announcing *to, uint32_t capabilities);
/* A text of several lines as one, with blanks between them. */
void hg_say_lines(hg_announcing *to, uint8_t kind, const uint8_t *text, uint32_t length);
