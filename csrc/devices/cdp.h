/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * cdp.h - the Cisco Discovery Protocol, which others speak as well.
 */
#ifndef HG_CDP_H
#define HG_CDP_H

#include "flow/reader.h"

extern const hg_datagram_reader hg_cdp_reader;

#endif
