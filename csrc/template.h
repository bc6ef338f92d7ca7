/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * template.h - TCP options of a known layout, recognised by one comparison.
 */
#ifndef HG_TEMPLATE_H
#define HG_TEMPLATE_H

#include "database.h"
#include "observe.h"

/* Fills what hg_observe_options fills and `*layout` when the packet's options are exactly one
 * of the database's templates; 0, and nothing is changed, when they are not. */
int hg_template_read(const hg_tables *tables, const hg_packet *packet, hg_observation *observation,
                     uint32_t *layout);

#endif
