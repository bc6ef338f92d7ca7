/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * lldp.h - LLDP (IEEE 802.1AB), with the inventory of LLDP-MED (ANSI/TIA-1057).
 */
#ifndef HG_LLDP_H
#define HG_LLDP_H

#include "flow/reader.h"

extern const hg_datagram_reader hg_lldp_reader;

#endif
