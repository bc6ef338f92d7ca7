/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * table.c - the hash table of hosts.
 */
#include <stdlib.h>

#include "base/error.h"
#include "base/prefetch.h"
#include "hosts/change_rows.h"
#include "hosts/fact.h"
#include "hosts/holders.h"

enum {
    LOOKED_AT = 16 /* hosts compared to evict one */,
    MOST_HOSTS = 1 << 30,
    ANSWERS = 4096 /* places of the cache */
};

/* One in WATCHED_PART hosts can have records of systems, scores and targets, which take several times the memory of the
 * rest of a host. */
enum { WATCHED_PART = 8, WATCHED_LEAST = 1024 };

/* ---- keys -------------------------------------------------------------------------------------- */

static uint32_t hash_of(const hg_hosts *hosts, hg_host_id id)
{
    uint64_t hash = hg_hash_address(hosts->hash_key, id.address, id.version);
    if (id.tunnel != NULL)
        hash = hg_hash_mix(hash, hg_hash_tunnel(hosts->hash_key, id.tunnel));
    return hg_hash_fold(hash);
}

static uint32_t hash_of_host(const void *hosts, const void *host)
{
    const hg_host_entry *entry = host;
    return hash_of(
        hosts,
        (hg_host_id){.address = entry->address, .tunnel = hg_host_tunnel(hosts, entry), .version = entry->version});
}

/* ---- life -------------------------------------------------------------------------------------- */

static hg_chains *chains_of(hg_hosts *hosts, const hg_fact_pool *pool)
{
    return (hg_chains *)(void *)((uint8_t *)hosts + pool->chains);
}

/* Makes the pools of a fact, and gives it a place in further data of hosts. */
static int init_fact(hg_hosts *hosts, hg_fact_id id, const uint32_t limits[])
{
    const hg_fact *fact = hg_facts[id];
    hosts->fact_places[id] = (uint16_t)hosts->extra_bytes;
    hosts->extra_bytes += (fact->bytes + 7) & ~7U;
    for (uint32_t event = 0; event < HG_HOST_EVENT_KINDS; event++)
        hosts->takers[event] |= (fact->events >> event & 1) << id;
    for (const hg_fact_pool *pool = fact->pools; pool != NULL && pool->bytes != 0; pool++)
        if (!hg_pool_init(hg_fact_pool_in(hosts, pool), pool->bytes, limits[pool->limit]) ||
            (pool->chains != 0 && !hg_chains_init(chains_of(hosts, pool), hg_fact_pool_in(hosts, pool), pool->link,
                                                  pool->grows, pool->hash, hosts)))
            return 0;
    return fact->init == NULL || fact->init(hosts);
}

static int init_pools(hg_hosts *hosts, uint32_t most)
{
    const uint32_t watched = most / WATCHED_PART + WATCHED_LEAST;
    const uint32_t details =
        most <= MOST_HOSTS / HG_HOST_DETAILS ? HG_HOST_DETAILS * most + HG_HOST_SIGHTINGS : MOST_HOSTS;
    const uint32_t limits[] = {
        [HG_AS_HOSTS] = most, [HG_AS_ROLES] = HG_ROLES * most, [HG_AS_DETAILS] = details, [HG_AS_WATCHED] = watched};
    hosts->extra_bytes = (sizeof(hg_host_extra) + 7) & ~7U;
    for (uint32_t id = 0; id < HG_FACTS; id++)
        if (!init_fact(hosts, (hg_fact_id)id, limits))
            return 0;
#define INIT_POOL(pool, type, limit) hg_pool_init(&hosts->pool, sizeof(type), (limit)) &&
    return HG_HOST_POOLS(INIT_POOL) hg_pool_init(&hosts->extra, hosts->extra_bytes, most + 1) &&
           hg_names_init(&hosts->names, hosts->hash_key) && hg_host_init_senders(hosts) &&
           hg_chains_init(&hosts->chains, &hosts->known, offsetof(hg_host_entry, next_in_chain), 1, hash_of_host,
                          hosts);
}

hg_status hg_hosts_new(uint32_t max_hosts, int forgets, uint64_t hash_key, hg_hosts **out, hg_error *error)
{
    *out = NULL;
    if (max_hosts == 0)
        return hg_fail(error, HG_E_ARGUMENT, "max_hosts must be at least 1");
    hg_hosts *hosts = calloc(1, sizeof *hosts);
    if (hosts == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for an inventory of hosts");
    pthread_mutex_init(&hosts->lock, NULL);
    hosts->hash_key = hash_key;
    hosts->forgets = forgets != 0;
    hosts->options.sources = UINT32_MAX;
    hosts->answers.places = ANSWERS;
    hosts->judge_due_ns = INT64_MAX;
    if (!init_pools(hosts, max_hosts < MOST_HOSTS ? max_hosts : MOST_HOSTS)) {
        hg_hosts_free(hosts);
        return hg_fail(error, HG_E_MEMORY, "no memory for an inventory of %u hosts", max_hosts);
    }
    *out = hosts;
    return HG_OK;
}

hg_hosts_options *hg_hosts_options_of(hg_hosts *hosts)
{
    return &hosts->options;
}

void hg_hosts_use(hg_hosts *hosts, const hg_database *database)
{
    hosts->database = database;
    hosts->database_number++;
    hg_answer_cache_use(&hosts->answers, database);
    hg_hosts_tell(&(hg_host_event){.hosts = hosts, .event = HG_ON_DATABASE});
    free(hosts->labels);
    hosts->labels = NULL;
}

static void free_fact(hg_hosts *hosts, const hg_fact *fact)
{
    void *memory = NULL;
    if (fact->free != NULL)
        fact->free(hosts);
    if (fact->memory != 0)
        memcpy(&memory, (const uint8_t *)hosts + fact->memory, sizeof memory);
    free(memory);
    for (const hg_fact_pool *pool = fact->pools; pool != NULL && pool->bytes != 0; pool++) {
        if (pool->chains != 0)
            free(chains_of(hosts, pool)->heads);
        hg_pool_clear(hg_fact_pool_in(hosts, pool));
    }
}

void hg_hosts_free(hg_hosts *hosts)
{
    if (hosts == NULL)
        return;
    for (const hg_fact *const *fact = hg_facts; *fact != NULL; fact++)
        free_fact(hosts, *fact);
    hg_pool_clear(&hosts->extra);
#define CLEAR_POOL(pool, type, limit) hg_pool_clear(&hosts->pool);
    HG_HOST_POOLS(CLEAR_POOL)
    hg_names_clear(&hosts->names);
    hg_answer_cache_use(&hosts->answers, NULL);
    free(hosts->labels);
    free(hosts->chains.heads);
    free(hosts->frame_mac_chains.heads);
    hg_hosts_begin_changes(hosts);
    free(hosts->change_rows);
    free(hosts->completed);
    free(hosts->row_hosts);
    free(hosts->doubts);
    pthread_mutex_destroy(&hosts->lock);
    free(hosts);
}

uint32_t hg_hosts_count(const hg_hosts *hosts)
{
    return hosts->known.used;
}

uint64_t hg_hosts_left_out(const hg_hosts *hosts)
{
    return hosts->left_out;
}

uint64_t hg_hosts_forgotten(const hg_hosts *hosts)
{
    return hosts->forgotten;
}

uint64_t hg_hosts_untracked(const hg_hosts *hosts)
{
    return hosts->untracked;
}

/* ---- the table --------------------------------------------------------------------------------- */

static int is_in(const hg_hosts *hosts, const hg_host_entry *host, const hg_tunnel_id *tunnel)
{
    const hg_tunnel_id *own = hg_host_tunnel(hosts, host);
    return own == NULL || tunnel == NULL ? own == tunnel : memcmp(own, tunnel, sizeof *own) == 0;
}

hg_index hg_host_find(const hg_hosts *hosts, hg_host_id id)
{
    hg_index index = hg_chains_first(&hosts->chains, hash_of(hosts, id));
    while (index != 0) {
        const hg_host_entry *host = hg_host_at(hosts, index);
        if (host->version == id.version && hg_same_address(host->address, id.address) && is_in(hosts, host, id.tunnel))
            return index;
        index = host->next_in_chain;
    }
    return 0;
}

hg_index hg_host_find_any(const hg_hosts *hosts, hg_host_id id)
{
    hg_index index = hg_host_find(hosts, id);
    for (uint32_t i = 0; id.tunnel == NULL && index == 0 && i < HG_KNOWN_SEGMENTS && hosts->segments[i] != 0; i++) {
        const hg_tunnel_id segment = hg_segment_id(hosts->segments[i]);
        index = hg_host_find(hosts, (hg_host_id){id.address, &segment, id.version});
    }
    return index;
}

static void note_segment(hg_hosts *hosts, const hg_tunnel_id *tunnel)
{
    uint32_t i = 0;
    while (i < HG_KNOWN_SEGMENTS && hosts->segments[i] != 0 && hosts->segments[i] != tunnel->inner)
        i++;
    if (i < HG_KNOWN_SEGMENTS && tunnel->kind == HG_TUNNEL_NONE)
        hosts->segments[i] = tunnel->inner;
}

/* Prefetches the head of a host's chain; with `is_near`, when the head is already there, the first record. */
static void prefetch(const hg_hosts *hosts, hg_host_id id, int is_near)
{
    const hg_chains *chains = &hosts->chains;
    const uint32_t hash = hash_of(hosts, id);
    const hg_index first = is_near ? hg_chains_first(chains, hash) : 0;
    if (first != 0) {
        hg_prefetch_line(&hg_host_at(hosts, first)->address);
        hg_prefetch_line(&hg_host_at(hosts, first)->version);
    } else if (!is_near) {
        hg_prefetch_line(chains->heads + (hash & chains->mask));
    }
}

void hg_host_prefetch(const hg_hosts *hosts, const hg_columns *columns, uint32_t row, uint32_t rows)
{
    enum { NEAR = 8, FAR = 16 };
    for (uint32_t ahead = NEAR; ahead <= FAR && row + ahead < rows; ahead += FAR - NEAR) {
        const hg_host_id id = {hg_address_of(columns->src_ip[row + ahead]), NULL, columns->ip_version[row + ahead]};
        prefetch(hosts, id, ahead == NEAR);
    }
}

static int has_sent(const hg_hosts *hosts, hg_index index)
{
    return (hg_host_at(hosts, index)->flags & HG_HOST_SENT) != 0;
}

static void move_cursor(hg_hosts *hosts)
{
    hosts->eviction_cursor = hosts->eviction_cursor < hosts->known.used ? hosts->eviction_cursor + 1 : 1;
}

/* The least recently seen host among the next few; with `is_weak`, among the ones that sent only announcements. 0:
 * none. The cursor passes all hosts in turn, so a host that is seen again and again stays. */
static hg_index find_oldest(hg_hosts *hosts, int is_weak)
{
    hg_index oldest = 0;
    for (uint32_t i = 0; i < LOOKED_AT; i++) {
        move_cursor(hosts);
        if (is_weak && has_sent(hosts, hosts->eviction_cursor))
            continue;
        if (oldest == 0 || hg_host_at(hosts, hosts->eviction_cursor)->last_ns < hg_host_at(hosts, oldest)->last_ns)
            oldest = hosts->eviction_cursor;
    }
    return oldest;
}

/* Evicts a host and returns its place; 0: none may be evicted. It is `least`, if that is not 0; else hosts that only
 * announced something go first. In a full table their number only falls, so one round of the cursor finds all of them.
 */
static hg_index forget_one(hg_hosts *hosts, int is_weak, hg_index least)
{
    hg_index found = least;
    if (found != 0) {
        /* chosen by the caller */
    } else if (!is_weak && hosts->sent < hosts->known.used) {
        do
            move_cursor(hosts);
        while (has_sent(hosts, hosts->eviction_cursor));
        found = hosts->eviction_cursor;
    } else if (hosts->forgets && hosts->known.used > 0) {
        found = find_oldest(hosts, is_weak);
    }
    if (found == 0)
        return 0;
    hg_chains_leave(&hosts->chains, found);
    hosts->sent -= (uint32_t)has_sent(hosts, found);
    hg_host_forget_sender(hosts, found);
    hg_host_release(hosts, hg_host_at(hosts, found));
    hosts->forgotten++;
    return found;
}

/* A place for a new host; 0: none. If a host was evicted for it, `touched` is its link in the list of changed hosts. */
static hg_index take_place(hg_hosts *hosts, int is_weak, hg_index least, hg_index *touched)
{
    hg_index index = least != 0 ? 0 : hg_pool_take(&hosts->known);
    if (index == 0) {
        index = forget_one(hosts, is_weak, least);
        *touched = index == 0 ? 0 : hg_host_at(hosts, index)->touched;
    }
    return index;
}

/* The further data of a host in a tunnel; 0: no memory. Both pools hold one record more than hosts, so that it can be
 * created before another host is evicted. */
static uint32_t take_tunnel(hg_hosts *hosts, const hg_tunnel_id *id)
{
    const uint32_t extra = hg_pool_take(&hosts->extra), tunnel = extra == 0 ? 0 : hg_pool_take(&hosts->tunnels);
    if (tunnel == 0) {
        hg_pool_give_back(&hosts->extra, extra);
        return 0;
    }
    *(hg_tunnel_id *)hg_pool_at(&hosts->tunnels, tunnel) = *id;
    ((hg_host_extra *)hg_pool_at(&hosts->extra, extra))->tunnel = tunnel;
    return extra;
}

hg_index hg_host_take(hg_hosts *hosts, hg_host_id id, int64_t time_ns, int is_weak)
{
    const hg_index index = hg_host_find(hosts, id);
    return index != 0 ? index : hg_host_begin(hosts, id, time_ns, is_weak, 0);
}

hg_index hg_host_earlier(const hg_hosts *hosts, hg_index index)
{
    const hg_host_entry *host = hg_host_at(hosts, index);
    if (!host->has_others)
        return 0;
    for (index = host->next_in_chain; index != 0; index = hg_host_at(hosts, index)->next_in_chain) {
        const hg_host_entry *other = hg_host_at(hosts, index);
        if (other->version == host->version && hg_same_address(other->address, host->address) &&
            is_in(hosts, other, hg_host_tunnel(hosts, host)))
            return index;
    }
    return 0;
}

void hg_host_make_current(hg_hosts *hosts, hg_index index)
{
    hg_chains_leave(&hosts->chains, index);
    hg_chains_enter(&hosts->chains, index);
}

hg_index hg_host_begin(hg_hosts *hosts, hg_host_id id, int64_t time_ns, int is_weak, hg_index least)
{
    hg_index index, touched = 0;
    hg_host_entry made = {.address = id.address,
                          .version = id.version,
                          .first_ns = time_ns,
                          .last_ns = time_ns,
                          .lowest_port = UINT16_MAX,
                          .near = UINT8_MAX};
    if (id.tunnel != NULL) {
        note_segment(hosts, id.tunnel);
        made.in_tunnel = 1;
        made.extra = take_tunnel(hosts, id.tunnel);
        if (made.extra == 0)
            return 0;
    }
    index = take_place(hosts, is_weak, least, &touched);
    if (index == 0) {
        hg_host_release(hosts, &made);
        return 0;
    }
    made.touched = touched;
    *(hg_host_entry *)hg_host_at(hosts, index) = made;
    hg_chains_enter(&hosts->chains, index);
    return index;
}

void hg_host_note_sent(hg_hosts *hosts, hg_host_entry *host)
{
    hosts->sent += (host->flags & HG_HOST_SENT) == 0;
    host->flags = (uint8_t)((host->flags & ~HG_HOST_LEASED) | HG_HOST_SENT);
}

void hg_host_rename(hg_hosts *hosts, hg_index index, const hg_address *address, uint8_t version)
{
    hg_host_entry *host = hg_host_at(hosts, index);
    hg_chains_leave(&hosts->chains, index);
    host->address = *address;
    host->version = version;
    hg_chains_enter(&hosts->chains, index);
}

hg_status hg_hosts_state(hg_hosts *hosts, const uint8_t address[16], uint8_t version, const uint8_t *tunnel,
                         uint64_t findings, int64_t first_ns, int64_t last_ns, hg_error *error)
{
    hg_tunnel_id in = {0};
    const hg_host_id id = {hg_address_of(address), tunnel == NULL ? NULL : &in, version};
    if (tunnel != NULL)
        memcpy(&in, tunnel, sizeof in);
    const hg_index index = findings >> HG_HOST_FINDINGS == 0 ? hg_host_take(hosts, id, first_ns, 0) : 0;
    if (index == 0)
        return hg_fail(error, HG_E_ARGUMENT, "findings %llx are unknown, or there is no room beside %u hosts",
                       (unsigned long long)findings, hosts->known.used);
    hg_host_entry *host = hg_host_at(hosts, index);
    hg_host_extra *extra = hg_host_take_extra(hosts, host);
    if (extra == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for the findings of a host");
    extra->stated |= findings;
    hg_widen(&host->first_ns, &host->last_ns, first_ns, last_ns);
    hg_host_note_sent(hosts, host);
    return HG_OK;
}

uint8_t hg_hosts_address(const hg_hosts *hosts, uint32_t place, uint8_t address[16])
{
    if (place >= hosts->known.used)
        return 0;
    const hg_host_entry *host = hg_host_at(hosts, place + 1);
    memcpy(address, host->address.word, sizeof host->address.word);
    return host->version;
}

/* ---- changed hosts ------------------------------------------------------------------------------ */

void hg_host_touch(hg_hosts *hosts, hg_index index)
{
    hg_host_entry *host = hg_host_at(hosts, index);
    if (host->touched != 0)
        return;
    host->touched = index; /* marks the last of the list */
    if (hosts->touched_last != 0)
        hg_host_at(hosts, hosts->touched_last)->touched = index;
    else
        hosts->touched_first = index;
    hosts->touched_last = index;
}

static uint32_t next_changed(hg_hosts *hosts)
{
    hg_index index = hosts->touched_first;
    if (index == 0)
        return HG_NO_HOST;
    hg_host_entry *host = hg_host_at(hosts, index);
    hosts->touched_first = host->touched == index ? 0 : host->touched;
    if (hosts->touched_first == 0)
        hosts->touched_last = 0;
    host->touched = 0;
    return index - 1;
}

uint32_t hg_hosts_changed(hg_hosts *hosts)
{
    pthread_mutex_lock(&hosts->lock);
    const uint32_t place = next_changed(hosts);
    pthread_mutex_unlock(&hosts->lock);
    return place;
}
