/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fragments.c - reassembles UDP datagrams from their fragments, in the order of capture.
 *
 *     fragment ─▶ its datagram (ends, id) ─▶ bytes in their place ─▶ whole: read ─▶ closed
 *                     │ 30 s, no room, overlap: given up
 *
 * Only first fragments have ports, so later fragments of all datagrams come here. At most HG_MOST_FRAGMENTED datagrams
 * are remembered; closed ones are evicted first, then datagrams whose first fragment has not arrived, then the oldest.
 * A datagram stays closed for 30 s; further fragments of it are ignored.
 *
 * Stations of another segment (packet/sender.h) contribute nothing. Fragments may go through different routers.
 *
 * Overlaps: in IPv4 they must have the same bytes; in IPv6 (RFC 5722, RFC 8200 4.5) only a repeated fragment may
 * overlap. */
#include "conversations/datagrams.h"

#include "base/memory.h"
#include "packet/sender.h"

/* The longest time between the first and the last arrival of a datagram's fragments. */
#define FRAGMENTS_NS (30 * INT64_C(1000000000))

typedef enum fragmented_state {
    UNUSED = 0,
    OPEN,
    CLOSED /* the datagram was read or given up */
} fragmented_state;

struct hg_fragmented {
    hg_address source;
    hg_address destination;
    int64_t first_ns;
    uint32_t id;
    uint32_t whole; /* length of the datagram; 0: the last fragment has not arrived */
    uint32_t count; /* runs */
    uint64_t tunnel_key; /* 0: none */
    uint64_t segment;
    uint8_t version;
    uint8_t state;  /* fragmented_state */
    uint8_t reader; /* as in hg_packet; 0: the first fragment has not arrived */
    hg_byte_run runs[HG_RUNS_LIMIT]; /* bytes that have arrived; in IPv6 one run for each fragment */
};

/* ---- life ------------------------------------------------------------------------------- */

void hg_fragments_clear(hg_fragments *fragments)
{
    free(fragments->list);
    hg_zeroed_free(fragments->bytes);
    *fragments = (hg_fragments){0};
}

void hg_fragments_reset(hg_fragments *fragments)
{
    if (fragments->list != NULL)
        memset(fragments->list, 0, HG_MOST_FRAGMENTED * sizeof *fragments->list);
}

/* 0: there is no memory. */
static int make_room(hg_fragments *fragments)
{
    if (fragments->list != NULL)
        return 1;
    fragments->list = calloc(HG_MOST_FRAGMENTED, sizeof *fragments->list);
    fragments->bytes = hg_zeroed(HG_MOST_FRAGMENTED, HG_MOST_DATAGRAM);
    if (fragments->list == NULL || fragments->bytes == NULL)
        hg_fragments_clear(fragments);
    return fragments->list != NULL;
}

static uint8_t *bytes_of(const hg_fragments *fragments, const hg_fragmented *one)
{
    return fragments->bytes + (size_t)(one - fragments->list) * HG_MOST_DATAGRAM;
}

/* ---- which datagram ----------------------------------------------------------------------- */

static uint32_t id_of(const hg_packet *packet)
{
    return packet->version == 4 ? hg_be16(packet->ip + IPV4_ID_AT)
                                : hg_be32(packet->data - HG_IPV6_FRAGMENT_HEADER + IPV6_FRAGMENT_ID_AT);
}

static int is_old(const hg_fragmented *one, int64_t now_ns)
{
    return now_ns > one->first_ns && (uint64_t)now_ns - (uint64_t)one->first_ns > FRAGMENTS_NS;
}

static uint64_t tunnel_of(const hg_packet *packet)
{
    return hg_in_tunnel(packet) ? packet->tunnel_key : 0;
}

static int is_of(const hg_fragmented *one, const hg_packet *packet, uint32_t id, uint64_t segment)
{
    return one->id == id && one->version == packet->version && one->tunnel_key == tunnel_of(packet) &&
           one->segment == segment && memcmp(&one->source, &packet->source, sizeof one->source) == 0 &&
           memcmp(&one->destination, &packet->destination, sizeof one->destination) == 0;
}

/* The datagram with the lowest value is evicted first. */
static int worth(const hg_fragmented *one)
{
    return one->state == OPEN ? 2 + (one->reader != 0) : one->state == CLOSED;
}

/* Finds the fragment's datagram, or begins a new one. */
static hg_fragmented *find(hg_fragments *fragments, const hg_packet *packet, const hg_frame *frame, hg_stats *stats)
{
    const uint32_t id = id_of(packet);
    const uint64_t segment = hg_segment_of(frame);
    const int64_t now_ns = frame->time_ns;
    hg_fragmented *least = fragments->list;
    for (uint32_t i = 0; i < HG_MOST_FRAGMENTED; i++) {
        hg_fragmented *one = fragments->list + i;
        if (one->state != UNUSED && is_old(one, now_ns)) {
            stats->datagrams_incomplete += one->state == OPEN;
            one->state = UNUSED;
        }
        if (one->state != UNUSED && is_of(one, packet, id, segment))
            return one;
        const int difference = worth(one) - worth(least);
        if (difference < 0 || (difference == 0 && one->first_ns < least->first_ns))
            least = one;
    }
    stats->datagrams_evicted += least->state == OPEN;
    *least = (hg_fragmented){.source = packet->source,
                             .destination = packet->destination,
                             .first_ns = now_ns,
                             .id = id,
                             .version = packet->version,
                             .tunnel_key = tunnel_of(packet),
                             .segment = segment,
                             .state = OPEN};
    return least;
}

/* ---- its bytes ----------------------------------------------------------------------------- */

/* How a new fragment relates to earlier ones. */
typedef enum relation {
    IS_NEW,
    IS_REPEATED, /* an earlier one has the same bytes */
    IS_WRONG     /* it overlaps an earlier one with other bytes, or in IPv6, only in part */
} relation;

static relation relation_of(const hg_fragmented *one, const uint8_t *bytes, hg_byte_run added, const uint8_t *data)
{
    relation found = IS_NEW;
    for (uint32_t i = 0; i < one->count; i++) {
        const hg_byte_run run = one->runs[i];
        const uint32_t first = run.first > added.first ? run.first : added.first;
        const uint32_t end = run.end < added.end ? run.end : added.end;
        if (first >= end)
            continue;
        const int is_within = run.first == added.first && run.end == added.end;
        if (memcmp(bytes + first, data + (first - added.first), end - first) != 0 || (one->version == 6 && !is_within))
            return IS_WRONG;
        if (is_within)
            found = IS_REPEATED;
    }
    return found;
}

/* Sets the datagram's length if the fragment is the last one. 0: it contradicts the length or earlier fragments. */
static int set_end(hg_fragmented *one, hg_byte_run added, int is_last)
{
    if (!is_last)
        return one->whole == 0 || added.end <= one->whole;
    for (uint32_t i = 0; i < one->count; i++)
        if (one->runs[i].end > added.end)
            return 0;
    if (one->whole != 0 && one->whole != added.end)
        return 0;
    one->whole = added.end;
    return 1;
}

/* Adds a separate run; 0: there are too many. */
static int add_apart(hg_fragmented *one, hg_byte_run added)
{
    uint32_t place = one->count;
    if (place == HG_RUNS_LIMIT)
        return 0;
    for (; place > 0 && one->runs[place - 1].first > added.first; place--)
        one->runs[place] = one->runs[place - 1];
    one->runs[place] = added;
    one->count++;
    return 1;
}

static int is_whole(const hg_fragmented *one)
{
    uint32_t came = 0;
    for (uint32_t i = 0; i < one->count; i++)
        came += one->runs[i].end - one->runs[i].first;
    return one->whole != 0 && came == one->whole;
}

/* Copies the fragment to its place; 0: the datagram is given up. */
static int put(hg_fragmented *one, uint8_t *bytes, const hg_packet *packet, hg_stats *stats)
{
    const uint32_t first = packet->place & ~7u;
    const hg_byte_run added = {first, first + packet->payload};
    const relation found = relation_of(one, bytes, added, packet->data);
    if (found == IS_WRONG || !set_end(one, added, (packet->place & HG_MORE_FRAGMENTS) == 0)) {
        stats->datagrams_overlapping++;
        return 0;
    }
    if (found == IS_REPEATED || packet->payload == 0)
        return 1;
    if (one->version == 6 ? !add_apart(one, added) : !hg_runs_add(one->runs, &one->count, HG_RUNS_LIMIT, added)) {
        stats->datagrams_evicted++;
        return 0;
    }
    memcpy(bytes + added.first, packet->data, packet->payload);
    return 1;
}

int hg_fragments_take(hg_fragments *fragments, hg_packet *packet, const hg_frame *frame, hg_stats *stats,
                      const uint8_t **udp, uint32_t *length)
{
    if (!make_room(fragments)) {
        stats->datagrams_evicted++;
        return 0;
    }
    hg_fragmented *one = find(fragments, packet, frame, stats);
    if (one->state == CLOSED)
        return 0;
    const int is_right = put(one, bytes_of(fragments, one), packet, stats);
    if (packet->reader != 0)
        one->reader = packet->reader;
    if (is_right && (one->reader == 0 || !is_whole(one)))
        return 0;
    one->state = CLOSED;
    one->count = 0;
    stats->datagrams_reassembled += (uint64_t)is_right;
    packet->reader = one->reader;
    *udp = bytes_of(fragments, one);
    *length = one->whole;
    return is_right;
}

/* ---- saving and loading ------------------------------------------------------------------------------------------ */

static int is_sound(const hg_fragmented *one, uint8_t readers)
{
    uint32_t end = 0;
    if (one->count > HG_RUNS_LIMIT || one->state > CLOSED || one->reader > readers ||
        (one->state != UNUSED && one->version != 4 && one->version != 6) || one->whole > HG_MOST_DATAGRAM)
        return 0;
    for (uint32_t i = 0; i < one->count; i++) {
        if (one->runs[i].first < end || one->runs[i].end <= one->runs[i].first || one->runs[i].end > HG_MOST_DATAGRAM)
            return 0;
        end = one->runs[i].end;
    }
    return one->whole == 0 || end <= one->whole;
}

void hg_fragments_transfer(hg_fragments *fragments, uint8_t readers, hg_saved *saved)
{
    uint8_t has_list = fragments->list != NULL;
    hg_transfer(saved, &has_list, sizeof has_list);
    if (!has_list)
        return;
    if (!make_room(fragments)) {
        saved->status = hg_fail(saved->error, HG_E_MEMORY, "no memory for datagrams in fragments");
        return;
    }
    hg_transfer(saved, fragments->list, HG_MOST_FRAGMENTED * sizeof *fragments->list);
    for (uint32_t i = 0; i < HG_MOST_FRAGMENTED; i++) {
        const hg_fragmented *one = fragments->list + i;
        if (!hg_saved_check(saved, is_sound(one, readers), HG_SAVED_DAMAGED))
            return;
        hg_runs_transfer(one->runs, one->count, bytes_of(fragments, one), saved);
    }
}
