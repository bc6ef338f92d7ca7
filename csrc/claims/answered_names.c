/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answered_names.c - hosts that answer questions of others for names that they do not have, to be sent their logins.
 *
 * A system answers LLMNR (RFC 4795, 4.1) and NetBIOS for its own name only, and has one, or two when it is renamed. By
 * mDNS it may have many. The name wpad is asked for by systems that look for a proxy, and no system is called so. */
#include "hosts/fact.h"

enum { LEAST_NAMES = 3, NETBIOS_NAME = 15 /* bytes; longer names are cut there */ };
#define WPAD "WPAD"
#define SPAN_NS (3600 * UINT64_C(1000000000))

typedef struct answered_names {
    int64_t begin_ns; /* since then they are counted */
    uint64_t names[LEAST_NAMES]; /* hashes; 0: none */
} answered_names;

static uint64_t hash_of(const hg_announcement_text *name)
{
    uint64_t hash = HG_HASH_MULTIPLIER;
    for (uint32_t i = 0; i < name->length && i < NETBIOS_NAME; i++)
        hash = hg_hash_mix(hash, (uint64_t)hg_lower((char)name->text[i]));
    return hash | 1;
}

/* Notes a name. 1: it is the last one of LEAST_NAMES, or one more. */
static int note(answered_names *own, uint64_t hash, int64_t time_ns)
{
    if (own->names[0] == 0 || time_ns < own->begin_ns || hg_elapsed_ns(own->begin_ns, time_ns) > SPAN_NS)
        *own = (answered_names){.begin_ns = time_ns};
    for (uint32_t i = 0; i < LEAST_NAMES; i++) {
        if (own->names[i] == hash)
            return own->names[LEAST_NAMES - 1] != 0;
        if (own->names[i] != 0)
            continue;
        own->names[i] = hash;
        return i + 1 == LEAST_NAMES;
    }
    return 1;
}

static void take(hg_host_row *row)
{
    hg_announcement_text text;
    uint32_t at = 0;
    const int is_mdns = row->event == HG_EVENT_MDNS; /* whose rows are all of answers */
    if ((!is_mdns && !row->batch->columns.from_server[row->of.index]) || !row->is_of_sender)
        return;
    while (hg_announced_next(&row->announcement, &at, &text)) {
        if (text.kind != HG_SAYS_NAME)
            continue;
        const int is_wpad = text.length == strlen(WPAD) && hg_begins_like(text.text, text.length, WPAD);
        if (!is_wpad && is_mdns)
            continue;
        answered_names *own = hg_fact_take(row->hosts, row->host, HG_FACT_answered_names);
        if (own != NULL && (note(own, hash_of(&text), hg_row_time(row)) || is_wpad))
            hg_host_add_findings(row->hosts, row->index, row->of.index, UINT64_C(1) << HG_FINDING_FOREIGN_NAMES);
    }
}

const hg_fact hg_fact_answered_names = {
    .bytes = sizeof(answered_names),
    .events = UINT64_C(1) << HG_EVENT_DNS | UINT64_C(1) << HG_EVENT_NETBIOS | UINT64_C(1) << HG_EVENT_MDNS,
    .take = take,
};
