/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * body.h - what the formats of JSON share. Every value but the first has a comma before it.
 */
#ifndef HG_BODY_H
#define HG_BODY_H

#include "record/renderer.h"

/* RFC 3339, with ns, UTC. */
char *hg_put_time(hg_renderer *renderer, char *p, int64_t time_ns);
/* "event", the first of its object. */
char *hg_put_event(char *p, uint8_t event);
/* "tunnel" and "from_server". */
char *hg_put_packet(char *p, const hg_columns *columns, uint32_t i);
/* What the event tells. */
char *hg_put_body(char *p, hg_row row, const hg_name *name);

#endif
