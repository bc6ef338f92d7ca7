/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * neighbours.h - definitions shared by the readers of LLDP and CDP.
 */
#pragma once

#include "devices/announcing.h"

/* What a neighbour does. */
void hg_say_capabilities(hg_announcing *to, const hg_bit_word *words, uint32_t count, uint32_t capabilities);
/* A text of several lines as one, with blanks between them. */
void hg_say_lines(hg_announcing *to, uint8_t kind, const uint8_t *text, uint32_t length);
