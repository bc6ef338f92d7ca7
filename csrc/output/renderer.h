/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * renderer.h - the state of a renderer between rows.
 */
#pragma once

#include "names/cache.h"
#include "base/value.h"
#include "hg_records.h"
#include "base/digest.h"
#include "announcements/announced.h"
#include "huginn.h"
#include "tls/fields.h"

/* ---- Community ID v1 (github.com/corelight/community-id-spec): an id for a connection that is the same in both
 * directions and in all programs that support it */

/* Number of rows whose ids are computed at once. */
#define HG_COMMUNITY_ROWS 64

typedef struct hg_community {
    char text[HG_COMMUNITY_BYTES];
    uint64_t flow; /* 53 bits of the same hash: a number that JSON readers keep exactly */
} hg_community;

/* Computes the ids of rows from `first` on, to `last` - 1 at most and at most HG_COMMUNITY_ROWS, with seed 0. Returns
 * the first row that was left out: hashes are computed in groups, and no group is started for only a few rows. */
uint32_t hg_community_name(const hg_batch *batch, uint32_t first, uint32_t last, hg_sha1_lanes sha1, hg_community *out);

/* ---- the renderer */

/* Number of cached names, a power of two. Traffic rarely shows more than a hundred signatures. A new name replaces the
 * one in its slot. */
#define HG_NAME_SLOTS 512

/* The part of a record that depends only on its signature or link, in the renderer's format:
 *   text  "OS:     Linux 3.x"   "Link:   DSL"
 *   p0f   "os=Linux 3.x"        "link=DSL"
 *   json  ,"match":{"name":"Linux",...   ,"link":"DSL","link_file":...
 *   eve   as json
 *   ecs   as json, followed by the members of the object "host"
 * A row without a match has a name, too. The object of a match stays open, because the answer is written into it. */
typedef struct hg_name {
    uint64_t key; /* 0: empty */
    char *text;
    size_t length; /* of the whole text */
    size_t host;   /* offset of the part for "host"; `length`: it has no such part */
    size_t capacity;
    hg_match_marks marks;
    uint8_t is_open; /* 1: the text ends inside the object of the match */
} hg_name;

/* Writes one record at `p` and returns its end. There is room for hg_line_bound, the answer and the tail. */
typedef char *(*hg_row_writer)(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);

struct hg_renderer {
    const hg_batch *batch; /* the batch that is being rendered */
    hg_row row; /* the row that is being written */
    hg_known_answer *known;  /* the cache entry of a handshake; NULL for other rows and in p0f's log */
    hg_answer_cache answers; /* by handshake: its text, and its answer in the formats that have answers */
    hg_writer answer;        /* the members of the row's answer, if its text is not known */
    const hg_database *database;
    hg_row_writer write;
    hg_format format;
    uint8_t hides_private; /* 1: private fields are left out, or null in an hg_name */
    uint8_t shows_clock;   /* 1: text records begin with their time */
    char *interface; /* own copy, as is `capture`; NULL: none */
    char *capture;
    uint8_t names_captures; /* 1: HG_FORMAT_JSON, too, names the capture in each record */
    char *tail; /* the end of each record in JSON, EVE and ECS: database, version, interface or capture; else NULL */
    size_t tail_length;
    hg_sha1_lanes sha1;
    uint32_t connections_from; /* the rows in `connections` */
    uint32_t connections_to;
    hg_community connections[HG_COMMUNITY_ROWS];
    char *scratch; /* for records that may be larger than the rest of the caller's buffer */
    size_t scratch_size;
    int64_t second; /* if `clock_set`, the second that `clock` shows as text */
    uint8_t clock_set;
    char clock[24];
    hg_name names[HG_NAME_SLOTS];
};

/* 1 if the row's packet did not come over TCP. */
static inline int hg_is_not_tcp(hg_row row)
{
    if (hg_event_is_device(row.columns->event[row.index]))
        return (row.columns->devices.macs[row.at] & HG_CAME_OVER_TCP) == 0;
    return hg_transport_of(row) != HG_TRANSPORT_TCP;
}

/* Whether two rows have the same addresses and ports, in the same direction. */
static inline int hg_same_connection(const hg_columns *columns, uint32_t a, uint32_t b)
{
    return columns->src_port[a] == columns->src_port[b] && columns->dst_port[a] == columns->dst_port[b] &&
           columns->ip_version[a] == columns->ip_version[b] &&
           memcmp(columns->src_ip[a], columns->src_ip[b], sizeof columns->src_ip[a]) == 0 &&
           memcmp(columns->dst_ip[a], columns->dst_ip[b], sizeof columns->dst_ip[a]) == 0;
}

/* Whether the format uses local time: p0f's log and text. */
static inline int hg_is_local(hg_format format)
{
    return format == HG_FORMAT_P0F || format == HG_FORMAT_TEXT;
}

/* Writes the date and time of a second since the epoch, HG_CALENDAR_BYTES long: local time for p0f and text, else UTC.
 * Many rows share a second, so the latest text is cached. */
char *hg_put_second(hg_renderer *renderer, char *p, int64_t second);

/* The connection id of a row, valid until the next call. Also computes the ids of the rows after it. */
const hg_community *hg_community_of_row(hg_renderer *renderer, uint32_t row);

/* The name of a row, created on first use and cached in `renderer`; valid until the next call. HG_E_ARGUMENT: the row
 * refers to a record that the database does not have. */
hg_status hg_name_find(hg_renderer *renderer, uint32_t row, const hg_name **out, hg_error *error);

/* The cached text of the fields that only handshakes have, which depend only on hg_known_answer; empty: not cached. */
static inline hg_span hg_kept_text(const hg_renderer *renderer)
{
    return renderer->known == NULL ? (hg_span){0} : hg_span_of(renderer->known->text, renderer->known->length);
}
/* Caches that text, if the row is a handshake. */
void hg_keep_text(hg_renderer *renderer, const char *from, const char *end);

/* ---- the formats: each function writes one row as one record */

/* The most bytes of a line in p0f's log; in the other formats, of a record without answer and tail. */
size_t hg_line_bound(const hg_renderer *renderer, const hg_name *name);

#define HG_WRITERS(ENTRY) ENTRY(TEXT, text) ENTRY(JSON, json) ENTRY(P0F, p0f) ENTRY(EVE, eve) ENTRY(ECS, ecs)
#define HG_WRITER(FORMAT, writer) \
    char *hg_render_##writer(hg_renderer *renderer, uint32_t row, const hg_name *name, char *p);
HG_WRITERS(HG_WRITER)
#undef HG_WRITER
