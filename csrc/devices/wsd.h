/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * wsd.h - devices that announce themselves by WS-Discovery (2005/04, and OASIS 1.1).
 */
#ifndef HG_WSD_H
#define HG_WSD_H

#include "flow/reader.h"

extern const hg_datagram_reader hg_wsd_reader;

#endif
