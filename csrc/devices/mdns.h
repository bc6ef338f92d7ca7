/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * mdns.h - answers of multicast DNS (RFC 6762) with services (RFC 6763).
 */
#ifndef HG_MDNS_H
#define HG_MDNS_H

#include "flow/reader.h"

extern const hg_datagram_reader hg_mdns_reader;

#endif
