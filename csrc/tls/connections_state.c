/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * connections_state.c - every number is checked before it is used, because the bytes are untrusted.
 */
#include "tls/connections_state.h"

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

static void save_held(const hg_pieces *pieces, hg_saving *to)
{
    const held_direction_header header = {.count = pieces->count,
                                          .end = pieces->count > 0 ? pieces->runs[pieces->count - 1].end : 0};
    hg_save(to, &header, sizeof header);
    hg_save(to, pieces->runs, header.count * sizeof(hg_run));
    hg_runs_save(pieces->runs, pieces->count, pieces->bytes, to);
}

static void save_one(const hg_connection *one, hg_saving *to)
{
    saved_connection saved;
    memset(&saved, 0, sizeof saved);
    saved.record = *one;
    saved.record.next = saved.record.older = saved.record.newer = 0;
    for (int server = 0; server < 2; server++) {
        saved.holds[server] = one->sides[server].pieces != NULL;
        saved.record.sides[server].pieces = NULL;
    }
    hg_save(to, &saved, sizeof saved);
    for (int server = 0; server < 2; server++)
        if (saved.holds[server])
            save_held(one->sides[server].pieces, to);
}

void hg_connections_save(const hg_connections *c, hg_saving *to)
{
    uint64_t records = 0;
    for (hg_index i = c->records[0].newer; i != 0; i = c->records[i].newer)
        records++;
    hg_save(to, &records, sizeof records);
    for (hg_index i = c->records[0].newer; i != 0; i = c->records[i].newer)
        save_one(c->records + i, to);
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

/* Takes what a direction holds; 0 when it is damaged. Without memory it is given up, as ever. */
static int load_held(hg_connections *c, hg_connection *one, int server, hg_loading *from)
{
    held_direction_header header;
    hg_run runs[HG_RUNS_LIMIT];
    if (hg_load(from, &header, sizeof header) != HG_OK || header.count > HG_RUNS_LIMIT ||
        header.end > HG_MOST_MESSAGE_BYTES || hg_load(from, runs, header.count * sizeof *runs) != HG_OK)
        return 0;
    const uint8_t *bytes = hg_load_bytes(from, header.end);
    uint32_t end = 0;
    int is_kept = 1;
    for (uint32_t i = 0; bytes != NULL && i < header.count; i++) {
        if ((i > 0 && runs[i].first <= end) || runs[i].end <= runs[i].first || runs[i].end > header.end)
            return 0;
        end = runs[i].end;
        is_kept = is_kept && hg_connections_gather(c, one, server, runs[i].first, bytes + runs[i].first,
                                                   runs[i].end - runs[i].first);
    }
    return bytes != NULL && end == header.end;
}

static int load_one(hg_connections *c, uint32_t flows, hg_loading *from)
{
    saved_connection saved;
    if (hg_load(from, &saved, sizeof saved) != HG_OK || !is_sound(&saved.record, flows))
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
        if (saved.holds[server] && (!fits || !load_held(c, one, server, from)))
            return 0;
    }
    return 1;
}

hg_status hg_connections_load(hg_connections *c, uint32_t flows, hg_loading *from)
{
    uint64_t records = 0;
    hg_connections_reset(c);
    int sound = hg_load(from, &records, sizeof records) == HG_OK;
    for (uint64_t i = 0; sound && i < records; i++)
        sound = load_one(c, flows, from);
    if (sound)
        return HG_OK;
    hg_connections_reset(c);
    return hg_load_damaged(from);
}
