/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ssdp.h - SSDP (UPnP Device Architecture 2.0, 1).
 */
#ifndef HG_SSDP_H
#define HG_SSDP_H

#include "flow/reader.h"

extern const hg_datagram_reader hg_ssdp_reader;

#endif
