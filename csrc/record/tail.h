/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * tail.h - what ends each record of a JSON format: the database, the version, the interface.
 */
#ifndef HG_TAIL_H
#define HG_TAIL_H

#include "record/renderer.h"

/* Makes the tail of a renderer, which owns it. */
hg_status hg_make_tail(hg_renderer *renderer, const char *interface, hg_error *error);

#endif
