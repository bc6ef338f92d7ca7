/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * template.h - TCP options of a known layout, recognised by one comparison.
 */
#pragma once

#include "database/database.h"
#include "tcp/observe.h"

/* The last HG_TEMPLATE_BYTES bytes of the options, at which templates look. At least 40 bytes of headers come
 * before the options, so these bytes are always part of the frame. */
static inline const uint8_t *hg_template_window(const hg_packet *packet)
{
    return hg_tcp_options(packet) + packet->options_length - HG_TEMPLATE_BYTES;
}

/* The one template that the packet's options may fit, or NULL. */
const hg_db_template *hg_template_find(const hg_tables *tables, const hg_packet *packet);

/* When the packet's options fit the template: fills what hg_observe_options fills, except the option
 * layout, which is that of the template, and returns 1. Otherwise 0, and nothing is changed. */
int hg_template_read(const hg_db_template *found, const hg_packet *packet, hg_observation *observation);
