/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * snmp.h - answers of SNMP (RFC 1157, RFC 3416).
 */
#ifndef HG_SNMP_H
#define HG_SNMP_H

#include "flow/reader.h"

extern const hg_datagram_reader hg_snmp_reader;

#endif
