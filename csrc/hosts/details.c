/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * details.c - names, ports, links and findings of a host.
 */

#include "base/memory.h"
#include "hosts/change_rows.h"
#include "hosts/details.h"
#include "hosts/fact.h"

int hg_host_has_room_for_invented(const hg_hosts *hosts, const hg_host_entry *host)
{
    uint32_t invented = 0;
    for (const hg_sighting *known = NULL; (known = hg_next_sighting(hosts, host, known)) != NULL;)
        invented += (uint32_t)hg_is_invented(hg_host_name_at(&hosts->names, known->name));
    return invented < HG_HOST_SIGHTINGS / 2;
}

uint32_t hg_host_label(const hg_hosts *hosts, const hg_host_entry *host, uint8_t source, const hg_host_name *wanted,
                       uint32_t *count)
{
    *count = 0;
    for (const hg_sighting *known = NULL; (known = hg_next_sighting(hosts, host, known)) != NULL;
         *count += known->source == source)
        if (known->source == source && hg_same_label(hg_host_name_at(&hosts->names, known->name), wanted))
            return known->name;
    return 0;
}

hg_sighting *hg_host_sighting(const hg_hosts *hosts, const hg_host_entry *host, uint8_t source, uint32_t name)
{
    for (hg_sighting *known = NULL; (known = hg_next_sighting(hosts, host, known)) != NULL;)
        if (known->name == name && known->source == source)
            return known;
    return NULL;
}

/* A place for a new sighting, at the end of the list. If there is no room, the new sighting replaces the one with the
 * lowest scope (of several, the one with the fewest packets), if its own scope is higher. NULL: no place. */
static hg_sighting *room_for(hg_hosts *hosts, hg_host_entry *host, uint32_t name, uint8_t scope)
{
    uint32_t *at = &host->sightings, count = 0;
    hg_sighting *weakest = NULL;
    for (; *at != 0; count++) {
        hg_sighting *known = hg_pool_at(&hosts->seen, *at);
        if (weakest == NULL || known->scope < weakest->scope ||
            (known->scope == weakest->scope && known->packets < weakest->packets))
            weakest = known;
        at = &known->next;
    }
    const int is_invented = hg_is_invented(hg_host_name_at(&hosts->names, name));
    if (count == HG_HOST_SIGHTINGS || (!hosts->names.may_invent && is_invented))
        return weakest != NULL && weakest->scope < scope ? weakest : NULL;
    const uint32_t index = hg_pool_take(&hosts->seen);
    if (index == 0)
        return NULL;
    *at = index;
    return hg_pool_at(&hosts->seen, index);
}

int hg_host_note_name(hg_hosts *hosts, hg_host_entry *host, uint8_t source, uint32_t name, uint8_t scope,
                      int64_t time_ns)
{
    hg_sighting *known = hg_host_sighting(hosts, host, source, name);
    if (known == NULL) {
        known = room_for(hosts, host, name, scope);
        if (known != NULL)
            *known = (hg_sighting){.next = known->next,
                                   .name = name,
                                   .first_ns = time_ns,
                                   .last_ns = time_ns,
                                   .packets = 1,
                                   .source = source,
                                   .scope = scope};
        return known == NULL ? 0 : 2;
    }
    known->packets++;
    hg_widen(&known->first_ns, &known->last_ns, time_ns, time_ns);
    known->scope = scope > known->scope ? scope : known->scope;
    return 1;
}

int hg_host_note_port(hg_hosts *hosts, hg_host_entry *host, uint8_t role, uint16_t port, int64_t time_ns)
{
    uint32_t of_role = 0, number;
    hg_host_port *known = NULL;
    while ((known = hg_next_port(hosts, host, known)) != NULL) {
        of_role += known->role == role;
        if (known->role == role && known->port == port) {
            known->count++;
            known->last_s = hg_seconds_of(time_ns) > known->last_s ? hg_seconds_of(time_ns) : known->last_s;
            return 1;
        }
    }
    if (of_role >= HG_HOST_PORTS / 2)
        return role == HG_ROLE_CLIENT;
    known = hg_pool_append(&hosts->ports, &host->ports, HG_HOST_PORTS, &number);
    if (known != NULL)
        *known = (hg_host_port){.count = 1, .last_s = hg_seconds_of(time_ns), .port = port, .role = role};
    return known != NULL;
}

void hg_host_forget_port(hg_hosts *hosts, hg_host_entry *host, uint8_t role, uint16_t port)
{
    hg_host_port *known = NULL;
    for (uint32_t *at = &host->ports; (known = hg_pool_get(&hosts->ports, *at)) != NULL; at = &known->next) {
        if (known->role != role || known->port != port)
            continue;
        const uint32_t number = *at;
        if (--known->count == 0) {
            *at = known->next;
            hg_pool_give_back(&hosts->ports, number);
        }
        return;
    }
}

/* Whether this name may contradict others: it is an exact system name with a confidence of 0.9, or of
 * HG_LEAST_CONFIDENCE if its family is confirmed. By option order alone, 315 of 319 labelled hosts with confirmed
 * families were named correctly; the packets of the other four contradict their labels. */
static int may_contradict(const hg_host_name *name)
{
    static const double high = 0.9;
    return name->kind == HG_NAME_SYSTEM && (name->flags & HG_NAMED_FUZZY) == 0 &&
           name->confidence >= HG_LEAST_CONFIDENCE &&
           (name->confidence >= high || (name->flags & HG_NAMED_CONFIRMED) != 0);
}

/* Whether two names have different families or stacks. Another version is no contradiction: one system uses several
 * windows and scales. */
static int contradict(const hg_host_name *one, const hg_host_name *other)
{
    const hg_agreement agreement = hg_claims_agree(&one->claim, &other->claim);
    return agreement == HG_CONTRADICT_STACK || agreement == HG_CONTRADICT_FAMILY;
}

int hg_names_exclude(const hg_host_name *one, const hg_host_name *other)
{
    return may_contradict(one) && may_contradict(other) && contradict(one, other);
}

/* Whether a sighting was over before all sightings of a name began, or began after they were over. Packets may come in
 * any order. */
static int is_apart(const hg_hosts *hosts, const hg_host_entry *host, const hg_sighting *one, uint32_t number)
{
    int64_t first_ns = INT64_MAX, last_ns = INT64_MIN;
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(hosts, host, seen)) != NULL;)
        if (seen->name == number)
            hg_widen(&first_ns, &last_ns, seen->first_ns, seen->last_ns);
    return hg_name_is_over(one->last_ns, first_ns) || hg_name_is_over(last_ns, one->first_ns);
}

int hg_host_has_contradicting_name(const hg_hosts *hosts, const hg_host_entry *host, uint32_t number)
{
    const hg_host_name *name = hg_host_name_at(&hosts->names, number);
    if (!may_contradict(name))
        return 0;
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(hosts, host, seen)) != NULL;) {
        const hg_host_name *other = hg_host_name_at(&hosts->names, seen->name);
        if (seen->name == number || (hg_is_proven(host) && seen->scope != HG_SCOPE_HANDSHAKE))
            continue;
        if (hg_names_exclude(other, name) && !is_apart(hosts, host, seen, number))
            return 1;
    }
    return 0;
}

int hg_host_contradicts_all(const hg_hosts *hosts, const hg_host_entry *host, uint32_t number, uint8_t source)
{
    const hg_host_name *name = hg_host_name_at(&hosts->names, number);
    int found = 0;
    for (const hg_sighting *seen = NULL; (seen = hg_next_sighting(hosts, host, seen)) != NULL;) {
        const hg_host_name *other = hg_host_name_at(&hosts->names, seen->name);
        if (seen->source != source || other->kind != HG_NAME_SYSTEM)
            continue;
        if (!contradict(other, name))
            return 0;
        found |= may_contradict(other);
    }
    return found;
}

void hg_host_add_findings(hg_hosts *hosts, hg_index index, uint32_t row, uint64_t findings)
{
    hg_host_entry *host = hg_host_at(hosts, index);
    for (uint32_t i = 0; findings >> i != 0; i++) {
        if ((findings >> i & 1) == 0 || (host->findings & hg_stored_bit(i)) != 0)
            continue;
        host->findings |= hg_stored_bit(i);
        if (row != HG_NO_ROW && hg_make_room(&hosts->completed, &hosts->completed_room, hosts->completed_count + 1,
                                             sizeof *hosts->completed, 64))
            hosts->completed[hosts->completed_count++] = (hg_completed){row, index - 1, i};
    }
}

const hg_completed *hg_hosts_completed(const hg_hosts *hosts, uint32_t *count)
{
    *count = hosts->completed_count;
    return hosts->completed;
}

int hg_is_loopback(const hg_host_entry *host)
{
    static const uint8_t one[16] = {[15] = 1};
    const uint8_t *address = (const uint8_t *)host->address.word;
    return host->version == 4 ? address[0] == 127 : memcmp(address, one, sizeof one) == 0;
}

void hg_host_note_link(hg_host_entry *host, uint8_t role, uint32_t mtu, uint32_t link)
{
    if (role == HG_ROLE_CLIENT)
        host->flags |= HG_HOST_OWN_LINK;
    else if (host->mtu != mtu)
        host->flags &= (uint8_t)~HG_HOST_OWN_LINK;
    host->mtu = mtu;
    if (link != 0)
        host->link = link;
    host->flags = (uint8_t)((host->flags & ~HG_HOST_OLD_LINK) | (link == 0 ? HG_HOST_OLD_LINK : 0));
}

void hg_host_forget_ports(hg_hosts *hosts, hg_host_entry *host)
{
    hg_pool_give_back_list(&hosts->ports, host->ports);
    host->ports = host->mtu = host->link = 0;
    host->flags &= (uint8_t)~(HG_HOST_OLD_LINK | HG_HOST_OWN_LINK);
}

void *hg_fact_take(hg_hosts *hosts, hg_host_entry *host, hg_fact_id fact)
{
    return hg_host_take_extra(hosts, host) == NULL ? NULL : hg_fact_read(hosts, host, fact);
}

void *hg_fact_read(const hg_hosts *hosts, const hg_host_entry *host, hg_fact_id fact)
{
    return host->extra == 0 ? NULL : (uint8_t *)hg_host_extra_of(hosts, host) + hosts->fact_places[fact];
}

/* Returns the records of an evicted host. */
static void forget(hg_hosts *hosts, const hg_host_entry *host, hg_fact_id id)
{
    const hg_fact *fact = hg_facts[id];
    for (const hg_fact_pool *pool = fact->pools; pool != NULL && pool->bytes != 0; pool++) {
        const size_t place = pool->number == HG_IN_DATA ? hosts->fact_places[id] : pool->number;
        uint32_t number;
        memcpy(&number, (const uint8_t *)hg_host_extra_of(hosts, host) + place, sizeof number);
        if (pool->use == HG_ONE_RECORD)
            hg_pool_give_back(hg_fact_pool_in(hosts, pool), number);
        else if (pool->use == HG_RECORD_LIST)
            hg_pool_give_back_list(hg_fact_pool_in(hosts, pool), number);
    }
    if (fact->forget != NULL)
        fact->forget(hosts, host);
}

void hg_host_release(hg_hosts *hosts, hg_host_entry *host)
{
    for (uint32_t id = 0; host->extra != 0 && id < HG_FACTS; id++)
        forget(hosts, host, (hg_fact_id)id);
    hg_pool_give_back(&hosts->traits, host->syn);
    hg_pool_give_back_list(&hosts->seen, host->sightings);
    hg_pool_give_back_list(&hosts->ports, host->ports);
    hg_pool_give_back(&hosts->tunnels, hg_host_read_extra(hosts, host)->tunnel);
    hg_pool_give_back(&hosts->extra, host->extra);
}
