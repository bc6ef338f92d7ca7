/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * answered_names.c - hosts that answer questions of others for names that they do not have, to be sent their logins.
 *
 * A system answers LLMNR (RFC 4795, 4.1) and NetBIOS for its own name only, and has one, or two when it is renamed. By
 * mDNS it may have many, which it announces (RFC 6762, 8.3): there, names count that it has only when others ask. The
 * name wpad is asked for by systems that look for a proxy, and no system is called so. */
#include "hosts/fact.h"

enum { LEAST_NAMES = 3, OWN_NAMES = 8, NETBIOS_NAME = 15 /* bytes; longer names are cut there */ };
#define WPAD "WPAD"
#define SPAN_NS (3600 * UINT64_C(1000000000))

typedef struct answered_names {
    int64_t begin_ns; /* since then they are counted */
    uint64_t names[LEAST_NAMES]; /* hashes; 0: none */
    uint32_t announced[OWN_NAMES]; /* hashes of names that it announced by mDNS; more: it may have any */
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
    if (own->names[0] == 0 || time_ns < own->begin_ns || hg_elapsed_ns(own->begin_ns, time_ns) > SPAN_NS) {
        memset(own->names, 0, sizeof own->names);
        own->begin_ns = time_ns;
    }
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

/* Whether the host announced the name by mDNS, or so many that they are not all known. */
static int has_name(const answered_names *own, uint64_t hash)
{
    uint32_t i = 0;
    while (i < OWN_NAMES && own->announced[i] != 0 && own->announced[i] != (uint32_t)hash)
        i++;
    return i == OWN_NAMES || own->announced[i] != 0;
}

/* Whether the row answers a question for a name in mDNS. */
static int answers(const hg_host_event *row, uint64_t hash)
{
    hg_announcement_text text;
    uint32_t at = 0;
    while (hg_announced_next(&row->announcement, &at, &text))
        if (text.kind == HG_ANSWERED_NAME && hash_of(&text) == hash)
            return 1;
    return 0;
}

static void take_name(hg_host_event *row, const hg_announcement_text *name, int is_mdns)
{
    const int is_wpad = name->length == strlen(WPAD) && hg_begins_like(name->text, name->length, WPAD);
    answered_names *own = hg_fact_take(row->hosts, row->host, HG_FACT_answered_names);
    const uint64_t hash = hash_of(name);
    const int may_have = is_mdns && !is_wpad;
    if (own == NULL || (may_have && has_name(own, hash)))
        return;
    if (may_have && !answers(row, hash)) {
        uint32_t i = 0;
        while (i < OWN_NAMES - 1 && own->announced[i] != 0)
            i++;
        own->announced[i] = (uint32_t)hash;
    } else if (note(own, hash, hg_row_time(row)) || is_wpad)
        hg_host_add_findings(row->hosts, row->index, row->of.index, UINT64_C(1) << HG_FINDING_FOREIGN_NAMES);
}

static void take(hg_host_event *row)
{
    hg_announcement_text text;
    uint32_t at = 0;
    const int is_mdns = row->event == HG_EVENT_MDNS; /* whose rows are all of answers */
    if ((!is_mdns && !row->batch->columns.from_server[row->of.index]) || !row->is_of_sender)
        return;
    while (hg_announced_next(&row->announcement, &at, &text))
        if (text.kind == HG_SAYS_NAME)
            take_name(row, &text, is_mdns);
}

const hg_fact hg_fact_answered_names = {
    .bytes = sizeof(answered_names),
    .events = UINT64_C(1) << HG_EVENT_DNS | UINT64_C(1) << HG_EVENT_NETBIOS | UINT64_C(1) << HG_EVENT_MDNS,
    .on = take,
};
