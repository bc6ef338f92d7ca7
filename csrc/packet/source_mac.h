/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * source_mac.h - the MAC address that sent a frame.
 */
#pragma once

#include "packet/frame.h"

/* The address of the sender of a frame: Ethernet, what Linux puts in its place, and 802.11. 0: the link has none, or
 * it was not captured. */
int hg_source_mac(const hg_frame *frame, uint8_t mac[HG_MAC_LENGTH]);
