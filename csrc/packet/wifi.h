/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * wifi.h - 802.11 with or without a radio header before it.
 */
#pragma once

#include "packet/frame.h"
#include "packet/view.h"

/* Moves `view` to the IP header. Link types 105, 119, 127, 163 and 192. */
hg_drop hg_wifi_strip(uint32_t linktype, hg_view *view);
/* The offset of the sender's address in such a frame. 0: none. */
int hg_wifi_source_at(const hg_frame *frame, uint32_t *at);
