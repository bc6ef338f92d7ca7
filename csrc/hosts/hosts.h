/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * hosts.h - hosts: the results of all readers, by address and tunnel.
 *
 *     rows of batches, in order ──▶ hosts (a hash table, in the order of appearance)
 *                                     └──▶ sightings, ports, clocks: from pools with their own bounds
 *
 * It is fed after the readers, so that the number of workers and the size of batches change nothing.
 */
#pragma once

#include <pthread.h>

#include "answers/cache.h"
#include "base/findings.h"
#include "base/pool.h"
#include "base/value.h"
#include "devices/verdict.h"
#include "filter/networks.h"
#include "flow/identity.h"
#include "flow/index.h"
#include "hg_columns.h"
#include "hg_support.h"
#include "hosts/names.h"
#include "hosts/scores.h"
#include "hosts/systems.h"
#include "packet/packet.h"

/* A name from a source; a host's sightings are in the order of appearance. */
typedef struct hg_sighting {
    uint32_t next;
    uint32_t name; /* its number */
    int64_t first_ns;
    int64_t last_ns;
    uint32_t packets;
    uint8_t source; /* hg_host_source */
    uint8_t scope;  /* hg_scope, the highest */
} hg_sighting;

typedef struct hg_host_port {
    uint32_t next;
    uint32_t count;
    uint32_t last_s; /* seconds since the epoch */
    uint16_t port;
    uint8_t role;
} hg_host_port;

/* What a reading of its clock shows. */
typedef struct hg_clock_shown {
    double hz;
    uint32_t minutes;
    uint32_t modulo_days;
    uint8_t doubt;
} hg_clock_shown;

typedef struct hg_host_clock {
    double rates[HG_HOST_RATES]; /* of reliable readings, the first ones */
    uint32_t rate_count;
    uint32_t points; /* readings */
    hg_clock_shown now; /* by the latest one */
    uint8_t doubted; /* the latest doubt that there was */
    uint8_t role;
    uint8_t is_odd; /* 1: a reading could not be of a clock that all connections share */
} hg_host_clock;

/* Facts about a handshake besides the name of its system. */
typedef struct hg_handshake_facts {
    hg_clock_shown clock;
    hg_syn_traits traits;
    uint32_t mtu;  /* 0: none */
    uint32_t link; /* the number of its name */
    int16_t distance;
    uint16_t port; /* that the client asks for, or its server answers from */
    uint8_t has_clock;
} hg_handshake_facts;

/* ---- its targets ---- */

/* An address and port that a host sent SYNs to, or an address that it asked all stations of the link for. */
typedef struct hg_target {
    uint64_t key;     /* 48 bits of the hashed address, 16 of the port; 0: none */
    int64_t first_ns; /* of its first SYN or request */
    uint32_t tries;   /* SYNs, without those sent again, or requests */
    uint8_t answered;
    uint8_t link;          /* version of the address that was asked for, by ARP or Neighbor Discovery; 0: of SYNs */
    uint8_t refused : 1;   /* by an RST, so that no answer is waited for */
    uint8_t completed : 1; /* the host completed a handshake with it, so it sent the SYN itself */
    uint8_t probed : 1;    /* and closed the connection without a byte */
} hg_target;

/* The targets of a host that has two or more. One that has no room to grow keeps a sample of them: every second one, every
 * fourth, and so on. The choice depends on the target alone, so that the numbers stay estimates of all. A set is one allocation, not records of base/pool.h: it is thinned, moved and
 * dropped as a whole, and all sets share one limit of places. */
typedef struct hg_targets {
    uint32_t owner; /* the host; 0: the record is not in use */
    uint32_t places;
    hg_target *at;  /* a hash table with at least half of the places free */
    uint32_t used;
    uint32_t open;  /* not answered */
    uint32_t fresh; /* new ones since the host was judged */
    uint32_t level; /* one target in 2^level is kept */
    uint32_t refused; /* so far */
    uint32_t credit; /* what later judgements may cost: so many targets, for each SYN some more */
    uint32_t is_due; /* 1: a connection was completed since the last of these */
} hg_targets;

/* ---- its announcements ---- */

enum {
    HG_DEVICE_CLAIMS = 16, /* of a host */
    HG_DEVICE_HOSTS = 8 /* with one MAC that are looked at; behind a router there are more */
};
_Static_assert(HG_DEVICE_CLAIMS * HG_DEVICE_HOSTS <= (int)HG_DEVICE_READINGS, "all claims find room");

/* What a host has that announces something. */
typedef struct hg_device {
    uint32_t chain; /* devices whose MACs have one hash */
    uint32_t host;
    uint32_t claims; /* the first one */
    uint8_t mac[HG_MAC_LENGTH]; /* by which it is known */
    uint8_t has_mac;
    uint8_t mac_scope; /* hg_scope of the packets that show it, the highest */
    uint8_t mac_votes; /* packets with it, up to a limit */
    uint8_t rival_votes; /* packets with the MAC that may replace it, less those with others */
    uint8_t rival[HG_MAC_LENGTH];
    uint8_t claim_count;
    uint8_t is_router;   /* it announced itself as one */
    uint8_t is_disputed; /* another MAC claimed the address, too */
} hg_device;

/* ---- the host ---- */

/* What hosts have that do more than to send a SYN: places in pools, and how they answer. */
typedef struct hg_host_extra {
    uint32_t clock;
    uint32_t systems;
    uint32_t scores;
    uint32_t syn_ack;     /* what the latest one showed */
    uint32_t answered;    /* the latest HTTP response */
    uint32_t targets;     /* that it sends SYNs to, where there are two or more */
    uint32_t answer_low;  /* of the first SYN+ACK, where its own system could have sent it */
    uint32_t answer_high;
    uint32_t device;
    uint32_t tunnel;      /* of a host in one */
    uint32_t own_scores;  /* of what was completed, in a proven host: these, */
    uint32_t own_shown[HG_ROLES]; /* the latest SYN and SYN+ACK, */
    hg_system_name own_system;    /* and the latest name */
    uint32_t services;    /* hg_host_service: names by which clients asked for it */
    uint32_t leases;      /* hg_host_lease: addresses of others that it names */
    uint32_t host_keys;   /* hg_ssh_key: the keys of its SSH servers */
    int16_t answer_distance;
    uint16_t reported;    /* findings that had their event, bits by HG_STORED_FINDING */
    uint32_t stated;      /* bits by hg_host_finding: see hg_hosts_state */
    uint8_t is_scanner;   /* 1: the row of a scan had HG_HANDSHAKE_COMPLETED */
    uint8_t weak_ssh;     /* 1: an SSH server offered only SHA-1 exchanges, or only CBC ciphers */
    uint8_t is_cut;       /* 1: with more names or ports than are kept */
} hg_host_extra;

typedef struct hg_middlebox hg_middlebox; /* hosts/verdict.h */
typedef struct hg_open_handshake hg_open_handshake; /* hosts/handshakes.c */
typedef struct hg_open_call hg_open_call; /* hosts/targets.c */
typedef struct hg_known_claim hg_known_claim; /* hosts/announcements.c */
typedef struct hg_open_question hg_open_question; /* hosts/services.c */

enum { HG_CHANGE_VALUE = 64 /* bytes of a value of a device that a row has */ };
typedef struct hg_watch hg_watch; /* hosts/watch.c */

/* A change or a finding, and the row that shows it. */
typedef struct hg_change_row {
    hg_change change;
    uint8_t *shared; /* values of shared columns, HG_SHARED_BYTES; NULL: the row's values */
    uint32_t row;    /* the row before it; UINT32_MAX: it comes first, and needs `shared` */
    uint8_t is_reported; /* in our own formats too */
    uint8_t event;
    uint8_t finding;
    uint8_t handshake; /* hg_finding_handshake */
    hg_devices_values news; /* about a device */
    uint16_t value_bytes;
    uint8_t values[HG_DEVICE_VALUES * (2 + HG_CHANGE_VALUE)]; /* records as in announced.h */
} hg_change_row;

/* What distinguishes hosts: an address, in the network of a tunnel. */
typedef struct hg_host_id {
    hg_address address;
    const hg_tunnel_id *tunnel; /* NULL: outside tunnels */
    uint8_t version;            /* 0: the address is a MAC */
} hg_host_id;

/* One host. What not every host has lies in the pools. */
typedef struct hg_host_entry {
    hg_address address;
    int64_t first_ns;
    int64_t last_ns;
    uint32_t syns;
    uint32_t syn_acks;
    uint32_t connections;
    uint32_t contradictions;
    uint32_t sightings; /* the first of each list, 0: none */
    uint32_t ports;
    uint32_t extra;
    uint32_t syn;         /* what the latest one showed */
    uint32_t system_name; /* the one named last, as hg_system_name has it */
    uint32_t link;        /* the number of its name, 0: none */
    uint32_t mtu;
    hg_index chain;
    hg_index touched; /* the next one of those that changed; itself: the last one; 0: it did not */
    int16_t distance;
    uint16_t system_stacks;
    uint16_t lowest_port;
    uint8_t version;
    uint8_t flags;     /* bits of hg_host_flag */
    uint8_t quality;   /* of the latest name of its system: 1 fuzzy, 2 generic, both */
    uint8_t dishonest; /* its latest HTTP message: 1 names another system than its SYN, 2 another program */
    uint8_t language;  /* hg_language_name */
    uint8_t near;      /* hops, of packets whose TTL is reliable; `near` above `far`: there was none */
    uint8_t far;
    uint8_t in_tunnel; /* which one, says hg_host_tunnel */
    uint16_t findings; /* bits by HG_STORED_FINDING */
    uint16_t client_versions; /* of TLS, as bits by hg_tls_place */
    uint16_t server_versions;
    hg_target target; /* the first one that it sent a SYN to */
} hg_host_entry;

/* What a host has shown, as bits. */
enum { HG_HOST_DISTANCE = 1, HG_HOST_ANSWERS = 2, HG_HOST_OLD_LINK = 4 /* `link` is of an MTU before `mtu` */,
       HG_HOST_POST_QUANTUM = 8 /* a ClientHello with such a key share */,
       HG_HOST_OWN_LINK = 16 /* `mtu` was seen from it as a client, whose MSS shows its link */,
       HG_HOST_SENT = 32 /* more than announcements; see hg_host_take */,
       HG_HOST_LEASED = 64 /* it has a lease of its address, and only packets without it were seen */,
       HG_HOST_PROVEN = 128 /* it completed a handshake; see handshakes.h */ };

_Static_assert(sizeof(hg_host_entry) == 128 && sizeof(hg_sighting) == 32 && sizeof(hg_syn_traits) == 28,
               "a million hosts of a SYN each are to fit into 256 MB");

enum { HG_MOST_ANNOUNCED_LOCAL = 16, HG_MOST_GATEWAYS = 8 };

/* Sources that name programs, as bits. */
enum { HG_CLIENT_PROGRAMS = 1 << HG_SOURCE_CLIENT_HELLO | 1 << HG_SOURCE_HTTP_CLIENT | 1 << HG_SOURCE_SSH_CLIENT,
       HG_SERVER_PROGRAMS = 1 << HG_SOURCE_SERVER_HEADER | 1 << HG_SOURCE_SSH_SERVER | 1 << HG_SOURCE_GREETING };

/* Sections of the database whose records have a name each. */
enum { HG_NUMBERED_LINKS, HG_NUMBERED_HELLOS, HG_NUMBERED_HTTPS, HG_NUMBERED_ANNOUNCEMENTS, HG_NUMBERED };

/* All pools, with what each holds, and how much of it where there are `most` hosts at most: `details` of lists, `watched`
 * of what takes several times the memory of everything else. */
#define HG_HOST_POOLS(POOL) \
    POOL(known, hg_host_entry, most) \
    POOL(seen, hg_sighting, details) \
    POOL(ports, hg_host_port, details) \
    POOL(extra, hg_host_extra, most + 1) \
    POOL(tunnels, hg_tunnel_id, most + 1) \
    POOL(clocks, hg_host_clock, most) \
    POOL(systems, hg_systems, watched) \
    POOL(scores, hg_scores, watched) \
    POOL(shown, hg_syn_traits, HG_ROLES * most) \
    POOL(answered, hg_response_traits, most) \
    POOL(targets, hg_targets, watched) \
    POOL(services, hg_host_service, details) \
    POOL(leases, hg_host_lease, most) \
    POOL(host_keys, hg_ssh_key, most) \
    POOL(devices, hg_device, most) \
    POOL(device_claims, hg_device_claim, details) \
    POOL(bindings, hg_binding, most)

struct hg_hosts {
#define HG_POOL(pool, type, limit) hg_pool pool;
    HG_HOST_POOLS(HG_POOL)
#undef HG_POOL
    pthread_mutex_t lock; /* held by hg_hosts_add, and by hg_hosts_answer, which another thread may call */
    hg_chains host_key_chains;
    uint32_t target_places; /* of all hosts */
    hg_index target_hand;   /* where the search for targets to be dropped continues */
    hg_chains binding_chains; /* of MACs */
    uint32_t binding_hand; /* where the search for one to be evicted continues */
    uint32_t zero_too;
    hg_chains mac_chains; /* of devices */
    hg_chains chains; /* of hosts */
    uint64_t hash_key;
    hg_index touched_first; /* of those that changed since they were asked for */
    hg_index touched_last;
    uint32_t count;
    uint32_t sent; /* hosts with HG_HOST_SENT */
    hg_index hand; /* where the search for a host to be forgotten continues */
    uint8_t forgets;
    uint16_t databases; /* that were in use before */
    uint8_t only_changes;
    uint8_t reports_findings; /* as rows */
    uint8_t shows_names;
    uint8_t local_is_stated; /* by the user */
    hg_networks local;
    hg_card_finder card_finder; /* or NULL */
    void *card_user;
    hg_network announced_local[HG_MOST_ANNOUNCED_LOCAL]; /* networks, by routers and leases */
    uint32_t announced_local_count;
    uint32_t gateway_count;
    hg_address gateways[HG_MOST_GATEWAYS]; /* of IPv4, by leases */
    uint32_t sources; /* that have a say, as bits */
    const hg_database *database;
    hg_names names;
    hg_answer_cache answers; /* their numbers are names */
    hg_known_claim *known_claims; /* of the latest texts of devices; NULL: none yet */
    uint32_t *numbers[HG_NUMBERED]; /* the names of the records of a section, 0: not met yet; NULL: none was */
    hg_open_handshake *open; /* the latest handshakes; NULL: none yet */
    hg_open_call *calls; /* the latest ones, where findings are reported; NULL: none yet */
    hg_open_question *questions; /* the latest ones; NULL: none yet */
    hg_middlebox *middleboxes; /* found by hg_hosts_conclude, rising */
    uint32_t middlebox_count;
    uint64_t left_out;
    uint64_t forgotten;
    uint64_t untracked;
    uint64_t last_left_out; /* number of the packet that was counted last */
    hg_change_row *change_rows; /* of the rows that were taken last, rising */
    uint32_t change_row_count;
    uint32_t change_row_room;
    uint64_t changes[HG_CHANGE_KINDS]; /* so far */
    uint64_t found;                    /* the same of findings */
    uint64_t news;                     /* the same of news about devices */
    uint64_t news_left_out;
    hg_watch *watch; /* NULL: news about devices are not wanted */
    hg_completed *completed; /* by the rows that were taken last */
    uint32_t completed_count;
    uint32_t completed_room;
    hg_index *row_hosts; /* of the batch that was taken last: the host of each row, 0: none */
    uint32_t row_room;
};

/* Whether there is no room for another host. */
static inline int hg_hosts_are_full(const hg_hosts *hosts)
{
    return hosts->known.used >= hosts->known.limit;
}

static inline hg_host_entry *hg_host_at(const hg_hosts *hosts, hg_index index)
{
    return hg_pool_at(&hosts->known, index);
}

static inline hg_host_extra *hg_host_extra_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    return hg_pool_at(&hosts->extra, host->extra);
}

/* Its further data, to be read; zeros where it has none. */
static inline const hg_host_extra *hg_host_read_extra(const hg_hosts *hosts, const hg_host_entry *host)
{
    static const hg_host_extra NONE;
    return host->extra == 0 ? &NONE : hg_host_extra_of(hosts, host);
}

/* Its clock; NULL: none. */
static inline const hg_host_clock *hg_host_clock_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    return hg_pool_get(&hosts->clocks, hg_host_read_extra(hosts, host)->clock);
}

/* The systems behind it, as far as they were counted. */
static inline hg_systems_count hg_host_systems_of(const hg_hosts *hosts, const hg_host_entry *host)
{
    const hg_systems *systems = hg_pool_get(&hosts->systems, hg_host_read_extra(hosts, host)->systems);
    return systems == NULL ? (hg_systems_count){0} : hg_systems_tell(systems);
}

static inline int hg_is_proven(const hg_host_entry *host)
{
    return (host->flags & HG_HOST_PROVEN) != 0;
}

/* What only some hosts have; NULL: there was no room for it. */
static inline hg_host_extra *hg_host_take_extra(hg_hosts *hosts, hg_host_entry *host)
{
    return hg_pool_keep(&hosts->extra, &host->extra);
}

/* The tunnel that the host is in; NULL: none. */
static inline const hg_tunnel_id *hg_host_tunnel(const hg_hosts *hosts, const hg_host_entry *host)
{
    return host->in_tunnel == 0 ? NULL : hg_pool_at(&hosts->tunnels, hg_host_extra_of(hosts, host)->tunnel);
}

/* The sighting of a host after one, the first after NULL; NULL: none. */
static inline hg_sighting *hg_next_sighting(const hg_hosts *hosts, const hg_host_entry *host, const hg_sighting *seen)
{
    return hg_pool_next(&hosts->seen, host->sightings, seen);
}

/* The same of its ports. */
static inline hg_host_port *hg_next_port(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_port *seen)
{
    return hg_pool_next(&hosts->ports, host->ports, seen);
}

/* Whether a source says what differs, of systems or of a browser and its User-Agent. */
static inline int hg_is_of_mismatch(uint8_t source)
{
    return source == HG_SOURCE_TLS_CONNECTION || source == HG_SOURCE_HTTP_CONNECTION || source == HG_SOURCE_CLIENT_CHECK;
}

/* Whole seconds since the epoch, within 32 bits. */
static inline uint32_t hg_seconds_of(int64_t time_ns)
{
    const int64_t seconds = time_ns < 0 ? 0 : time_ns / INT64_C(1000000000);
    return seconds > UINT32_MAX ? UINT32_MAX : (uint32_t)seconds;
}

/* Every machine has these addresses, so that their packets are of any number of systems. */
int hg_is_loopback(const hg_host_entry *host);
/* The host, or 0. */
hg_index hg_host_find(const hg_hosts *hosts, hg_host_id id);
/* Asks the cache for what rows a little after `row` need of the table. */
void hg_host_prefetch(const hg_hosts *hosts, const hg_columns *columns, uint32_t row, uint32_t rows);
/* The same, made if there is none; 0: there are too many. */
/* `is_weak`: only announcements show it, which one packet can forge. Such hosts make room for others, and others never do
 * for them. */
hg_index hg_host_take(hg_hosts *hosts, hg_host_id id, int64_t time_ns, int is_weak);
/* The host sent more than an announcement. */
void hg_host_note_sent(hg_hosts *hosts, hg_host_entry *host);
/* Gives a host outside tunnels another address, which none has yet. */
void hg_host_rename(hg_hosts *hosts, hg_index index, const hg_address *address, uint8_t version);
/* It changed. */
void hg_host_touch(hg_hosts *hosts, hg_index index);

/* Private, link-local and unique local addresses. 0: no memory. */
int hg_local_init(hg_hosts *hosts);
int hg_begins_with(const uint8_t *address, const hg_network *network);
/* Whether an address is in a local network. */
int hg_address_is_local(const hg_hosts *hosts, const uint8_t *address, uint8_t version);
/* Whether a host is in a local network, or its own MAC was seen on the link. Networks that the user stated decide alone. */
int hg_host_is_local(const hg_hosts *hosts, const hg_host_entry *host);

/* A station of the link announces a network. Larger ones than sites have are not believed. 0: there was no room. */
int hg_local_note(hg_hosts *hosts, const hg_network *network);

/* Counts a packet with a name, which a source gives; one of a lower scope makes room. 0: there was no room for it; 2: the
 * name is new. */
int hg_host_note_name(hg_hosts *hosts, hg_host_entry *host, const hg_sighting *packet);
/* The sighting of a name by a source; NULL: none. */
hg_sighting *hg_host_sighting(const hg_hosts *hosts, const hg_host_entry *host, uint8_t source, uint32_t name);
/* The same with what segments point to, where `packets` are the segments on which that rests at least. */
int hg_host_note_segments(hg_hosts *hosts, hg_host_entry *host, hg_row row, int64_t time_ns);
/* Whether the host has room for one more name that senders can make up: half of its names at most. */
int hg_host_may_invent(const hg_hosts *hosts, const hg_host_entry *host);
/* The same with a port. */
int hg_host_note_port(hg_hosts *hosts, hg_host_entry *host, uint8_t role, uint16_t port, int64_t time_ns);
/* Whether a name contradicts another one of its handshakes: of a proven host, of those that were completed. */
int hg_host_has_several(const hg_hosts *hosts, const hg_host_entry *host, uint32_t name);
enum { HG_NO_ROW = UINT32_MAX };
/* Notes that the row (or HG_NO_ROW) completes a finding about its host, once for each host. */
void hg_host_complete(hg_hosts *hosts, hg_index index, uint32_t row, hg_host_finding finding);
/* The same of all findings that are set, as bits. */
void hg_host_complete_all(hg_hosts *hosts, hg_index index, uint32_t row, uint32_t findings);
/* The systems behind it; NULL: there was no room for it. */
hg_systems *hg_host_take_systems(hg_hosts *hosts, hg_host_entry *host);
/* Compares a handshake or an HTTP message with the previous one. 0: there was no room for all changes. */
int hg_host_score_handshake(hg_hosts *hosts, hg_host_entry *host, const hg_batch *batch, hg_row row);
int hg_host_score_message(hg_hosts *hosts, hg_host_entry *host, const hg_batch *batch, hg_row row, int is_contradicted);
/* The same of a completed handshake. */
int hg_host_score_completed(hg_hosts *hosts, hg_host_entry *host, uint8_t role, const hg_handshake_facts *of,
                            int64_t time_ns);
/* What a SYN or SYN+ACK shows. */
hg_syn_traits hg_host_traits(const hg_hosts *hosts, hg_row row);
void hg_host_note_link(hg_host_entry *host, uint8_t role, uint32_t mtu, uint32_t link);
/* 0: there was no room for it. */
int hg_host_note_clock(hg_hosts *hosts, hg_index index, uint8_t role, const hg_clock_shown *of, uint32_t row);
/* Forgets ports, link and clock. */
void hg_host_forget_facts(hg_hosts *hosts, hg_host_entry *host);
/* Notes the change that a row shows; 0: out of memory. */
int hg_host_note_change(hg_hosts *hosts, uint32_t row, const hg_change *change, int is_reported);
/* Notes news about a device at a row of its announcements, for the caller to fill; NULL: out of memory. */
hg_change_row *hg_host_note_device(hg_hosts *hosts, uint32_t row, hg_device_change change);
/* When a finding is found: at a row of the host, or at a packet without one, after that row. */
typedef struct hg_finding_place {
    int64_t time_ns;
    uint32_t row;
    const uint8_t *shared; /* HG_SHARED_BYTES of the event; NULL: the row's values */
} hg_finding_place;

/* Notes the findings of a host that have had no event yet. 0: not all of them. */
int hg_host_note_findings(hg_hosts *hosts, hg_host_entry *host, const hg_finding_place *now);
/* Forgets the changes and findings of the batch before, and what it completed. */
void hg_hosts_begin_changes(hg_hosts *hosts);
/* Gives back what lies in the pools. */
void hg_host_release(hg_hosts *hosts, hg_host_entry *host);
