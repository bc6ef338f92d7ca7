/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * renderer.h - the state of a renderer between rows.
 */
#pragma once

#include "answers/cache.h"
#include "base/value.h"
#include "hg_records.h"
#include "base/digest.h"
#include "huginn.h"

/* ---- Community ID v1 (github.com/corelight/community-id-spec): one name for a connection, the same in both directions
 * and in every program that knows it */

/* Rows named at once. */
#define HG_COMMUNITY_ROWS 64

typedef struct hg_community {
    char text[HG_COMMUNITY_BYTES];
    uint64_t flow; /* 53 bits of the same hash: a number that JSON readers keep exact */
} hg_community;

/* Names rows `first` to `last` - 1, at most HG_COMMUNITY_ROWS. Seed 0. */
void hg_community_name(const hg_batch *batch, uint32_t first, uint32_t last,
                       hg_community *out);

/* ---- the renderer */

/* Names kept ready. Traffic rarely shows more than a hundred signatures; one
 * that meets an occupied place replaces its owner. A power of two. */
#define HG_NAME_SLOTS 512

/* What a signature or link adds to a record, in the format of the call:
 *   text  "OS:     Linux 3.x"   "Link:   DSL"
 *   p0f   "os=Linux 3.x"        "link=DSL"
 *   json  ,"match":{"name":"Linux",...   ,"link":"DSL","link_file":...
 *   eve   as json
 *   ecs   as json, followed by what belongs into the object "host"
 * and the same for a row without one. The object of a match that is known stays open: the answer
 * follows in it. */
typedef struct hg_name {
    uint64_t key; /* 0: empty */
    char *text;
    size_t length; /* of all */
    size_t host;   /* offset of the part for "host"; `length` if there is none */
    size_t capacity;
    hg_match_marks marks;
    uint8_t is_open;
} hg_name;

/* Writes one record at `p` and returns its end. It takes at most HG_RENDER_FIXED bytes more than
 * the name and the renderer's tail. */
typedef char *(*hg_row_writer)(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);

struct hg_renderer {
    const hg_batch *batch; /* that is being rendered */
    const hg_columns *columns;
    hg_row row; /* that is being written */
    const hg_known_answer *answer; /* to it; without text in formats without answers */
    hg_answer_cache answers;       /* without places in these formats, and without a database */
    const hg_database *database;
    hg_row_writer write;
    hg_format format;
    uint8_t hides_private; /* fields of HG_PRIVATE_... 1 are null */
    uint8_t shows_clock;   /* records of text begin with their time */
    char *interface; /* its own copies; NULL: none */
    char *capture;
    uint8_t names_captures; /* in our own JSON, too */
    char *tail;    /* what ends each record: which signatures were used, and the like; may be NULL */
    size_t tail_length;
    uint32_t connections_from; /* rows in `connections` */
    uint32_t connections_to;
    hg_community connections[HG_COMMUNITY_ROWS];
    char *scratch; /* for records that may not fit the caller's buffer */
    size_t scratch_size;
    int64_t second; /* whose date and time `clock` holds, when `clock_set` */
    uint8_t clock_set;
    char clock[24];
    hg_name names[HG_NAME_SLOTS];
};

/* Whether its records have local time: p0f's and text. */
static inline int hg_is_local(hg_format format)
{
    return format == HG_FORMAT_P0F || format == HG_FORMAT_P0F_JSON || format == HG_FORMAT_TEXT;
}

/* Date and time of a second since the epoch, HG_CALENDAR_BYTES: local for p0f and text, else UTC. Rows
 * come many to a second, so the text of the last one is kept. */
char *hg_put_second(hg_renderer *renderer, char *p, int64_t second);

/* The connection of a row, valid until the next call; the connections of the following rows are named with it. */
const hg_community *hg_connection(hg_renderer *renderer, uint32_t row);

/* The name of a row, made on first use and kept in `renderer`; valid until the next call.
 * HG_E_ARGUMENT when the row refers to what the database does not hold. */
hg_status hg_name_find(hg_renderer *renderer, uint32_t row, const hg_name **out, hg_error *error);
/* ECS's host.os.type of a family of systems, or NULL. */
const char *hg_ecs_os_type(hg_span name);

/* ---- the formats: each writes one row as one record */

/* Bytes that no line of p0f's log, and no other record without answer and tail, exceeds. */
size_t hg_line_bound(const hg_renderer *renderer, const hg_name *name);
/* How many times the bound of a line of p0f its object takes at most: each byte becomes two at most, and the keys have
 * room in what no line uses of HG_RENDER_FIXED. */
#define HG_P0F_JSON_GROWTH 2

char *hg_render_text(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_json(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_p0f(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_p0f_json(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_eve(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
char *hg_render_ecs(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);

static inline hg_row_writer hg_writer_of(hg_format format)
{
    static const hg_row_writer WRITERS[HG_FORMATS] = {
        [HG_FORMAT_TEXT] = hg_render_text, [HG_FORMAT_JSON] = hg_render_json, [HG_FORMAT_P0F] = hg_render_p0f,
        [HG_FORMAT_EVE] = hg_render_eve,   [HG_FORMAT_ECS] = hg_render_ecs,   [HG_FORMAT_P0F_JSON] = hg_render_p0f_json,
    };
    return WRITERS[format];
}
