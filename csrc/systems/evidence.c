/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * evidence.c - the names of a host that count for its conclusion, and the families that they support.
 */
#include "systems/conclusion.h"

/* Whether two names count as one label. The SYNs and SYN+ACKs of a system may have the same label. */
static int has_same_label(const hg_host_name *one, const hg_host_name *other)
{
    return ((one->flags ^ other->flags) & HG_NAMED_WEAK) == 0 && hg_same_label(one, other);
}

int hg_is_decisive(const hg_host_conclusion *conclusion, const hg_name_relation *name)
{
    return name->scope >= conclusion->scope;
}

int hg_is_new_candidate(const hg_host_conclusion *conclusion, uint32_t reading)
{
    for (uint32_t i = 0; i < reading; i++)
        if (hg_same_label(conclusion->readings[i].name, conclusion->readings[reading].name))
            return 0;
    return 1;
}

static int comes_before(const hg_host_conclusion *conclusion, const hg_name_relation *one,
                        const hg_name_relation *other)
{
    const int decides = hg_is_decisive(conclusion, one);
    return decides != hg_is_decisive(conclusion, other) ? decides : one->packets > other->packets;
}

/* Adds up the packets of each label, then sorts the readings: decisive ones first, then by falling packets. The sort is
 * stable. */
static void sort_readings(hg_host_conclusion *conclusion)
{
    for (uint32_t i = 0; i < conclusion->reading_count; i++) {
        hg_name_relation *own = conclusion->readings + i;
        own->is_first = 1;
        for (uint32_t j = 0; j < conclusion->reading_count; j++) {
            if (!has_same_label(own->name, conclusion->readings[j].name))
                continue;
            own->packets += conclusion->readings[j].seen->packets;
            own->scope =
                conclusion->readings[j].seen->scope > own->scope ? conclusion->readings[j].seen->scope : own->scope;
            own->is_first &= j >= i;
        }
    }
    for (uint32_t i = 1; i < conclusion->reading_count; i++) {
        const hg_name_relation own = conclusion->readings[i];
        uint32_t at = i;
        for (; at > 0 && comes_before(conclusion, &own, conclusion->readings + at - 1); at--)
            conclusion->readings[at] = conclusion->readings[at - 1];
        conclusion->readings[at] = own;
    }
}

static int is_program(const hg_name_relation *relation)
{
    const hg_claim *claim = &relation->name->claim;
    return relation->name->name.length > 0 &&
           (relation->name->kind == HG_NAME_CLAIMED || relation->name->kind == HG_NAME_PROGRAM) && claim->stacks != 0;
}

/* Whether all readings with the label of `older` were over before `newer` began. */
static int is_over(const hg_host_conclusion *conclusion, const hg_name_relation *older, const hg_name_relation *newer)
{
    for (uint32_t i = 0; i < conclusion->reading_count; i++)
        if (has_same_label(conclusion->readings[i].name, older->name) &&
            !hg_name_is_over(conclusion->readings[i].seen->last_ns, newer->seen->first_ns))
            return 0;
    return 1;
}

/* Marks systems that a newer one excludes, which was seen twice: the address has another holder, or the machine another
 * system. Systems in turns share the address. */
static void mark_earlier(hg_host_conclusion *conclusion)
{
    enum { LEAST_PACKETS = 2 };
    conclusion->began_ns = INT64_MIN;
    for (uint32_t i = 0; i < conclusion->reading_count; i++)
        for (uint32_t j = 0; j < conclusion->reading_count; j++) {
            hg_name_relation *older = conclusion->readings + i;
            const hg_name_relation *newer = conclusion->readings + j;
            if (newer->packets < LEAST_PACKETS || !hg_is_decisive(conclusion, newer) ||
                !hg_names_exclude(older->name, newer->name) || !is_over(conclusion, older, newer))
                continue;
            older->is_earlier = 1;
            if (newer->seen->first_ns > conclusion->began_ns)
                conclusion->began_ns = newer->seen->first_ns;
        }
}

void hg_evidence_collect(const hg_hosts *hosts, const hg_host_entry *host, hg_host_conclusion *out)
{
    hg_name_relation of = {0};
    out->scope = hg_is_proven(host) ? HG_SCOPE_HANDSHAKE : HG_SCOPE_NONE;
    for (uint32_t index = host->sightings; index != 0; index = of.seen->next) {
        of.seen = hg_pool_at(&hosts->seen, index);
        of.name = hg_host_name_at(&hosts->names, of.seen->name);
        of.scope = of.seen->scope;
        if (of.seen->source == HG_SOURCE_SEGMENTS) {
            if (out->segments.seen == NULL || of.seen->last_ns >= out->segments.seen->last_ns)
                out->segments = of;
        } else if (of.name->kind == HG_NAME_SYSTEM)
            out->readings[out->reading_count++] = of;
        else if (is_program(&of))
            out->programs[out->program_count++] = of;
    }
    sort_readings(out);
    mark_earlier(out);
}

const hg_host_name *hg_evidence_identified(const hg_host_conclusion *conclusion)
{
    const hg_host_name *found = NULL;
    for (uint32_t i = 0; i < conclusion->program_count; i++) {
        const hg_name_relation *one = conclusion->programs + i;
        if (one->seen->source != HG_SOURCE_SSH_SERVER || one->seen->scope < HG_SCOPE_HANDSHAKE)
            continue;
        if (found != NULL && !hg_same_label(one->name, found))
            return NULL;
        found = one->name;
    }
    return found;
}

/* ---- families --------------------------------------------------------------------------------------- */

/* A family, and how much the readings support it. */
typedef struct vote {
    const hg_named_family *family;
    double weight;
} vote;

static uint32_t count_vote(const hg_host_name *name, vote *votes, uint32_t known)
{
    for (uint32_t i = 0; i < name->family_count; i++) {
        uint32_t at = 0;
        while (at < known && votes[at].family->identity != name->families[i].identity)
            at++;
        if (at == known)
            votes[known++] = (vote){name->families + i, 0.0};
        votes[at].weight += name->confidence;
    }
    return known;
}

int hg_reading_counts(const hg_host_conclusion *conclusion, const hg_name_relation *reading)
{
    return hg_is_decisive(conclusion, reading) && !reading->is_earlier &&
           (!conclusion->is_loopback || has_same_label(conclusion->readings[0].name, reading->name));
}

/* Each label counts once, with its confidence: many equal packets are one piece of evidence. */
static uint32_t count_votes(const hg_host_conclusion *conclusion, vote *votes)
{
    uint32_t known = 0;
    for (uint32_t i = 0; i < conclusion->reading_count; i++)
        if (conclusion->readings[i].is_first && hg_reading_counts(conclusion, conclusion->readings + i))
            known = count_vote(conclusion->readings[i].name, votes, known);
    return known;
}

void hg_evidence_choose_families(hg_host_conclusion *out)
{
    vote votes[HG_HOST_SIGHTINGS * HG_MAX_FAMILIES];
    const uint32_t count = count_votes(out, votes);
    double most = 0.0;
    for (uint32_t i = 0; i < count; i++)
        most = votes[i].weight > most ? votes[i].weight : most;
    for (uint32_t i = 0; i < count; i++) {
        if (votes[i].weight < most)
            continue;
        if (out->family_count == HG_MAX_FAMILIES) {
            out->family_count = 0;
            return;
        }
        out->families[out->family_count++] = (hg_conclusion_family){.of = *votes[i].family};
    }
}

int hg_names_versions(const hg_host_conclusion *conclusion)
{
    for (uint32_t i = 0; i < conclusion->family_count; i++)
        if (conclusion->families[i].version_count == 0)
            return 0;
    return conclusion->family_count > 0;
}
