/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * huginn.h - the one public header of the C core.
 *
 *     source ──frames──▶ engine ──rows──▶ batch ──text──▶ render
 *                          ▲
 *                       database
 *
 * The core knows nothing of Python. What stands between the cdef marks is also the
 * declaration that cffi reads, so it holds plain declarations and nothing else.
 *
 * Conventions
 *   - Functions that can fail return hg_status: HG_OK (0) or a negative code, and fill
 *     the hg_error they were given (or NULL). Any of them may return HG_E_MEMORY; `*out`
 *     is NULL then, as after every other failure.
 *   - Handles are made by hg_X_new/open, belong to the caller and are ended by hg_X_free
 *     (NULL is harmless). A handle may be used by one thread at a time; databases and
 *     filters never change once made, so any number of threads may use one.
 *   - What is borrowed must stay, unchanged, until the handle is freed. Pointers that are
 *     returned belong to the handle they were asked of, names of numbers to nobody: they
 *     are static ASCII strings.
 *   - Times are ns since the epoch, UTC. Addresses are 16 bytes in network order; IPv4
 *     takes the first four, the rest is zero. Ports and numbers are in host order.
 */
#ifndef HUGINN_H
#define HUGINN_H

#include <stddef.h>
#include <stdint.h>

/* cdef:begin */

typedef enum hg_status {
    HG_OK = 0,            /* done, and there may be more */
    HG_END = 1,           /* done, and the input is at its end */
    HG_E_MEMORY = -1,     /* an allocation failed */
    HG_E_IO = -2,         /* reading failed; error.system holds errno */
    HG_E_FORMAT = -3,     /* not a capture, or a damaged one */
    HG_E_TRUNCATED = -4,  /* the input ends inside a record */
    HG_E_DATABASE = -5,   /* a signature database was refused */
    HG_E_ARGUMENT = -6,   /* a value outside its documented range */
    HG_E_UNSUPPORTED = -7 /* well-formed, but of a kind that is not read */
} hg_status;

/* What went wrong and where. `record` counts from 1 (0: no record concerned); `offset`
 * is in bytes from the start of the input. `message` is one line of plain ASCII. */
typedef struct hg_error {
    int32_t status;
    int32_t system;
    uint64_t record;
    uint64_t offset;
    char message[240];
} hg_error;

/* ---- signature database ---------------------------------------------------------- */

typedef struct hg_database hg_database;

/* The database that was compiled in. Static, never freed. */
const hg_database *hg_database_default(void);

/* Opens a binary database in memory. The bytes are borrowed and start at a multiple of 8,
 * else HG_E_ARGUMENT. Every reference in them is checked here, once, so that later walks
 * need no checks: HG_E_DATABASE when they are damaged, cut, or of another format;
 * HG_E_UNSUPPORTED on a machine that is not little-endian. */
hg_status hg_database_open(const uint8_t *bytes, size_t length, hg_database **out, hg_error *error);
void hg_database_free(hg_database *database);

/* The section called `name` (sigcompiler/table/layout.py draws them): its first record, the number
 * of records and the bytes of one. NULL when there is no such section. */
const void *hg_database_section(const hg_database *database, const char *name, uint32_t *count,
                                uint32_t *stride);
/* 32 bytes: SHA-256 of the text that was compiled. */
const uint8_t *hg_database_source_hash(const hg_database *database);
/* The key under which its hash tables were laid out. */
uint64_t hg_database_hash_key(const hg_database *database);

/* ---- one packet's fingerprint ---------------------------------------------------- */

#define HG_MAX_OPTIONS 24
#define HG_NO_SIGNATURE 0xFFFFFFFF

/* What a SYN or SYN+ACK shows: the fields of a signature. */
typedef struct hg_observation {
    uint32_t quirks;          /* bits of hg_quirk */
    uint32_t ts1;             /* own timestamp, 0 without the option */
    uint16_t mss;             /* 0 without the option */
    uint16_t window;          /* as sent, never scaled */
    uint16_t window_multiple; /* N of mss*N or mtu*N; 0 when window_kind is literal */
    uint16_t header_bytes;    /* IP and TCP headers with all options */
    uint8_t window_kind;      /* literal, mss or mtu (hg_window_kind) */
    uint8_t wscale;           /* 0 without the option */
    uint8_t version;          /* 4 or 6 */
    uint8_t response;         /* 0 SYN, 1 SYN+ACK */
    uint8_t ttl;              /* as received */
    uint8_t olen;             /* bytes of IPv4 options */
    uint8_t payload;          /* 1 when the packet carries data */
    uint8_t dscp;             /* upper six bits of TOS or traffic class */
    /* The option layout; these four are what the column olayout holds. */
    uint8_t options[HG_MAX_OPTIONS];
    uint8_t option_count;
    uint8_t eol_pad; /* bytes after an EOL */
    uint8_t zero[6];
} hg_observation;

/* How an observation was named. */
typedef struct hg_match {
    uint32_t signature; /* index in file order over both directions, or HG_NO_SIGNATURE */
    uint8_t fuzzy;      /* 1 when soft quirks or the TTL differ */
} hg_match;

/* Names an observation: first exact specific signature, else first exact generic one,
 * else first fuzzy one, each in file order. Cost does not grow with the database.
 * Places of `options` after option_count must be 0. */
hg_match hg_database_match(const hg_database *database, const hg_observation *observation);

/* All signatures that fit as `hg_database_match` would accept them, in its order, at
 * most `capacity`; returns how many fit. A plain walk: the reference for the above. */
uint32_t hg_database_match_all(const hg_database *database, const hg_observation *observation,
                               hg_match *out, uint32_t capacity);

/* ---- results --------------------------------------------------------------------- */

/* Who tells events. Each has columns of its own. */
typedef enum hg_reader_id {
    HG_READER_TCP = 0,
    HG_READERS = 1
} hg_reader_id;

/* One row an event, in order of capture; events of one packet stand together, in the
 * order below. Columns that an event has no value for are zero (signature and link:
 * HG_NO_SIGNATURE). `source` sent the packet, `destination` got it. */
typedef enum hg_event {
    HG_EVENT_SYN = 0,
    HG_EVENT_SYN_ACK = 1,
    HG_EVENT_MTU = 2,
    HG_EVENT_CLIENT_UPTIME = 3,
    HG_EVENT_SERVER_UPTIME = 4,
    HG_EVENT_KINDS = 5
} hg_event;

/* The name of an event, as records have it; NULL past the last. */
const char *hg_event_name(uint32_t event);
/* The reader that tells it; HG_READERS past the last. */
hg_reader_id hg_event_reader(uint32_t event);

/* Why an uptime says little about the host. Systems of today begin each connection's clock
 * at a random value; the packets give it away. */
typedef enum hg_doubt {
    HG_DOUBT_NONE = 0,
    HG_DOUBT_FREQUENCY = 1, /* a rate that no known system ticks at */
    HG_DOUBT_SCATTERED = 2, /* clocks of two connections of the host that do not lie on one line */
    HG_DOUBT_YOUNGER = 3,   /* less than the time for which the host has been seen */
    HG_DOUBT_KINDS = 4
} hg_doubt;

/* The reason in words, or NULL for HG_DOUBT_NONE and past the last. */
const char *hg_doubt_reason(uint32_t doubt);

/* What a packet can be carried in. */
typedef enum hg_tunnel {
    HG_TUNNEL_NONE = 0,
    HG_TUNNEL_VXLAN = 1,
    HG_TUNNEL_GENEVE = 2,
    HG_TUNNEL_GRE = 3,
    HG_TUNNEL_ERSPAN = 4,
    HG_TUNNEL_IPIP = 5, /* IPv4 in IP, IPv6 in IPv6 */
    HG_TUNNEL_6IN4 = 6,
    HG_TUNNEL_GTPU = 7,
    HG_TUNNEL_TEREDO = 8,
    HG_TUNNEL_KINDS = 9
} hg_tunnel;

/* The name of a kind ("none" for 0), or NULL past the last. */
const char *hg_tunnel_name(uint32_t tunnel);

/* UDP ports that carry packets. */
typedef enum hg_tunnel_port {
    HG_PORT_GTPU = 2152,
    HG_PORT_TEREDO = 3544,
    HG_PORT_VXLAN = 4789,
    HG_PORT_GENEVE = 6081,
    HG_PORT_VXLAN_OLD = 8472 /* what Linux took before there was an official one */
} hg_tunnel_port;

/* Columns of the events that the TCP reader tells, one value an event of its own. */
typedef struct hg_tcp_columns {
    uint32_t *row; /* of the event, in the columns that all events share; rising */
    /* syn, syn_ack */
    uint8_t *ttl;       /* as received */
    uint8_t *ittl;      /* the initial one it points to */
    int16_t *distance;  /* hops */
    uint8_t *olen;
    uint16_t *mss;
    uint16_t *wsize;
    uint8_t *window_kind;      /* 0 literal, 1 mss*N, 2 mtu*N */
    uint16_t *window_multiple; /* N */
    uint8_t *wscale;
    uint8_t (*olayout)[32]; /* 24 kinds, their number, bytes after EOL, zeros */
    uint32_t *quirks;       /* bits of hg_quirk */
    uint8_t *pclass;        /* 0 none, 1 some */
    uint8_t *dscp;
    uint32_t *signature; /* index in the signature section, or HG_NO_SIGNATURE */
    uint8_t *fuzzy;
    uint8_t *syn_seen; /* syn_ack: 1 when its SYN was seen */
    /* mtu */
    uint32_t *mtu;
    uint32_t *link; /* index in the mtu section, or HG_NO_SIGNATURE */
    /* uptimes */
    uint32_t *uptime_minutes;
    uint32_t *modulo_days;
    uint16_t *frequency_hz;    /* rounded to what systems use */
    double *raw_frequency_hz;  /* as measured */
    uint8_t *doubt;            /* hg_doubt: why the uptime should not be believed */
} hg_tcp_columns;

/* The columns of a batch; these structs are their one description (names, types, order). Shared
 * columns have a value for every event, those of a reader only for its own. */
typedef struct hg_columns {
    int64_t *time_ns;
    uint64_t *packet_number; /* from 1 over all input */
    uint64_t *flow;          /* packet_number of the first packet of its connection */
    uint8_t *event;          /* hg_event */
    uint8_t *from_server;    /* 1 when the server of the conversation sent the packet */
    uint8_t *version;        /* 4 or 6 */
    uint8_t (*src_ip)[16];
    uint8_t (*dst_ip)[16];
    uint16_t *src_port;
    uint16_t *dst_port;
    uint8_t *tunnel; /* hg_tunnel: the outermost that the packet came in */
    hg_tcp_columns tcp;
} hg_columns;

typedef struct hg_batch {
    hg_columns columns; /* memory of the caller, `capacity` values each */
    uint32_t capacity;  /* at least HG_MIN_BATCH */
    uint32_t count;     /* events: rows of the shared columns */
    uint32_t counts[HG_READERS]; /* rows of each reader's columns, by hg_reader_id */
    uint8_t *texts;              /* memory of the caller, to which columns of texts refer; or NULL */
    uint32_t text_capacity;      /* bytes */
    uint32_t text_count;         /* bytes filled */
} hg_batch;

#define HG_MIN_BATCH 16

/* Why a packet was not analysed; exactly one reason each. */
typedef enum hg_drop {
    HG_DROP_NONE = 0,
    HG_DROP_TRUNCATED = 1,            /* captured bytes end inside a header that is needed */
    HG_DROP_UNSUPPORTED_LINKTYPE = 2, /* link type of the interface is not read */
    HG_DROP_BAD_LINK_HEADER = 3,      /* link header contradicts itself */
    HG_DROP_NOT_IP = 4,               /* neither IPv4 nor IPv6 */
    HG_DROP_BAD_IP_HEADER = 5,        /* lengths or version of the IP header are wrong */
    HG_DROP_NOT_TCP = 6,
    HG_DROP_FRAGMENT = 7,
    HG_DROP_BAD_TCP_HEADER = 8, /* data offset outside the packet */
    HG_DROP_BAD_FLAGS = 9,      /* no or contradictory SYN, ACK, FIN, RST */
    HG_DROP_FILTERED = 10,
    HG_DROP_ENCRYPTED = 11, /* 802.11 frame whose content is enciphered */
    HG_DROP_KINDS = 12
} hg_drop;

/* The name under which a reason is counted, or NULL past the last. */
const char *hg_drop_name(uint32_t drop);

/* Link types that hg_stats names. */
#define HG_NAMED_LINKTYPES 8

typedef struct hg_stats {
    uint64_t packets;
    uint64_t bytes;    /* captured bytes of those packets */
    uint64_t analysed; /* packets == analysed + sum of drops */
    uint64_t drops[16]; /* by hg_drop */
    uint64_t events[8]; /* by hg_event */
    uint64_t syn_acks_without_syn;
    uint64_t retransmissions; /* SYNs and SYN+ACKs seen before in their flow */
    uint64_t flows;           /* flows opened */
    uint64_t flows_closed;    /* by FIN or RST */
    uint64_t flows_replaced;  /* by a new SYN on the same ports */
    uint64_t flows_aged;
    uint64_t flows_evicted_half_open;
    uint64_t flows_evicted_established;
    uint64_t streams_with_gap; /* directions of flows that readers of bytes gave up: bytes are missing */
    uint64_t streams_too_long; /* the same: what was read did not end within the bound */
    uint64_t streams_evicted;  /* the same: no memory was left for it */
    uint64_t hosts; /* host clocks remembered */
    uint64_t hosts_aged;
    uint64_t hosts_evicted;
    /* The first link types that were not supported, each once; then zeros. */
    uint32_t unsupported_linktypes[HG_NAMED_LINKTYPES];
} hg_stats;

/* ---- sources --------------------------------------------------------------------- */

typedef struct hg_source hg_source;

/* A capture file (pcap or pcapng, told apart by its first bytes) read from descriptor
 * `fd` (file or pipe; borrowed, must stay open). `head` are the `head_length` bytes (HG_MAX_HEAD
 * at most) that somebody has read from it already to see what it is; they are copied. Reads in
 * pieces of bounded size. `*out` is NULL before. HG_E_IO with error.system EINTR: nothing came for
 * 50 ms, or a signal did; call again with the same `*out`, which holds what had come (the head
 * too), or free it. `error` is not NULL.
 * HG_E_FORMAT: no capture; HG_E_TRUNCATED: it ends inside its header; HG_E_UNSUPPORTED: of a
 * version that is not read. Damage further on ends the source when it is reached, with
 * HG_E_FORMAT or HG_E_TRUNCATED, the record and its offset. */
hg_status hg_source_open_fd(int fd, const uint8_t *head, size_t head_length, hg_source **out, hg_error *error);
#define HG_MAX_HEAD 16
/* The same from memory, which is borrowed. */
hg_status hg_source_open_memory(const uint8_t *bytes, size_t length, hg_source **out, hg_error *error);
/* Packets one by one: `count` of them, packet i captured at times_ns[i] and stored in
 * bytes[offsets[i]] to bytes[offsets[i + 1]] - 1, from the header of `linktype` on. All memory
 * is borrowed. Offsets that fall, or lie 2^32 apart, end the source with HG_E_ARGUMENT. */
hg_status hg_source_open_packets(const uint8_t *bytes, const uint64_t *offsets, const int64_t *times_ns,
                                 size_t count, uint32_t linktype, hg_source **out, hg_error *error);
void hg_source_free(hg_source *source);

/* The frames of `inner`; those captured before `since_ns`, or at `until_ns` and later, are
 * marked so that the engine counts them as filtered. `inner` is borrowed until
 * hg_source_free, which leaves it open. */
hg_status hg_source_open_between(hg_source *inner, int64_t since_ns, int64_t until_ns, hg_source **out,
                                 hg_error *error);

/* 1 when packets of this link type (LINKTYPE_ number) can be read. */
int hg_linktype_supported(uint32_t linktype);
/* The i-th link type that can be read and its name; 0 past the last. */
int hg_linktype_list(uint32_t i, uint32_t *linktype, const char **name);

/* ---- filters --------------------------------------------------------------------- */

/* Which packets are analysed, decided by their conversation: the client sent its SYN, the
 * server answers. */
typedef struct hg_filter hg_filter;

/* An end of a conversation that a condition looks at. */
typedef enum hg_side {
    HG_SIDE_EITHER = 0,
    HG_SIDE_CLIENT = 1,
    HG_SIDE_SERVER = 2,
    HG_SIDES = 3
} hg_side;

/* Ports from `first` to `last`, both included. */
typedef struct hg_port_range {
    uint16_t first;
    uint16_t last;
} hg_port_range;

/* All addresses whose first `prefix` bits are those of `address`. */
typedef struct hg_network {
    uint8_t address[16]; /* bits after the prefix are zero */
    uint8_t version;     /* 4 or 6 */
    uint8_t prefix;      /* 0 to 32 or 0 to 128 */
} hg_network;

/* True when the port of `side` is in one of the ranges, or its address in one of the
 * networks. There are either ports or networks, never both and never neither. */
typedef struct hg_condition {
    const hg_port_range *ports;
    const hg_network *networks;
    uint32_t port_count;
    uint32_t network_count;
    uint8_t side; /* hg_side */
} hg_condition;

/* Compiles a filter: a conversation passes when all conditions are true, with `deny` when
 * one is not. Copies what it needs. HG_E_ARGUMENT for a condition outside these rules. */
hg_status hg_filter_new(const hg_condition *conditions, uint32_t count, int deny, hg_filter **out,
                        hg_error *error);
void hg_filter_free(hg_filter *filter);
/* 1 when the conversation of these two ends passes. `version` is 4 or 6. */
int hg_filter_passes(const hg_filter *filter, const uint8_t client[16], const uint8_t server[16],
                     uint16_t client_port, uint16_t server_port, uint8_t version);

/* libpcap's pcap_offline_filter: 0 when `program` refuses the packet. `header` is libpcap's
 * struct pcap_pkthdr. */
typedef int (*hg_bpf_function)(const void *program, const void *header, const uint8_t *packet);

/* A compiled expression of libpcap's language. */
typedef struct hg_bpf {
    hg_bpf_function function;
    /* Runs on packets from their IP header on, whatever they lay in; or NULL, and then there
     * is a program a link type, which runs on the whole frame. */
    const void *ip_program;
    const void *const *link_programs;
    const uint32_t *linktypes;
    uint32_t count; /* of link_programs and linktypes */
} hg_bpf;

/* The frames of `inner`; those that the expression refuses are marked so that the engine
 * counts them as filtered. A link type that can be read, but has no program, ends the source
 * with HG_E_UNSUPPORTED. `inner` and what `bpf` points to are borrowed until
 * hg_source_free, which leaves `inner` open. */
hg_status hg_source_open_bpf(hg_source *inner, const hg_bpf *bpf, hg_source **out, hg_error *error);
/* The link type that ended such a source for want of a program, or -1. */
int64_t hg_source_bpf_unfit(const hg_source *source);

/* ---- data of TCP packets --------------------------------------------------------- */

/* The data that one TCP packet carries; `data` lies in the source and is valid until the next
 * call. `length` counts what was captured of it. */
typedef struct hg_segment {
    int64_t time_ns;
    uint64_t packet_number; /* from 1 over all packets that were counted */
    const uint8_t *data;
    uint32_t length; /* 1 or more */
    uint16_t src_port;
    uint16_t dst_port;
    uint8_t src_ip[16];
    uint8_t dst_ip[16];
    uint8_t version; /* 4 or 6 */
} hg_segment;

#define HG_MOST_SEGMENTS 256

/* Reads packets of `source` and puts those with data into `segments`, which has room for
 * HG_MOST_SEGMENTS, and their number into `*count`. `*packets` counts all packets; the caller
 * sets it to 0 before the first. `decapsulate` as in hg_config. HG_END when the input ends; an
 * error of the source is returned as it is. A source has one reader: an engine or this. */
hg_status hg_segments_next(hg_source *source, int decapsulate, uint64_t *packets, hg_segment *segments,
                           uint32_t *count, hg_error *error);

/* ---- live capture ---------------------------------------------------------------- */

/* Types of libpcap, which is found at run time: the core neither links it nor needs its
 * headers. The declarations below agree with its own. */
struct pcap;
struct pcap_pkthdr;
typedef void (*hg_pcap_handler)(unsigned char *user, const struct pcap_pkthdr *header,
                                const unsigned char *bytes);

/* An interface that libpcap has open: activated, non-blocking, its filter set. */
typedef struct hg_live {
    struct pcap *handle;
    int (*dispatch)(struct pcap *handle, int count, hg_pcap_handler handler, unsigned char *user);
    char *(*geterr)(struct pcap *handle);
    int dlt;                  /* what pcap_datalink says: DLT_ number of this system */
    int descriptor;           /* of pcap_get_selectable_fd; -1: there is none to wait on */
    uint32_t interface_index; /* to see whether it is up; 0: not an interface of the system */
    uint32_t snaplen;         /* bytes kept of a packet, 1 to HG_MAX_SNAPLEN */
    uint32_t wait_ms;         /* longest wait for packets of one call */
    uint8_t nanoseconds;      /* 1 when time stamps are in ns, 0 when in us */
} hg_live;

#define HG_MAX_SNAPLEN 65536

/* The packets of an interface as they come. The handle is borrowed: it must stay open, and
 * nobody else may read from it. When nothing comes the source waits for `wait_ms` at most, and
 * then hands over no frames; it also does so once all packets that were there are handed over,
 * so that what they reported can be passed on. HG_E_IO when the interface went down or is gone,
 * after everything that was captured before. HG_E_UNSUPPORTED on opening: a link type that is
 * not read. */
hg_status hg_source_open_live(const hg_live *live, hg_source **out, hg_error *error);
/* Throws away what an interface has captured so far; its filter should let nothing more in. */
void hg_live_discard(const hg_live *live);

/* ---- engine ---------------------------------------------------------------------- */

/* What the readers that are switched on need of the packets. Everything else may be left out
 * before it reaches them. */
typedef struct hg_interest {
    uint32_t stream_bytes; /* of each direction of a connection, from its beginning */
    uint8_t timestamps;    /* 1: the TCP timestamps of all segments; SYN and SYN+ACK are needed always */
    uint8_t flow_ends;     /* 1: FIN and RST */
    uint8_t udp;           /* 1: datagrams that are no tunnel */
} hg_interest;

typedef struct hg_engine hg_engine;

#define HG_MAX_WORKERS 64

typedef struct hg_config {
    uint32_t max_connections; /* flows tracked, 1 or more */
    uint32_t max_hosts;       /* host clocks tracked, 1 or more */
    uint8_t uptime;           /* 0: handshakes only */
    uint8_t decapsulate;      /* 1: packets in tunnels are analysed, 0: they are not TCP */
    uint64_t hash_key;        /* of the hash tables, random; results do not depend on it */
    const hg_filter *filter;  /* or NULL; borrowed */
    uint32_t workers;         /* 1 to HG_MAX_WORKERS; the events do not depend on it */
    uint64_t max_stream_bytes; /* of connections that readers of bytes wait for more of, all together */
} hg_config;

/* What an engine of this configuration needs. */
void hg_config_interest(const hg_config *config, hg_interest *out);

/* `database` may be NULL: observations, MTU values and uptimes without names. It is borrowed,
 * and so is the filter of `config`. HG_E_ARGUMENT for a number outside its range. */
hg_status hg_engine_new(const hg_config *config, const hg_database *database, hg_engine **out,
                        hg_error *error);
void hg_engine_free(hg_engine *engine);
/* Makes the engine as good as new: no flows and hosts, all counters zero. What it learnt about
 * names is kept, so this costs a fraction of making one. */
void hg_engine_reset(hg_engine *engine);

/* Reads from `source` until the batch is full, `max_packets` were read, the source has nothing
 * just now (HG_OK, perhaps without rows), or the input ends (HG_END). The batch is filled from
 * its first row on. On an error of the source, which is returned as it is, the rows of everything
 * before it are in the batch. HG_E_ARGUMENT, and nothing read: the batch is too small.
 * A source is borrowed until it has ended, for blocks that were read ahead lie in it; then another
 * may follow: flows, hosts and packet numbers go on. */
hg_status hg_engine_run(hg_engine *engine, hg_source *source, hg_batch *batch, uint64_t max_packets,
                        hg_error *error);
/* What the engine remembers of flows and hosts, as bytes that hg_engine_load of another engine
 * takes, made with the same configuration and hash key by the same build; packet numbers go on
 * too. Packets that were read, but not put into a batch yet, are not part of it. */
size_t hg_engine_state_bytes(const hg_engine *engine);
void hg_engine_save(const hg_engine *engine, uint8_t *out);
/* HG_E_ARGUMENT, and the engine remembers nothing: the bytes are damaged or of another kind. */
hg_status hg_engine_load(hg_engine *engine, const uint8_t *bytes, size_t length, hg_error *error);
/* Counters over all sources, up to date after each hg_engine_run. */
const hg_stats *hg_engine_stats(const hg_engine *engine);

/* ---- sensor: what never ends ------------------------------------------------------- */

/* An engine for sources that go on for months. It has as many workers as its configuration says,
 * which read, parse and match; what they have passes one ordered stage, in the order of capture
 * time, so that the events of the same traffic are the same for any number of workers. Flows,
 * hosts and counters outlive sources, and the database can be exchanged. */
typedef struct hg_sensor hg_sensor;

typedef enum hg_sensor_mode {
    HG_SENSOR_RUN = 0,
    HG_SENSOR_HOLD = 1, /* nothing more is read for now; what was read is handed over */
    HG_SENSOR_DRAIN = 2 /* each source is read until it has nothing, and then no more */
} hg_sensor_mode;

/* As hg_engine_new. */
hg_status hg_sensor_new(const hg_config *config, const hg_database *database, hg_sensor **out,
                        hg_error *error);
void hg_sensor_free(hg_sensor *sensor);
/* Reads from `sources`, a source a worker, or one for all, from now on; the array itself is not
 * kept. They are borrowed until hg_sensor_close. What one source hands over must stay in order; of
 * several, packets are ordered by their time. HG_E_ARGUMENT for another number of sources. */
hg_status hg_sensor_open(hg_sensor *sensor, hg_source *const *sources, uint32_t count, hg_error *error);
/* Ends the reading. What was read and not handed over is lost; it was never counted as packets. */
void hg_sensor_close(hg_sensor *sensor);
void hg_sensor_set_mode(hg_sensor *sensor, hg_sensor_mode mode);
/* Fills the batch from its first row on. HG_OK, perhaps without rows: there is nothing just now,
 * the batch is full, or 50 ms are over (150 ms without packets). HG_END: the sources have ended,
 * or are held or drained, and everything was handed over. On an error of a source the rows of
 * everything before it, of all sources, come first. */
hg_status hg_sensor_run(hg_sensor *sensor, hg_batch *batch, hg_error *error);
/* Exchanges the database, which is borrowed; without one nothing has a name. Only before
 * hg_sensor_open, or after HG_SENSOR_HOLD made hg_sensor_run say HG_END. */
hg_status hg_sensor_use(hg_sensor *sensor, const hg_database *database, hg_error *error);
/* What a worker (counted from 0) has counted: its packets, and what they did to flows and hosts.
 * Returns the packets that found its ring full. For the thread that runs the sensor. */
uint64_t hg_sensor_stats(hg_sensor *sensor, uint32_t worker, hg_stats *out);

/* ---- reduced captures -------------------------------------------------------------------- */

/* What remains of a capture when all is left out that an engine would not look at: the TCP
 * packets that pass the filter, with no more of their data than a reader needs. An engine makes the
 * same events of a reduced capture as of the capture. Columns are memory of the caller, `capacity`
 * values each. */
typedef struct hg_reduced {
    int64_t *time_ns;
    uint64_t *number;   /* of the packet, from 1 over all that the reducer read; rising */
    uint32_t *wire;     /* bytes on the wire */
    uint32_t *length;   /* bytes kept */
    uint32_t *linktype; /* LINKTYPE_ number */
    uint8_t *bytes;     /* those of all packets, one after the other */
    uint64_t byte_capacity;
    uint64_t byte_count;
    const uint8_t *next; /* data of the first packet from `limit` on, or NULL */
    uint64_t packets; /* all that the reducer read, those left out included; set by the caller */
    uint32_t capacity;
    uint32_t count; /* packets that are here */
} hg_reduced;

typedef struct hg_reducer hg_reducer;

/* Of `config` the filter (borrowed), `decapsulate` and `uptime` count: without uptimes only
 * handshakes remain. */
hg_status hg_reducer_new(const hg_config *config, hg_reducer **out, hg_error *error);
void hg_reducer_free(hg_reducer *reducer);
/* Fills `out` from its first value on, until it is full (HG_OK) or the source ends (HG_END, or its
 * error, after everything before the damage). A source is borrowed until it has ended. With a
 * `limit`, which lies in the memory of the source's packets, packets whose data begin there or
 * after it are neither read nor counted: the source ends before the first. HG_E_ARGUMENT: a
 * packet does not fit into `bytes`. */
hg_status hg_reducer_run(hg_reducer *reducer, hg_source *source, const uint8_t *limit, hg_reduced *out,
                         hg_error *error);
/* Counters of packets, bytes and drops over all sources. */
const hg_stats *hg_reducer_stats(const hg_reducer *reducer);
/* The packets of a reduced capture, which is borrowed. */
hg_status hg_source_open_reduced(const hg_reduced *reduced, hg_source **out, hg_error *error);

/* ---- rendering ------------------------------------------------------------------- */

typedef enum hg_format {
    HG_FORMAT_TEXT = 0,
    HG_FORMAT_JSON = 1,
    HG_FORMAT_P0F = 2,
    HG_FORMAT_EVE = 3, /* as Suricata writes its events */
    HG_FORMAT_ECS = 4, /* with the names of the Elastic Common Schema */
    HG_FORMATS = 5
} hg_format;

/* Turns rows into records of one format. It keeps what it learnt about names, so one that lives
 * as long as a stream of batches is worth having. */
typedef struct hg_renderer hg_renderer;

/* `database` is the one that the engine had, or NULL; it is borrowed. `interface` is the name of
 * the one that packets come from, as UTF-8, or NULL. HG_E_ARGUMENT for a format that there is not. */
hg_status hg_renderer_new(const hg_database *database, hg_format format, const char *interface,
                          hg_renderer **out, hg_error *error);
void hg_renderer_free(hg_renderer *renderer);

/* Writes rows `first` to `last` - 1 of `batch` to `out`, whole records only.
 * `*written` is the number of bytes, `*next` the first row that found no room. A record
 * never needs more than HG_MAX_RECORD bytes unless a label is longer; HG_E_ARGUMENT when
 * not even the first row fits, when there are no such rows, or when a row refers to
 * what the database does not hold. */
hg_status hg_render(hg_renderer *renderer, const hg_batch *batch, uint32_t first, uint32_t last, char *out,
                    size_t capacity, size_t *written, uint32_t *next, hg_error *error);
/* p0f's raw signature of one row, whose event is a SYN or SYN+ACK: `*written` bytes of ASCII.
 * HG_E_ARGUMENT for another row and when it does not fit. */
hg_status hg_render_signature(const hg_batch *batch, uint32_t row, char *out, size_t capacity,
                              size_t *written, hg_error *error);

#define HG_MAX_RECORD 8192

/* ---- tables ---------------------------------------------------------------------- */

/* What a table of records needs beyond the columns: texts one after the other (text i is
 * out[offsets[i]] to out[offsets[i + 1]] - 1), and bits, the first row in the lowest bit. */

/* Puts value i of `count`, of `value_bytes` each, to place rows[i] of `out`. The other places are left
 * alone: the caller fills them with what stands for no value. */
void hg_spread_values(const uint8_t *values, uint32_t value_bytes, const uint32_t *rows, uint32_t count,
                      uint8_t *out);

#define HG_MAX_ADDRESS 45

/* The addresses of all rows as RFC 5952 writes them: of the destination when it is not 0, else of
 * the source. `out` has room for HG_MAX_ADDRESS bytes a row, `offsets` for a number a row and one. */
void hg_address_texts(const hg_batch *batch, int destination, char *out, int32_t *offsets);

/* Bits: whether the event of a row is among `events`, in which bit N stands for event N.
 * `bits` has (count + 7) / 8 bytes. Returns how many are 1. */
uint32_t hg_event_bits(const hg_batch *batch, uint32_t events, uint8_t *bits);
/* Bits: whether a value is not 0. */
uint32_t hg_flag_bits(const uint8_t *values, uint32_t count, uint8_t *bits);

/* Groups the SYNs and SYN+ACKs of a batch by all that they show and how they were named:
 * `groups[row]` becomes the number of the row's group, -1 in rows of other events, and
 * `first_rows[group]` the first row of a group; both have room for a number a row. Groups are
 * numbered from 0 in order of appearance, `*count` of them. `hash_key` should be secret where
 * strangers choose the packets. */
hg_status hg_handshake_groups(const hg_batch *batch, uint64_t hash_key, int32_t *groups, uint32_t *first_rows,
                              uint32_t *count, hg_error *error);

typedef enum hg_text {
    HG_TEXT_SIGNATURE = 0, /* p0f's raw signature */
    HG_TEXT_OLAYOUT = 1,
    HG_TEXT_QUIRKS = 2, /* with commas between them */
    HG_TEXT_PARAMS = 3  /* the same */
} hg_text;

#define HG_MAX_TEXT 512

/* One text each of `count` rows, which are SYNs or SYN+ACKs. `out` has room for HG_MAX_TEXT bytes a
 * row, `offsets` for a number a row and one. HG_E_ARGUMENT for rows that no engine made. */
hg_status hg_row_texts(const hg_batch *batch, const hg_database *database, hg_text text, const uint32_t *rows,
                       uint32_t count, char *out, int32_t *offsets, hg_error *error);

/* Bytes of a Community ID: "1:" and 28 of base64. */
#define HG_COMMUNITY_BYTES 30

/* The Community ID v1 (seed 0) of rows `first` to `last` - 1, HG_COMMUNITY_BYTES each. */
void hg_community_ids(const hg_batch *batch, uint32_t first, uint32_t last, char *out);

/* cdef:end */

#endif
