/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * netbios.h - NetBIOS over UDP (RFC 1001, 1002), and the announcements of browsers in it ([MS-BRWS]).
 */
#ifndef HG_NETBIOS_H
#define HG_NETBIOS_H

#include "flow/reader.h"

extern const hg_datagram_reader hg_netbios_reader;

#endif
