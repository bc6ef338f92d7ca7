/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * connections_state.c - every number is checked before it is used, because the bytes are untrusted.
 */
#include "tls/connections_state.h"

#include <string.h>

#include "base/error.h"

typedef struct connections_header {
    uint32_t records;
    uint32_t zero;
} connections_header;

/* A connection without its pointers and links. */
typedef struct saved_connection {
    hg_connection record;
    uint8_t holds[2]; /* 1: what the direction holds follows */
    uint8_t zero[6];
} saved_connection;

/* What a direction holds: so many runs and bytes follow. */
typedef struct held_direction_header {
    uint32_t count;
    uint32_t end;
} held_direction_header;

/* ---- saving ----------------------------------------------------------------------------- */

static size_t held_bytes(const hg_gather *side)
{
    if (side->pieces == NULL)
        return 0;
    return sizeof(held_direction_header) + side->pieces->count * sizeof(hg_run) + hg_pieces_end(side->pieces);
}

size_t hg_connections_state_bytes(const hg_connections *c)
{
    size_t bytes = sizeof(connections_header);
    for (hg_index i = c->records[0].newer; i != 0; i = c->records[i].newer)
        bytes += sizeof(saved_connection) + held_bytes(c->records[i].sides) + held_bytes(c->records[i].sides + 1);
    return bytes;
}

static uint8_t *save_held(const hg_pieces *pieces, uint8_t *at)
{
    const held_direction_header header = {.count = pieces->count, .end = hg_pieces_end(pieces)};
    memcpy(at, &header, sizeof header);
    at += sizeof header;
    memcpy(at, pieces->runs, header.count * sizeof(hg_run));
    at += header.count * sizeof(hg_run);
    memset(at, 0, header.end);
    for (uint32_t i = 0; i < pieces->count; i++) {
        const hg_run run = pieces->runs[i];
        memcpy(at + run.first, pieces->bytes + run.first, run.end - run.first);
    }
    return at + header.end;
}

static uint8_t *save_one(const hg_connection *one, uint8_t *at)
{
    saved_connection saved;
    memset(&saved, 0, sizeof saved);
    saved.record = *one;
    saved.record.next = saved.record.older = saved.record.newer = 0;
    for (int server = 0; server < 2; server++) {
        saved.holds[server] = one->sides[server].pieces != NULL;
        saved.record.sides[server].pieces = NULL;
    }
    memcpy(at, &saved, sizeof saved);
    at += sizeof saved;
    for (int server = 0; server < 2; server++)
        if (saved.holds[server])
            at = save_held(one->sides[server].pieces, at);
    return at;
}

void hg_connections_save(const hg_connections *c, uint8_t *out)
{
    connections_header header = {0};
    uint8_t *at = out + sizeof header;
    for (hg_index i = c->records[0].newer; i != 0; i = c->records[i].newer, header.records++)
        at = save_one(c->records + i, at);
    memcpy(out, &header, sizeof header);
}

/* ---- loading ---------------------------------------------------------------------------- */

static int is_sound(const hg_connection *one, uint32_t flows)
{
    int sound = one->flow != 0 && one->flow < flows && one->client <= 1 && one->to.length <= HG_MOST_ID &&
                one->from.length <= HG_MOST_ID && one->retry.length <= HG_MOST_ID;
    for (int server = 0; server < 2; server++) {
        const hg_gather *side = one->sides + server;
        sound = sound && side->state <= HG_GATHER_STOPPED &&
                (side->state != HG_GATHERING || side->base <= HG_MOST_MESSAGE_BYTES);
    }
    return sound;
}

static int take(const uint8_t **at, size_t *left, void *out, size_t bytes)
{
    if (*left < bytes)
        return 0;
    memcpy(out, *at, bytes);
    *at += bytes;
    *left -= bytes;
    return 1;
}

/* Takes what a direction holds; 0 when it is damaged. Without memory it is given up, as ever. */
static int load_held(hg_connections *c, hg_connection *one, int server, const uint8_t **at, size_t *left)
{
    held_direction_header header;
    hg_run runs[HG_RUNS_LIMIT];
    if (!take(at, left, &header, sizeof header) || header.count > HG_RUNS_LIMIT ||
        header.end > HG_MOST_MESSAGE_BYTES || !take(at, left, runs, header.count * sizeof *runs) || *left < header.end)
        return 0;
    uint32_t end = 0;
    int is_kept = 1;
    for (uint32_t i = 0; i < header.count; i++) {
        if ((i > 0 && runs[i].first <= end) || runs[i].end <= runs[i].first || runs[i].end > header.end)
            return 0;
        end = runs[i].end;
        is_kept = is_kept && hg_connections_gather(c, one, server, runs[i].first, *at + runs[i].first,
                                                   runs[i].end - runs[i].first);
    }
    *at += header.end;
    *left -= header.end;
    return end == header.end;
}

static int load_one(hg_connections *c, uint32_t flows, const uint8_t **at, size_t *left)
{
    saved_connection saved;
    if (!take(at, left, &saved, sizeof saved) || !is_sound(&saved.record, flows))
        return 0;
    hg_connection *one = hg_connections_add(c, saved.record.flow);
    if (one == NULL)
        return 0;
    const hg_connection links = *one;
    *one = saved.record;
    one->next = links.next;
    one->older = links.older;
    one->newer = links.newer;
    one->sides[0].pieces = one->sides[1].pieces = NULL;
    for (int server = 0; server < 2; server++) {
        int fits = one->sides[server].state == HG_GATHERING;
        if (saved.holds[server] && (!fits || !load_held(c, one, server, at, left)))
            return 0;
    }
    return 1;
}

hg_status hg_connections_load(hg_connections *c, uint32_t flows, const uint8_t *bytes, size_t length, size_t *used,
                              hg_error *error)
{
    const uint8_t *at = bytes;
    size_t left = length;
    connections_header header;
    hg_connections_reset(c);
    int sound = take(&at, &left, &header, sizeof header);
    for (uint32_t i = 0; sound && i < header.records; i++)
        sound = load_one(c, flows, &at, &left);
    if (!sound) {
        hg_connections_reset(c);
        return hg_fail(error, HG_E_ARGUMENT, "the saved state is damaged");
    }
    *used = length - left;
    return HG_OK;
}
