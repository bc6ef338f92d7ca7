/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * readers.h - the readers of protocols of plants: machines and their masters state what they are.
 */
#pragma once

#include "flow/reader.h"

/* As HG_EACH_DEVICE_READER in announcements/readers.h. */
#define HG_EACH_INDUSTRIAL_READER(X)                                                                     \
    X(industrial, INDUSTRIAL, NEAR, .ports = {3671, 9600, 44818, 47808}, .begins = hg_industrial_begins, \
      .needs_both = 1)                                                                                   \
    X(profinet, INDUSTRIAL, LINK, .link_protocol = 0x8892) /* DCP, IEC 61158-6-10 */

#define HG_DECLARE(name, ...) \
    hg_datagram_event hg_read_##name(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to);
HG_EACH_INDUSTRIAL_READER(HG_DECLARE)
#undef HG_DECLARE
int hg_industrial_begins(const uint8_t *data, uint32_t length, uint32_t whole);

extern const hg_reader hg_industrial_reader;
