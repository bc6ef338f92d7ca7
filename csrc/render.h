/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * render.h - what a renderer keeps, and what the formats share.
 *
 *     hg_render ── per row ──▶ hg_name_find ──▶ writer of the format ──▶ out
 *                                  │
 *                     names already escaped, by signature, kept by the renderer
 */
#ifndef HG_RENDER_H
#define HG_RENDER_H

#include "community.h"
#include "database.h"
#include "render_value.h"

/* Names kept ready. Traffic rarely shows more than a hundred signatures; one
 * that meets an occupied place replaces its owner. A power of two. */
#define HG_NAME_SLOTS 512

/* What a signature or link adds to a record, in the format of the call:
 *   text  "OS:     Linux 3.x"   "Link:   DSL"
 *   p0f   "os=Linux 3.x"        "link=DSL"
 *   json  {"name":"Linux",...}  "DSL","link_file":...
 *   eve   as json
 *   ecs   as json, and behind it what belongs into the object "host"
 * and the same for a row without one. */
typedef struct hg_name {
    uint64_t key; /* 0: empty */
    char *text;
    size_t length; /* of all */
    size_t host;   /* where the part for "host" begins; there is none: `length` */
    size_t capacity;
    uint8_t flags; /* HG_SIGNATURE_... bits, 0 without a signature */
    uint8_t fuzzy;
} hg_name;

/* Writes one record at `p` and returns its end. It takes at most HG_RENDER_FIXED bytes more than
 * the name and the renderer's tail. */
typedef char *(*hg_row_writer)(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);

struct hg_renderer {
    const hg_batch *batch; /* that is being rendered */
    const hg_columns *columns;
    const hg_database *database;
    hg_row_writer write;
    hg_format format;
    char *tail;    /* what ends each record: which signatures were used, and the like; may be NULL */
    size_t tail_length;
    uint32_t connections_from; /* rows that `connections` speaks of */
    uint32_t connections_to;
    hg_community connections[HG_COMMUNITY_ROWS];
    char *scratch; /* for records that may not fit the caller's buffer */
    size_t scratch_size;
    int64_t second; /* whose date and time `clock` holds, when `clock_set` */
    uint8_t clock_set;
    char clock[24];
    hg_name names[HG_NAME_SLOTS];
};

/* The name of a row, made on first use and kept in `renderer`; valid until the next call.
 * HG_E_ARGUMENT when the row refers to what the database does not hold. */
hg_status hg_name_find(hg_renderer *renderer, uint32_t row, const hg_name **out, hg_error *error);
void hg_names_free(hg_renderer *renderer);

/* The words of `params`, each between `quote` (none when 0), joined by `separator`. */
char *hg_put_params(char *p, hg_row row, const hg_name *name, char separator, char quote);
/* The same with blanks between them, or "none", as p0f prints them. */
char *hg_put_params_or_none(char *p, hg_row row, const hg_name *name);
/* Hops; an upper bound where the signature says that the TTL is random. */
char *hg_put_distance(char *p, hg_row row, const hg_name *name);

/* Date and time of a second since the epoch, HG_CALENDAR_BYTES: p0f's in local time, else UTC. Rows
 * come many to a second, so the text of the last one is kept. */
char *hg_put_second(hg_renderer *renderer, char *p, int64_t second);

/* The connection of a row, valid until the next call; named together with those of the rows behind it. */
const hg_community *hg_connection(hg_renderer *renderer, uint32_t row);

/* ---- what the formats of JSON share; every value but the first has a comma before it ---- */

/* RFC 3339, with ns, UTC. */
char *hg_put_time(hg_renderer *renderer, char *p, int64_t time_ns);
char *hg_put_address(char *p, uint8_t version, const uint8_t *address);
/* "event", the first of its object. */
char *hg_put_event(char *p, uint8_t event);
/* The name of an event, without quotes. */
char *hg_put_event_name(char *p, uint8_t event);
/* "tunnel" and "from_server". */
char *hg_put_packet(char *p, const hg_columns *columns, uint32_t i);
/* What the event tells. */
char *hg_put_body(char *p, hg_row row, const hg_name *name);
char *hg_put_json_string(char *p, const uint8_t *text, size_t length);
/* Makes the tail of a JSON format: the database, the version, the interface. */
hg_status hg_make_tail(hg_renderer *renderer, const char *interface, hg_error *error);

/* The writers. */
char *hg_render_text(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_json(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_p0f(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_eve(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_ecs(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);

#endif
