/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * neighbor.h - which MAC has which address of IPv6, and what routers announce (RFC 4861).
 */
#ifndef HG_NEIGHBOR_H
#define HG_NEIGHBOR_H

#include "flow/reader.h"

extern const hg_datagram_reader hg_neighbor_reader;

#endif
