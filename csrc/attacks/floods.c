/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * floods.c - targets of SYN floods: hosts that answer SYNs of many addresses, which then complete no connection.
 *
 * Some answered SYNs of each host are followed until their senders must have acknowledged the answer. In a crowd of
 * clients nearly all do. The host must have completed a handshake, which shows that the capture has more than SYNs and
 * answers. Hosts take turns in the table of targets.
 */
#include <stdlib.h>

#include "attacks/distinct.h"
#include "handshakes/handshakes.h"
#include "hosts/fact.h"

enum {
    FOLLOWED_BITS = 11,
    CHOSEN_BITS = 2,    /* one connection in 4 counts, which saves work */
    TARGETS = 1 << 8,
    SAMPLE = 64,        /* answers followed at a time, for each host */
    SAMPLE_S = 30,      /* most seconds in which they are sent */
    TARGET_S = 60,      /* a host keeps its place against others for so long */
    ANSWER_S = 2,       /* a client acknowledges sooner on any path */
    SENDER_BITS = 38,   /* set by a sample of 90 addresses */
    COMPLETED = 16,     /* one in so many at most */
    UNLINKED = 8,       /* most answers without a captured SYN, for each other one: sampled captures have more */
    SAMPLES = 2         /* samples in a row: packets missing in the capture spoil one */
};

/* An answered SYN that is followed. */
typedef struct followed {
    uint64_t flow; /* 0: none */
    hg_index host; /* that answered */
    uint32_t sample;
} followed;

/* The sample of a host. */
typedef struct target {
    hg_index host; /* 0: none */
    uint32_t host_hash; /* hg_host_hash */
    uint32_t sample; /* number of the sample, over all hosts */
    uint32_t end_s; /* when its last answer was sent; 0: not yet */
    uint32_t answered;
    uint32_t completed;
    uint32_t unlinked; /* answers whose SYN was not captured */
    uint32_t floods; /* samples before it, without a break, that showed a flood */
    hg_distinct senders; /* begins with the sample */
} target;

struct hg_floods {
    followed followed[1 << FOLLOWED_BITS];
    target targets[TARGETS];
    uint32_t samples;
};

static target *target_of(struct hg_floods *floods, hg_index host)
{
    return floods->targets + host % TARGETS;
}

static int is_chosen(uint64_t flow)
{
    return flow * HG_HASH_MULTIPLIER >> (64 - CHOSEN_BITS) == 0;
}

static followed *place_of(struct hg_floods *floods, uint64_t flow)
{
    return floods->followed + ((flow * HG_HASH_MULTIPLIER << CHOSEN_BITS) >> (64 - FOLLOWED_BITS));
}

static void begin(hg_hosts *hosts, target *goal, hg_index host, uint32_t floods, uint32_t now_s)
{
    *goal = (target){.host = host,
                     .host_hash = hg_host_hash(hosts, host),
                     .sample = ++hosts->floods->samples,
                     .floods = floods,
                     .senders = {.begin_s = now_s}};
}

/* Takes a place for an answered SYN. An earlier one there is no longer followed, so it does not count. */
static void follow(hg_hosts *hosts, target *goal, const hg_host_event *row, uint32_t now_s)
{
    struct hg_floods *floods = hosts->floods;
    const hg_columns *c = row->of.columns;
    const uint32_t at = row->of.index;
    followed *place = place_of(floods, c->flow[at]);
    target *before = target_of(floods, place->host);
    const int is_lost = place->flow != 0 && before->host == place->host && before->sample == place->sample;
    before->answered -= (uint32_t)is_lost;
    hosts->attempts_displaced += (uint64_t)is_lost;
    *place = (followed){c->flow[at], goal->host, goal->sample};
    const uint64_t sender = hg_hash_address(HG_HASH_MULTIPLIER, hg_address_of(c->dst_ip[at]), c->ip_version[at]);
    hg_distinct_set(&goal->senders, hg_hash_fold(sender));
    goal->end_s = ++goal->answered >= SAMPLE && now_s != goal->senders.begin_s ? now_s : 0;
}

/* Judges the host's sample, and begins another one. */
static void judge(hg_hosts *hosts, target *target, uint32_t row, uint32_t now_s)
{
    const int is_flood =
        target->answered >= SAMPLE / 2 && hg_distinct_count(&target->senders) >= SENDER_BITS &&
        target->completed <= target->answered / COMPLETED && target->unlinked / UNLINKED <= target->answered &&
        target->host_hash == hg_host_hash(hosts, target->host) && hg_is_proven(hg_host_at(hosts, target->host));
    begin(hosts, target, target->host, is_flood ? target->floods + 1 : 0, now_s);
    if (target->floods >= SAMPLES)
        hg_host_add_findings(hosts, target->host, row, UINT64_C(1) << HG_FINDING_SYN_FLOOD);
}

/* Takes an answer. If its SYN was not captured, the client's other packets may be missing, too. */
static void take(hg_host_event *row)
{
    const hg_columns *c = row->of.columns;
    if (!is_chosen(c->flow[row->of.index]))
        return;
    hg_hosts *hosts = row->hosts;
    const uint32_t now_s = hg_seconds_of(hg_row_time(row));
    if (hosts->floods == NULL && (hosts->floods = calloc(1, sizeof *hosts->floods)) == NULL)
        return;
    target *target = target_of(hosts->floods, row->index);
    const uint32_t age_s = now_s - target->senders.begin_s;
    if (target->host != row->index && target->host != 0 && age_s <= TARGET_S) {
        hosts->attempts_displaced++;
        return;
    }
    if (target->host != row->index || (target->end_s == 0 && age_s > SAMPLE_S))
        begin(hosts, target, row->index, 0, now_s);
    if (c->flow[row->of.index] == c->packet_number[row->of.index])
        target->unlinked += target->end_s == 0;
    else if (target->end_s == 0)
        follow(hosts, target, row, now_s);
    else if ((int32_t)(now_s - target->end_s) >= ANSWER_S)
        judge(hosts, target, row->of.index, now_s);
}

static void complete(const hg_hosts *hosts, const hg_completion *completion)
{
    if (!is_chosen(completion->flow))
        return;
    followed *place = hosts->floods == NULL ? NULL : place_of(hosts->floods, completion->flow);
    if (place == NULL || place->flow != completion->flow || (completion->marks & HG_COMPLETES) == 0)
        return;
    target *target = target_of(hosts->floods, place->host);
    target->completed += target->host == place->host && target->sample == place->sample;
    place->sample = 0; /* counts once; it stays a part of the sample */
}

static void on(hg_host_event *event)
{
    if (event->event == HG_ON_COMPLETED)
        complete(event->hosts, event->completion);
    else
        take(event);
}

const hg_fact hg_fact_floods = {
    .events = UINT64_C(1) << HG_EVENT_SYN_ACK | UINT64_C(1) << HG_ON_COMPLETED,
    .on = on,
    .memory = offsetof(hg_hosts, floods),
};
