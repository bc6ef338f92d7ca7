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

/* What a shared library exports, where it is built as one (HG_EXPORTS). */
#if defined HG_EXPORTS && defined _WIN32
#define HG_API __declspec(dllexport)
#elif defined HG_EXPORTS
#define HG_API __attribute__((visibility("default")))
#else
#define HG_API
#endif

#define HG_VERSION "0.1.0"

/* cdef:begin */

typedef enum hg_status {
    HG_OK = 0,            /* done, and there may be more */
    HG_END = 1,           /* done, and the input is at its end */
    HG_PAUSED = 2,        /* enough done for one call; see hg_config.pauses */
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

/* ---- version -------------------------------------------------------------------- */

/* The number of this interface. It rises with each change after which programs must be compiled again;
 * a function that is added leaves it as it is. It is part of the name of the shared library, so that
 * the system's loader compares it. */
#define HG_ABI 1

/* HG_ABI of the library that is loaded: for programs that load it by themselves. */
HG_API uint32_t hg_abi(void);
/* Its version as text, "0.1.0". */
HG_API const char *hg_version(void);

/* ---- signature database ---------------------------------------------------------- */

typedef struct hg_database hg_database;

/* The database that was compiled in. Static, never freed. */
HG_API const hg_database *hg_database_default(void);

/* Opens a binary database in memory. The bytes are borrowed and start at a multiple of 8,
 * else HG_E_ARGUMENT. Every reference in them is checked here, once, so that later walks
 * need no checks: HG_E_DATABASE when they are damaged, cut, or of another format;
 * HG_E_UNSUPPORTED on a machine that is not little-endian. */
HG_API hg_status hg_database_open(const uint8_t *bytes, size_t length, hg_database **out, hg_error *error);
HG_API void hg_database_free(hg_database *database);

/* The section called `name` (sigcompiler/table/layout.py draws them): its first record, the number
 * of records and the bytes of one. NULL when there is no such section. */
HG_API const void *hg_database_section(const hg_database *database, const char *name, uint32_t *count,
                                uint32_t *stride);
/* 32 bytes: SHA-256 of the text that was compiled. */
HG_API const uint8_t *hg_database_source_hash(const hg_database *database);
/* The key under which its hash tables were laid out. */
HG_API uint64_t hg_database_hash_key(const hg_database *database);

/* ---- one packet's fingerprint ---------------------------------------------------- */

#define HG_MAX_OPTIONS 24
#define HG_NO_SIGNATURE 0xFFFFFFFF
#define HG_NOT_SEEN 0xFFFFFFFE /* in place of a signature: there was nothing to be named */

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
    uint8_t fuzzy;      /* 1 when soft quirks or the TTL differ, or options were erased on the way */
} hg_match;

/* Names an observation: first exact specific signature, else first exact generic one,
 * else first fuzzy one, each in file order. Cost does not grow with the database.
 * Places of `options` after option_count must be 0. */
HG_API hg_match hg_database_match(const hg_database *database, const hg_observation *observation);

/* All signatures that fit as `hg_database_match` would accept them, in its order, at
 * most `capacity`; returns how many fit. A plain walk: the reference for the above. */
HG_API uint32_t hg_database_match_all(const hg_database *database, const hg_observation *observation,
                               hg_match *out, uint32_t capacity);

/* Sets the multiple that the window is of, as far as it follows from the packet alone. The kind of the window is literal
 * before. */
HG_API void hg_window_multiple(hg_observation *observation);

/* ---- one hello's fingerprint ----------------------------------------------------- */

#define HG_JA4_LENGTH 36

/* How a ClientHello was named. */
typedef struct hg_tls_match {
    uint32_t signature; /* index in the section hellos, or HG_NO_SIGNATURE */
    uint8_t stable;     /* 1 when only the stable JA4 fits */
    uint8_t wildcard;   /* 1 when the signature leaves places open */
} hg_tls_match;

/* Names a hello by its JA4 and its stable JA4, HG_JA4_LENGTH characters each (what follows them is
 * not read; NULL, or what is no JA4, fits nothing): the first that fits in the order specific before
 * generic, without open places before with, by the JA4 before by the stable one, then as in the
 * files. Cost does not grow with the number of signatures, only with that of the different sets of
 * places that they leave open (64 at most). */
HG_API hg_tls_match hg_database_match_tls(const hg_database *database, const char *ja4, const char *ja4_stable);

#define HG_DEVICE_VALUES 5 /* type, manufacturer, model, system, version */
#define HG_DEVICE_VALUE_BYTES 96

/* What an announcement says of a device; a length of 0: nothing. */
typedef struct hg_device_values {
    uint8_t lengths[HG_DEVICE_VALUES];
    char values[HG_DEVICE_VALUES][HG_DEVICE_VALUE_BYTES];
} hg_device_values;

/* Names an announcement by its kind (the words of [device] in the order of sigcompiler/vocabulary.py) and text, of
 * which the first 255 bytes count: of those that fit, specific ones before generic, the one with the most literal
 * text, as an index in the section
 * announcements, or HG_NO_SIGNATURE. Cost does not grow with the number of signatures. */
HG_API uint32_t hg_database_match_device(const hg_database *database, uint32_t kind, const char *text, size_t length,
                                         hg_device_values *out);

/* How many bytes of an announcement's beginning may be shown, which is all that tells nothing of who somebody is. */
HG_API size_t hg_announcement_shown(uint32_t kind, const char *text, size_t length);

/* All signatures that fit, in this order, at most `capacity`; returns how many fit. A plain walk over
 * the texts of signatures: the reference for the above. */
HG_API uint32_t hg_database_match_all_tls(const hg_database *database, const char *ja4, const char *ja4_stable,
                                   hg_tls_match *out, uint32_t capacity);

/* ---- the segments of a host ------------------------------------------------------- */

#define HG_SEGMENT_VALUES 9 /* by the features of signatures (sigcompiler/vocabulary.py numbers them) */

/* The first signature of [segments] all of whose conditions hold, or HG_NO_SIGNATURE. `frequent` is the other value of
 * the feature window: the most frequent one. */
HG_API uint32_t hg_database_match_segments(const hg_database *database, const uint16_t values[HG_SEGMENT_VALUES],
                                           uint16_t frequent);
/* Which of the first 32 conditions of a signature do not hold, as bits. */
HG_API uint32_t hg_database_unmet_segments(const hg_database *database, uint32_t rule,
                                           const uint16_t values[HG_SEGMENT_VALUES], uint16_t frequent);

/* ---- one HTTP message's fingerprint ---------------------------------------------- */

/* How the head of an HTTP message was named. */
typedef struct hg_http_match {
    uint32_t signature; /* index in the section https, or HG_NO_SIGNATURE */
    uint8_t generic;    /* 1 when the signature's label is generic */
    uint8_t dishonest;  /* 1 when its User-Agent or Server lacks the signature's software */
} hg_http_match;

/* A head that was written down. `places`: four numbers a header, offset and length of its name and of its
 * value in `bytes`; at most 100 headers count. */
typedef struct hg_http_fields {
    const uint8_t *bytes;
    const uint16_t *places;
    uint32_t count;
    uint8_t response; /* 0 request, 1 response */
    uint8_t version;  /* 0 for HTTP/1.0, 1 for HTTP/1.1, 2 for HTTP/2 */
} hg_http_fields;

/* Names it as the reader of HTTP would; all signatures that fit, at most `capacity`, return how many fit. */
HG_API hg_http_match hg_database_match_fields(const hg_database *database, const hg_http_fields *fields);
HG_API uint32_t hg_database_match_all_fields(const hg_database *database, const hg_http_fields *fields,
                                      hg_http_match *out, uint32_t capacity);

/* The first item of the database's `ua_os` list whose text is in this one (a User-Agent, or the platform
 * of a client hint): an index in the section systems, HG_NO_SIGNATURE for none. */
HG_API uint32_t hg_database_claims(const hg_database *database, const uint8_t *text, uint32_t length);

/* ---- results --------------------------------------------------------------------- */

/* What writes events. Each has its own columns. */
typedef enum hg_reader_id {
    HG_READER_TCP = 0,
    HG_READER_TLS = 1,
    HG_READER_HTTP = 2,
    HG_READER_CHANGES = 3, /* hg_hosts, which is no protocol: it reads the rows of the others */
    HG_READER_SEGMENTS = 4, /* of all segments of a host (hg_config.segments), no protocol either */
    HG_READER_DEVICES = 5, /* all protocols by which devices announce themselves */
    HG_READER_SSH = 6,
    HG_READER_GREETINGS = 7, /* of servers that speak first */
    HG_READER_CERTIFICATES = 8, /* part of the TLS reader */
    HG_READERS = 9
} hg_reader_id;

/* One row an event, in order of capture; events of one packet stand together, in the order below, except
 * changes: each follows the row that shows it. Columns that an event has no value for are zero (signature
 * and link: HG_NO_SIGNATURE). `source` sent the packet, `destination` got it. */
typedef enum hg_event {
    HG_EVENT_SYN = 0,
    HG_EVENT_SYN_ACK = 1,
    HG_EVENT_MTU = 2,
    HG_EVENT_CLIENT_UPTIME = 3,
    HG_EVENT_SERVER_UPTIME = 4,
    HG_EVENT_TLS_CLIENT = 5, /* a ClientHello */
    HG_EVENT_TLS_SERVER = 6, /* a ServerHello */
    HG_EVENT_HTTP_REQUEST = 7,  /* the head of a request */
    HG_EVENT_HTTP_RESPONSE = 8, /* the head of a response */
    HG_EVENT_HOST_CHANGE = 9,   /* another system uses the source address than before */
    HG_EVENT_IP_SHARING = 10,   /* so often that several do */
    HG_EVENT_SEGMENTS = 11,     /* the segments of the source point to a family of systems, or to another one than before */
    HG_EVENT_DHCP = 12,         /* a client's message, or what a server gives it; DHCPv6 too */
    HG_EVENT_MDNS = 13,         /* answers that a device gives for itself */
    HG_EVENT_SSDP = 14,         /* NOTIFY, or an answer to M-SEARCH */
    HG_EVENT_NETBIOS = 15,      /* a name, or an announcement to browsers */
    HG_EVENT_SMB = 16,          /* NTLM, or what a session setup says of the system */
    HG_EVENT_LLDP = 17,
    HG_EVENT_CDP = 18,
    HG_EVENT_SSH_CLIENT = 19,   /* the client's identification, and its key exchange */
    HG_EVENT_SSH_SERVER = 20,   /* the same of the server, and its host key */
    HG_EVENT_ARP = 21,          /* a MAC has an address, or asks for one */
    HG_EVENT_GREETING = 22,     /* what a server says first: FTP, SMTP, POP3, IMAP, MySQL */
    HG_EVENT_FINDING = 23,      /* something is found about the source, for the first time */
    HG_EVENT_NEIGHBOR = 24,     /* the same of IPv6, or what a router announces */
    HG_EVENT_CERTIFICATE = 25,  /* of a TLS server, up to TLS 1.2 */
    HG_EVENT_DNS = 26,          /* a question to DNS or mDNS for a service that devices call; a host's name by LLMNR */
    HG_EVENT_DEVICE_CHANGE = 27, /* news about a device of the captured segment */
    HG_EVENT_SNMP = 28,         /* what a device answers about its system */
    HG_EVENT_KINDS = 29
} hg_event;

/* What can be read, each by itself; hg_config.protocols has a bit for each. */
typedef enum hg_protocol {
    HG_PROTOCOL_TCP = 0,
    HG_PROTOCOL_TLS = 1, /* over TCP and in datagrams */
    HG_PROTOCOL_HTTP = 2,
    HG_PROTOCOL_DHCP = 3,
    HG_PROTOCOL_MDNS = 4,
    HG_PROTOCOL_SSDP = 5,
    HG_PROTOCOL_NETBIOS = 6,
    HG_PROTOCOL_SMB = 7,
    HG_PROTOCOL_LLDP = 8,
    HG_PROTOCOL_CDP = 9,
    HG_PROTOCOL_SSH = 10,
    HG_PROTOCOL_ARP = 11,
    HG_PROTOCOL_GREETINGS = 12,
    HG_PROTOCOL_NEIGHBOR = 13, /* Neighbor Discovery */
    HG_PROTOCOL_DNS = 14,
    HG_PROTOCOL_SNMP = 15,
    HG_PROTOCOLS = 16
} hg_protocol;

/* All of them. */
#define HG_ALL_PROTOCOLS 65535
/* Protocols with many packets that say little: ARP, Neighbor Discovery, DNS, SNMP. */
#define HG_QUIET_PROTOCOLS 59392

/* The name of a protocol; NULL past the last. */
HG_API const char *hg_protocol_name(uint32_t protocol);

/* The name of an event, as records have it; NULL past the last. */
HG_API const char *hg_event_name(uint32_t event);
/* The reader that writes it; HG_READERS past the last. */
HG_API hg_reader_id hg_event_reader(uint32_t event);

/* Why an uptime says little about the host. Systems of today begin each connection's clock
 * at a random value; the packets, or the system's name, give it away. */
typedef enum hg_doubt {
    HG_DOUBT_NONE = 0,
    HG_DOUBT_FREQUENCY = 1, /* a rate that no known system ticks at */
    HG_DOUBT_SCATTERED = 2, /* clocks of two connections of the host that do not lie on one line */
    HG_DOUBT_YOUNGER = 3,   /* less than the time for which the host has been seen */
    HG_DOUBT_ALONE = 4,     /* no second reading agrees with it */
    HG_DOUBT_RANDOM = 5,    /* a clock per connection, as is normal on this system */
    HG_DOUBT_EARLIER = 6,   /* the host would have started before its system was released */
    HG_DOUBT_STARTED = 7,   /* a clock shortly before it wraps, where Linux begins it */
    HG_DOUBT_KINDS = 8
} hg_doubt;

/* The reason in words, or NULL for HG_DOUBT_NONE and past the last. */
HG_API const char *hg_doubt_reason(uint32_t doubt);

/* Why the segments of a host point to no family. */
typedef enum hg_silence {
    HG_SILENCE_NONE = 0, /* they do */
    HG_SILENCE_TOO_FEW = 1,
    HG_SILENCE_SEVERAL_TTLS = 2, /* several systems at one address, or routes of very different length */
    HG_SILENCE_FAR = 3,          /* more than 30 hops: its initial TTL is uncertain */
    HG_SILENCE_TTL_255 = 4,      /* the initial TTL of devices */
    HG_SILENCE_TTL_32 = 5,
    HG_SILENCE_NO_DF = 6, /* a segment that may be fragmented */
    HG_SILENCE_NO_RULE = 7,
    HG_SILENCES = 8
} hg_silence;

/* The name of a reason, NULL for HG_SILENCE_NONE and past the last. */
HG_API const char *hg_silence_name(uint32_t silence);

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
HG_API const char *hg_tunnel_name(uint32_t tunnel);

/* UDP ports that carry packets. */
typedef enum hg_tunnel_port {
    HG_PORT_GTPU = 2152,
    HG_PORT_TEREDO = 3544,
    HG_PORT_VXLAN = 4789,
    HG_PORT_GENEVE = 6081,
    HG_PORT_VXLAN_OLD = 8472 /* what Linux took before there was an official one */
} hg_tunnel_port;

/* Columns of the TCP reader's events, one value per TCP event. */
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
    uint32_t *ts1;     /* own timestamp, 0 without the option */
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

/* What carries a hello. */
typedef enum hg_transport {
    HG_TRANSPORT_TCP = 0,
    HG_TRANSPORT_QUIC = 1,
    HG_TRANSPORT_DTLS = 2,
    HG_TRANSPORTS = 3
} hg_transport;

/* What a server that speaks TLS 1.3 says when it chose an older version (RFC 8446, 4.1.3). */
typedef enum hg_downgrade {
    HG_DOWNGRADE_NONE = 0,
    HG_DOWNGRADE_TLS12 = 1, /* it chose 1.2 */
    HG_DOWNGRADE_TLS11 = 2, /* it chose an older one */
    HG_DOWNGRADES = 3
} hg_downgrade;

/* Columns of the TLS reader's events. */
typedef struct hg_tls_columns {
    uint32_t *row;         /* as in hg_tcp_columns */
    uint8_t *transport;    /* hg_transport */
    uint16_t *tls_version; /* the newest that the client offers; the one that the server chose */
    uint32_t *quic_version; /* of the packet that ended the hello; 0: not QUIC */
    uint8_t *malformed;    /* 1: the extensions are cut or contradict themselves */
    uint8_t *post_quantum; /* 1: a key share is of a group that resists quantum computers */
    uint32_t *hello_offset; /* the message in the texts of the batch, with its header of 4 bytes */
    uint32_t *hello_length;
    /* tls_client */
    uint8_t (*ja4)[HG_JA4_LENGTH];        /* ASCII; zeros in SSL 2.0's format */
    uint8_t (*ja4_stable)[HG_JA4_LENGTH]; /* without the extensions that depend on session resumption */
    uint32_t *sni_offset;      /* the name of the server, in the texts; length 0: none */
    uint32_t *sni_length;
    uint32_t *quic_user_agent_offset; /* among QUIC's transport parameters, in the texts; length 0: none */
    uint32_t *quic_user_agent_length;
    uint32_t *client;         /* index in the section hellos, or HG_NO_SIGNATURE */
    uint8_t *client_stable;   /* 1: only the stable JA4 fits it */
    uint8_t *client_wildcard; /* 1: it leaves places open */
    uint32_t *tls_syn; /* what named the connection's SYN: as `signature`, or HG_NOT_SEEN */
    uint8_t *ech;  /* 1: the extension of encrypted hellos is there */
    uint8_t *ssl2; /* 1: SSL 2.0's format; `hello` begins with the message type */
    /* tls_server */
    uint16_t *cipher;
    uint16_t *group;      /* of its key share; 0: none */
    uint8_t *hello_retry; /* 1: a HelloRetryRequest */
    uint8_t *downgrade;   /* hg_downgrade */
} hg_tls_columns;

/* Columns of the HTTP reader's events. Texts are offsets and lengths in the texts of the batch;
 * length 0: none. */
typedef struct hg_http_columns {
    uint32_t *row;         /* as in hg_tcp_columns */
    uint8_t *http_version; /* 0 for HTTP/1.0, 1 for HTTP/1.1, 2 for HTTP/2 */
    uint32_t *head_offset; /* all of the head, as csrc/http/stored.h has it */
    uint32_t *head_length;
    uint32_t *software;   /* index in the section https, or HG_NO_SIGNATURE */
    uint8_t *dishonest;   /* 1: the software that it names lacks the text that the signature wants */
    /* http_request */
    uint32_t *method_offset;
    uint32_t *method_length;
    uint32_t *http_host_offset; /* of the header Host, or of the target */
    uint32_t *http_host_length;
    uint32_t *path_offset; /* none unless hg_config.http_paths */
    uint32_t *path_length;
    uint32_t *user_agent_offset;
    uint32_t *user_agent_length;
    uint8_t *language;         /* hg_language_name */
    uint32_t *platform_offset; /* of the client hints Sec-CH-UA-Platform and ...-Version */
    uint32_t *platform_length;
    uint32_t *platform_version_offset;
    uint32_t *platform_version_length;
    uint32_t *akamai_offset; /* HTTP/2: csrc/http/akamai.h; none when it is longer than HG_MOST_HTTP_TEXT */
    uint32_t *akamai_length;
    uint32_t *http_syn;   /* what named the connection's SYN: as `signature`, or HG_NOT_SEEN */
    uint32_t *http_hello; /* what named an earlier ClientHello: as `client`, or HG_NOT_SEEN */
    /* http_response */
    uint16_t *status;
    uint32_t *server_header_offset;
    uint32_t *server_header_length;
} hg_http_columns;

#define HG_MAC_LENGTH 6

/* Who could have sent what a row says of its host: the higher, the fewer. A claim never replaces one of a higher scope
 * (docs/hardening.md has the reasons). */
typedef enum hg_scope {
    HG_SCOPE_NONE = 0,      /* it says nothing of a host: its sender is not the one that it is about, or not on the link */
    HG_SCOPE_REMOTE = 1,    /* anybody, with a forged source address */
    HG_SCOPE_SEGMENT = 2,   /* a station of the link */
    HG_SCOPE_OWN = 3,       /* a station of the link with the MAC by which the host is known; hosts only, not rows */
    HG_SCOPE_HANDSHAKE = 4, /* an end of a TCP connection that acknowledged what the other end sent */
    HG_SCOPES = 5
} hg_scope;

/* "handshake", say; NULL: there is no such scope. */
HG_API const char *hg_scope_name(uint32_t scope);

/* Columns of the events by which devices announce themselves. */
typedef struct hg_device_columns {
    uint32_t *row; /* as in hg_tcp_columns */
    uint8_t (*mac)[HG_MAC_LENGTH];        /* of the device that the event is about */
    uint8_t (*source_mac)[HG_MAC_LENGTH]; /* of the frame */
    uint8_t *macs;        /* bits: 1 `mac` is known, 2 `source_mac` is */
    uint8_t (*device_ip)[16]; /* the device's address; it may differ from the packet's */
    uint8_t *device_ip_version; /* 4 or 6; 0: it is not known */
    uint8_t *message;     /* kind of message, as its protocol numbers it; 0: it has none */
    uint8_t *forwarded;   /* 1: another sent it on */
    uint8_t *shows_names; /* 1: what may name persons is shown (hg_config.host_names) */
    uint16_t *max_message_size; /* dhcp: option 57; 0: none */
    uint32_t *announced_offset; /* what it says, in the texts of the batch: csrc/devices/announced.h */
    uint32_t *announced_length;
    /* device_change */
    uint8_t *change;           /* hg_device_change */
    uint8_t (*previous_mac)[HG_MAC_LENGTH]; /* that had the address before; zeros: none */
    uint32_t *change_count;    /* how often two MACs had the address in turn */
    uint32_t *unseen_seconds;  /* since the device, or the MAC that had the address, was seen before */
} hg_device_columns;

/* News about a device. */
typedef enum hg_device_change {
    HG_DEVICE_NEW = 0,
    HG_DEVICE_BACK = 1,      /* it was not seen for long */
    HG_DEVICE_CHANGED = 2,   /* it states another type, model or system than before */
    HG_ADDRESS_MOVED = 3,    /* the device has the address of another one */
    HG_ADDRESS_CONFLICT = 4, /* both have it in turn */
    HG_NEW_DHCP_SERVER = 5,
    HG_NEW_ROUTER = 6,
    HG_DEVICE_CHANGES = 7
} hg_device_change;

#define HG_WATCHED_KEY 16

/* Kinds of what is known; 4 and 6: an address of this version. */
typedef enum hg_watched_kind {
    HG_WATCHED_MAC = 0,
    HG_WATCHED_DIGEST = 1, /* HMAC-SHA256 of a MAC under hg_watch_config.key, cut */
    HG_WATCHED_VALUE = 2   /* what announcements of one kind state of one field: the digest stands for a MAC */
} hg_watched_kind;

/* What is known of a MAC or an address; a store keeps it from run to run. */
typedef struct hg_watched {
    uint8_t key[HG_WATCHED_KEY]; /* MAC or address, then zeros */
    int64_t since_ns; /* of an address: its latest move; of a MAC: when it took an address */
    int64_t last_ns;
    uint32_t moves;
    uint8_t mac[HG_MAC_LENGTH];    /* that has the address */
    uint8_t before[HG_MAC_LENGTH]; /* that had it before */
    uint8_t kind;
    uint8_t roles; /* what was reported, as bits by hg_device_change */
} hg_watched;

typedef struct hg_watch_config {
    int64_t absent_ns;   /* a device not seen for longer is back */
    uint8_t key[32];     /* of digests */
    uint8_t random_macs; /* 1: locally administered MACs are news, too */
} hg_watch_config;

/* Whether the host itself sent the SYNs of a scan, as completed connections prove: all else anybody can forge. */
typedef enum hg_finding_handshake {
    HG_HANDSHAKE_NOT_ASKED = 0, /* the finding is no scan */
    HG_HANDSHAKE_NONE = 1,
    HG_HANDSHAKE_COMPLETED = 2,
    HG_HANDSHAKES = 3
} hg_finding_handshake;

/* How many scores, of the latest 32 of a role, are 6 or more, 3 or more, 2 or more, and 1 or more. */
#define HG_CHANGE_HITS 4

/* Columns of the changes and findings that hg_hosts_insert_changes puts into a batch. */
typedef struct hg_change_columns {
    uint32_t *row;     /* as in hg_tcp_columns */
    uint16_t *reasons; /* bits by hg_reason */
    uint8_t (*raw_hits)[HG_CHANGE_HITS];
    uint8_t *reported;   /* 0: a row of p0f's that shows nothing new of the host; only p0f's formats have it */
    uint8_t *finding;    /* hg_host_finding_name */
    uint8_t *handshake;  /* hg_finding_handshake */
} hg_change_columns;

/* Columns of the event of segments: what all segments of the source but handshakes showed so far. */
typedef struct hg_segment_columns {
    uint32_t *row;           /* as in hg_tcp_columns */
    uint32_t *segments_rule; /* index in the section segments, or HG_NO_SIGNATURE */
    uint8_t *silence;        /* hg_silence */
    uint8_t *segments_ittl;  /* 0: there are several, or it is uncertain */
    uint8_t *segments_df;    /* 1: all have DF */
    uint8_t *id_behaviour;   /* of IP IDs: sigcompiler/vocabulary.py numbers them */
    uint16_t *low_window;    /* windows as sent, other than 0, without RST segments */
    uint16_t *high_window;
    uint16_t *frequent_window;
    uint8_t *segments_ts;    /* 1: they carry timestamps */
    uint16_t *segments_hz;   /* the rate of these; 0: not known */
    uint16_t *segment_count; /* how many there were; beyond 65,535 a lower number */
} hg_segment_columns;

/* Whether a key exchange of SSH resists quantum computers. */
typedef enum hg_ssh_quantum {
    HG_SSH_QUANTUM_UNKNOWN = 0, /* no key exchange was read yet */
    HG_SSH_QUANTUM_NONE = 1,    /* none is offered */
    HG_SSH_QUANTUM_OFFERED = 2,
    HG_SSH_QUANTUM_CHOSEN = 3, /* both ends' lists lead to one */
    HG_SSH_QUANTUMS = 4
} hg_ssh_quantum;

#define HG_HASSH_LENGTH 16
#define HG_SSH_KEY_LENGTH 32

/* Columns of the SSH reader's events. Texts are offsets and lengths in the texts of the batch; length 0: none. */
typedef struct hg_ssh_columns {
    uint32_t *row;           /* as in hg_tcp_columns */
    uint32_t *banner_offset; /* the identification, without its line end */
    uint32_t *banner_length;
    uint32_t *kexinit_offset; /* lists of the key exchange (RFC 4253, 7.1), each after its length in four bytes */
    uint32_t *kexinit_length;
    uint8_t (*hassh)[HG_HASSH_LENGTH]; /* MD5 of four of them; zeros without them */
    uint8_t *post_quantum_kex;     /* hg_ssh_quantum */
    /* ssh_server */
    uint32_t *key_exchange_offset; /* the one that both ends' lists lead to */
    uint32_t *key_exchange_length;
    uint32_t *host_key_type_offset;
    uint32_t *host_key_type_length;
    uint8_t (*host_key)[HG_SSH_KEY_LENGTH]; /* SHA-256 of the key, as it was sent; zeros without one */
} hg_ssh_columns;

/* Protocols in which the server greets. */
typedef enum hg_greeting {
    HG_GREETING_FTP = 0,
    HG_GREETING_SMTP = 1,
    HG_GREETING_POP3 = 2,
    HG_GREETING_IMAP = 3,
    HG_GREETING_MYSQL = 4,
    HG_GREETINGS = 5
} hg_greeting;

/* Columns of greetings. Texts are offsets and lengths in the texts of the batch; length 0: none. */
typedef struct hg_greeting_columns {
    uint32_t *row;                /* as in hg_tcp_columns */
    uint8_t *greeting_protocol;   /* hg_greeting */
    uint32_t *greeting_signature; /* among the announcements of the database, or HG_NO_SIGNATURE */
    uint32_t *program_offset;     /* from here on as the signature's label says */
    uint32_t *program_length;
    uint32_t *program_version_offset;
    uint32_t *program_version_length;
    uint32_t *program_variant_offset;
    uint32_t *program_variant_length;
    uint32_t *stated_system_offset;
    uint32_t *stated_system_length;
    uint32_t *greeting_text_offset; /* its first line; none without hg_config.host_names */
    uint32_t *greeting_text_length;
} hg_greeting_columns;

#define HG_SHA256_LENGTH 32

typedef enum hg_key_type {
    HG_KEY_OTHER = 0,
    HG_KEY_RSA = 1,
    HG_KEY_RSA_PSS = 2,
    HG_KEY_DSA = 3,
    HG_KEY_EC = 4,
    HG_KEY_ED25519 = 5,
    HG_KEY_ED448 = 6,
    HG_KEY_ML_DSA = 7,
    HG_KEY_TYPES = 8
} hg_key_type;

/* Weaknesses of a key and of its signature, as bits. */
typedef enum hg_weakness {
    HG_WEAK_RSA = 1,  /* less than 2,048 bits */
    HG_WEAK_MD5 = 2,
    HG_WEAK_SHA1 = 4,
    HG_WEAKNESSES = 8 /* past all of them */
} hg_weakness;

/* Columns of certificates: the first one of a chain. Texts are as in hg_greeting_columns. */
typedef struct hg_certificate_columns {
    uint32_t *row;        /* as in hg_tcp_columns */
    int64_t *not_before;  /* s since the epoch; INT64_MIN: it cannot be read */
    int64_t *not_after;
    uint32_t *key_bits;   /* 0: the type says it, or it is unknown */
    uint8_t *key_type;    /* hg_key_type */
    uint8_t *self_signed;
    uint8_t *weaknesses;  /* of all certificates of the chain, but for trust anchors: bits of hg_weakness */
    uint32_t *signature_algorithm_offset;
    uint32_t *signature_algorithm_length;
    uint32_t *subject_offset; /* names only with hg_config.host_names */
    uint32_t *subject_length;
    uint32_t *issuer_offset;
    uint32_t *issuer_length;
    uint32_t *site_names_offset; /* with commas between them */
    uint32_t *site_names_length;
    uint8_t (*sha256)[HG_SHA256_LENGTH];
} hg_certificate_columns;

#define HG_TUNNEL_BYTES 48

/* The columns of a batch; these structs are their one description (names, types, order). Shared
 * columns have a value for every event, a reader's columns only for its own events. */
typedef struct hg_columns {
    int64_t *time_ns;
    uint64_t *packet_number; /* from 1 over all input */
    uint64_t *flow;          /* packet_number of the first packet of its connection */
    uint8_t *event;          /* hg_event */
    uint8_t *from_server;    /* 1 when the server of the conversation sent the packet */
    uint8_t *ip_version;     /* 4 or 6; 0: the frame had no IP, and there are neither addresses nor ports */
    uint8_t (*src_ip)[16];
    uint8_t (*dst_ip)[16];
    uint16_t *src_port;
    uint16_t *dst_port;
    uint8_t *tunnel; /* hg_tunnel: the outermost that the packet came in */
    uint8_t (*outer)[HG_TUNNEL_BYTES]; /* what identifies all of its tunnels, opaque; without one nothing is written */
    uint8_t *scope;  /* hg_scope */
    hg_tcp_columns tcp;
    hg_tls_columns tls;
    hg_http_columns http;
    hg_device_columns devices;
    hg_change_columns changes;
    hg_segment_columns segments;
    hg_ssh_columns ssh;
    hg_greeting_columns greetings;
    hg_certificate_columns certificates;
} hg_columns;

/* What a packet says of the SYN of its connection, as bits. */
enum {
    HG_COMPLETES = 1, /* the client acknowledged the server's answer, so that nobody else sent its SYN */
    HG_DISPUTED_ANSWER = 2, /* there were several, so that the SYN+ACK of the event may not be the right one */
    HG_PROBES = 4,    /* the client of a completed connection closes it and sent nothing */
    HG_REFUSES = 8    /* the server's answer is an RST */
};

/* This is no event; it comes after the rows of earlier packets. */
typedef struct hg_completion {
    int64_t time_ns;
    uint64_t packet_number;
    uint64_t flow;
    uint64_t marks;
} hg_completion;

typedef struct hg_batch {
    hg_columns columns; /* memory of the caller, `capacity` values each */
    uint32_t capacity;  /* at least HG_MIN_BATCH */
    uint32_t count;     /* events: rows of the shared columns */
    uint32_t counts[HG_READERS]; /* rows of each reader's columns, by hg_reader_id */
    uint8_t *texts;              /* memory of the caller, to which columns of texts refer; or NULL */
    uint32_t text_capacity;      /* bytes */
    uint32_t text_count;         /* bytes filled */
    hg_completion *completions;  /* memory of the caller, or NULL: not wanted */
    uint32_t completion_capacity; /* at least HG_MIN_COMPLETIONS */
    uint32_t completion_count;
} hg_batch;

/* A batch with memory of its own for `capacity` events and `text_capacity` bytes of texts. HG_E_ARGUMENT:
 * less than HG_MIN_BATCH and HG_MIN_TEXTS. A caller that lays out columns by itself needs neither function. */
HG_API hg_status hg_batch_new(uint32_t capacity, uint32_t text_capacity, hg_batch **out, hg_error *error);
HG_API void hg_batch_free(hg_batch *batch);
/* Whether rows that were not written by this library (restored from a file, say) are such as it writes: every
 * place, number of a row, index into `database` (or NULL) and number of a word. HG_E_ARGUMENT: one is not. */
HG_API hg_status hg_batch_verify(const hg_batch *batch, const hg_database *database, hg_error *error);

#define HG_MIN_BATCH 16
/* The least `text_capacity` where bytes of connections are read. */
#define HG_MIN_TEXTS 65536
#define HG_MIN_COMPLETIONS 2048

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
HG_API const char *hg_drop_name(uint32_t drop);

/* Link types that hg_stats names. */
#define HG_NAMED_LINKTYPES 8

/* The comments of the fields are in the manual (docs/counters.md, a test compares them). A new counter is
 * a field with its comment, and one of the same name in Stats (huginn_cffi/engine/stats.py). */
typedef struct hg_stats {
    uint64_t packets;                   /* packets read */
    uint64_t bytes;                     /* captured bytes of these packets */
    uint64_t analysed;                  /* packets accepted for analysis; all others are in drops */
    uint64_t drops[16];                 /* packets not analysed, by reason (hg_drop) */
    uint64_t events[32];                /* events, by kind (hg_event) */
    uint64_t syn_acks_without_syn;      /* SYN+ACKs whose SYN was not seen */
    uint64_t retransmissions;           /* SYNs and SYN+ACKs seen before in their flow */
    uint64_t flows;                     /* flows opened */
    uint64_t flows_closed;              /* flows that ended with FIN or RST */
    uint64_t flows_replaced;            /* flows that a new SYN on the same ports ended */
    uint64_t flows_aged;                /* flows without a packet for too long: 900 s, over UDP 10 s */
    uint64_t flows_evicted_half_open;   /* flows evicted from the full table before their handshake was complete */
    uint64_t flows_evicted_established; /* flows evicted from the full table after that */
    uint64_t streams_with_gap; /* directions of connections given up because bytes are missing */
    uint64_t streams_too_long; /* directions given up because what was read did not end within the limit */
    uint64_t streams_evicted;  /* directions given up for lack of memory: max_stream_bytes, or the machine */
    uint64_t tls_later_hellos; /* ClientHellos after the first of their connection */
    uint64_t tls_unreadable;   /* directions that began like a hello, which is malformed or too long; in a DTLS datagram
                                * that begins more than four hellos, the further ones */
    uint64_t certificates_unreadable; /* chains of TLS servers that are malformed, or longer than 32 KB */
    uint64_t ssh_unreadable;   /* directions given up that began like SSH, whose key exchange breaks a rule, and servers that
                                * send too much text before */
    uint64_t http_interim;     /* responses that announce another one: 1xx other than 101 */
    uint64_t http_unreadable;  /* directions given up because the head of a message breaks a rule of HTTP */
    uint64_t http_other;       /* directions given up that began like HTTP and are something else */
    uint64_t http_too_long;    /* directions given up because a head is longer than is read */
    uint64_t http_early;       /* directions given up because the server spoke before its client's head was whole */
    uint64_t http_cut;         /* messages of which only the first headers are in their row */
    uint64_t http_broken_bodies; /* directions given up in a body whose end is unknown (--http all) */
    uint64_t quic_not_decrypted; /* connections not read because no ciphers were given */
    uint64_t quic_undecryptable; /* Initial packets that no key tried opened */
    uint64_t quic_google;        /* packets of Google's own QUIC, whose handshake is not TLS */
    uint64_t quic_other_version; /* packets of unknown versions of QUIC */
    uint64_t streams_too_costly; /* directions given up because readers examined far more bytes than came */
    uint64_t dhcp_malformed; /* messages of DHCP whose lengths or options are wrong; what is read before counts */
    uint64_t mdns_malformed; /* answers of mDNS whose lengths or names are wrong; what is read before counts */
    uint64_t ssdp_malformed; /* datagrams of SSDP that are no message, or have lines that are no headers */
    uint64_t netbios_malformed; /* datagrams of NetBIOS whose names or lengths are wrong; what is read before counts */
    uint64_t smb_malformed; /* directions and session setups of SMB whose lengths are wrong */
    uint64_t lldp_malformed; /* frames of LLDP that lack what they begin with, or whose lengths are wrong */
    uint64_t cdp_malformed;  /* frames of CDP whose lengths are wrong; what is read before counts */
    uint64_t arp_malformed;  /* packets of ARP that are cut, or not about Ethernet and IPv4 */
    uint64_t neighbor_malformed; /* messages of Neighbor Discovery with wrong lengths or values, or a hop limit below 255 */
    uint64_t dns_malformed;  /* questions of DNS and mDNS, and messages of LLMNR, that are cut or malformed */
    uint64_t snmp_malformed; /* datagrams from port 161 that are no message of SNMP, or whose lengths or values are wrong */
    uint64_t datagrams_reassembled; /* datagrams of UDP read after all their fragments came */
    uint64_t datagrams_incomplete;  /* datagrams given up: fragments were missing 30 s after the first one that came */
    uint64_t datagrams_overlapping; /* datagrams given up because their fragments overlap or exceed their end */
    uint64_t datagrams_evicted;     /* datagrams in fragments given up for lack of room: 64 at once, 64 parts each */
    uint64_t device_news_left_out; /* new devices in a flood, and addresses that a MAC takes within an hour of another one */
    uint64_t announcements_cut; /* events of devices that hold only the first of what was announced */
    uint64_t announcements_tunnelled; /* announcements that say nothing of a host because they came in a tunnel */
    uint64_t announcements_routed;    /* the same because they need not come from the link */
    uint64_t announcements_of_others; /* the same because they name another host than their sender */
    uint64_t segments_outside_window; /* segments without effect: outside the window that their receiver announced */
    uint64_t streams_displaced; /* directions read again: bytes displaced others that the receiver may not have taken */
    uint64_t hosts;         /* clocks of hosts remembered */
    uint64_t hosts_aged;    /* clocks forgotten because of their age */
    uint64_t hosts_evicted; /* clocks evicted from the full table */
    uint64_t segment_hosts;         /* hosts whose segments were looked at */
    uint64_t segment_hosts_evicted; /* such hosts evicted from the full table */
    uint64_t segments_not_ipv4;     /* segments that were not looked at because they are IPv6 */
    /* The first link types that were not supported, each once; then zeros. */
    uint32_t unsupported_linktypes[HG_NAMED_LINKTYPES];
} hg_stats;

/* ---- sources --------------------------------------------------------------------- */

typedef struct hg_source hg_source;

/* A capture file (pcap or pcapng, distinguished by its first bytes) read from descriptor
 * `fd` (file or pipe; borrowed, must stay open). `head` are the `head_length` bytes (HG_MAX_HEAD
 * at most) that somebody has read from it already to see what it is; they are copied. Reads in
 * pieces of bounded size. `*out` is NULL before. HG_E_IO with error.system EINTR: nothing came for
 * 50 ms, or a signal did; call again with the same `*out`, which holds what had come (the head
 * too), or free it. `error` is not NULL.
 * HG_E_FORMAT: no capture; HG_E_TRUNCATED: it ends inside its header; HG_E_UNSUPPORTED: of a
 * version that is not read. Damage further on ends the source when it is reached, with
 * HG_E_FORMAT or HG_E_TRUNCATED, the record and its offset. */
HG_API hg_status hg_source_open_fd(int fd, const uint8_t *head, size_t head_length, hg_source **out, hg_error *error);
#define HG_MAX_HEAD 16
/* The same from memory, which is borrowed. */
HG_API hg_status hg_source_open_memory(const uint8_t *bytes, size_t length, hg_source **out, hg_error *error);
/* Packets one by one: `count` of them, packet i captured at times_ns[i] and stored in
 * bytes[offsets[i]] to bytes[offsets[i + 1]] - 1, from the header of `linktype` on. All memory
 * is borrowed. Offsets that fall, or lie 2^32 apart, end the source with HG_E_ARGUMENT. */
HG_API hg_status hg_source_open_packets(const uint8_t *bytes, const uint64_t *offsets, const int64_t *times_ns,
                                 size_t count, uint32_t linktype, hg_source **out, hg_error *error);
HG_API void hg_source_free(hg_source *source);

/* The frames of `inner`; those captured before `since_ns`, or at `until_ns` and later, are
 * marked so that the engine counts them as filtered. `inner` is borrowed until
 * hg_source_free, which leaves it open. */
HG_API hg_status hg_source_open_between(hg_source *inner, int64_t since_ns, int64_t until_ns, hg_source **out,
                                 hg_error *error);

/* 1 when packets of this link type (LINKTYPE_ number) can be read. */
HG_API int hg_linktype_supported(uint32_t linktype);
/* The i-th link type that can be read and its name; 0 past the last. */
HG_API int hg_linktype_list(uint32_t i, uint32_t *linktype, const char **name);

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

/* All addresses that share the first `prefix` bits of `address`. */
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
HG_API hg_status hg_filter_new(const hg_condition *conditions, uint32_t count, int deny, hg_filter **out,
                        hg_error *error);
HG_API void hg_filter_free(hg_filter *filter);
/* 1 when the conversation of these two ends passes. `version` is 4 or 6. */
HG_API int hg_filter_passes(const hg_filter *filter, const uint8_t client[16], const uint8_t server[16],
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
HG_API hg_status hg_source_open_bpf(hg_source *inner, const hg_bpf *bpf, hg_source **out, hg_error *error);
/* The link type that ended such a source for want of a program, or -1. */
HG_API int64_t hg_source_bpf_unfit(const hg_source *source);

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
    int descriptor;           /* of pcap_get_selectable_fd; -1: none to wait on */
    uint32_t interface_index; /* to see whether it is up; 0: not an interface of the system */
    uint32_t snaplen;         /* bytes kept of a packet, 1 to HG_MAX_SNAPLEN */
    uint32_t wait_ms;         /* longest wait for packets of one call */
    uint8_t nanoseconds;      /* 1 when time stamps are in ns, 0 when in us */
} hg_live;

#define HG_MAX_SNAPLEN 65536

/* The packets of an interface as received. The handle is borrowed: it must stay open, and
 * nobody else may read from it. When nothing comes the source waits for `wait_ms` at most, and
 * then returns no frames; it also returns none once all packets that were there are returned,
 * so that what they reported can be passed on. HG_E_IO when the interface went down or is gone,
 * after everything that was captured before. HG_E_UNSUPPORTED on opening: a link type that is
 * not read. Not in builds for Windows. */
HG_API hg_status hg_source_open_live(const hg_live *live, hg_source **out, hg_error *error);
/* Throws away what an interface has captured so far; its filter should let nothing more in. */
HG_API void hg_live_discard(const hg_live *live);

/* ---- ciphers --------------------------------------------------------------------- */

/* What opens the first packets of QUIC connections: functions of libcrypto (1.1 or 3) under its names
 * without EVP_, and its ciphers; or, where there is no libcrypto, `mask` and `open` in their place. All
 * NULL: nothing is opened. What they need must stay as long as this is used. Any thread may call them. */
typedef struct hg_crypto {
    void *(*cipher_ctx_new)(void);
    void (*cipher_ctx_free)(void *context);
    int (*cipher_ctx_ctrl)(void *context, int type, int number, void *pointer);
    int (*encrypt_init)(void *context, const void *cipher, void *engine, const uint8_t *key, const uint8_t *iv);
    int (*encrypt_update)(void *context, uint8_t *out, int *written, const uint8_t *data, int length);
    int (*decrypt_init)(void *context, const void *cipher, void *engine, const uint8_t *key, const uint8_t *iv);
    int (*decrypt_update)(void *context, uint8_t *out, int *written, const uint8_t *data, int length);
    int (*decrypt_final)(void *context, uint8_t *out, int *written);
    const void *aes_128_ecb;
    const void *aes_128_gcm;
    /* AES-128 of one block: 16 bytes each. 1: done. */
    int (*mask)(void *user, const uint8_t *key, const uint8_t *block, uint8_t *out);
    /* AES-128-GCM: `length` bytes, the last 16 of which are the tag, to length - 16 bytes; the nonce has
     * 12. 1: done; 0: they are not authentic. */
    int (*open)(void *user, const uint8_t *key, const uint8_t *nonce, const uint8_t *header,
                uint32_t header_length, const uint8_t *sealed, uint32_t length, uint8_t *out);
    void *user; /* given to both */
} hg_crypto;

/* Finds them; NULL: none. A worker asks when it meets the first packet that needs them. */
typedef const hg_crypto *(*hg_crypto_finder)(void);

/* Opens and refuses messages that are known. HG_E_UNSUPPORTED when the answers are wrong, or when there
 * are none. */
HG_API hg_status hg_crypto_check(const hg_crypto *crypto, hg_error *error);

/* ---- engine ---------------------------------------------------------------------- */

#define HG_MOST_UDP_PORTS 16
#define HG_MOST_LINK_PROTOCOLS 4
/* Neighbor Discovery (ICMPv6), which is read like a frame without IP: it never leaves the link. */
#define HG_LINK_NEIGHBOR 0x3A000000000086DD

/* What the readers that are switched on need of the packets. Everything else may be left out
 * before it reaches them. */
typedef struct hg_requirements {
    uint32_t stream_bytes; /* of each direction of a connection, from its beginning */
    uint8_t timestamps;    /* 1: the TCP timestamps of all segments; SYN and SYN+ACK are needed always */
    uint8_t flow_ends;     /* 1: FIN and RST */
    uint8_t udp;           /* 1: datagrams on any ports that begin like a hello */
    uint8_t whole_streams; /* 1: bytes anywhere in a direction; `stream_bytes` is what is held of it at once */
    uint8_t segments;      /* 1: the headers of all segments */
    uint16_t udp_ports[HG_MOST_UDP_PORTS]; /* at either end of datagrams that are read; then zeros */
    uint64_t link_protocols[HG_MOST_LINK_PROTOCOLS]; /* of frames without IP: EtherTypes, or of SNAP the organisation
                                                      * in the upper bits and its number in the lower 16; then zeros */
} hg_requirements;

typedef struct hg_engine hg_engine;

#define HG_MAX_WORKERS 64

typedef struct hg_config {
    uint32_t max_connections; /* flows tracked, 1 or more */
    uint32_t max_hosts;       /* host clocks tracked, 1 or more */
    uint32_t protocols;       /* those that are read: bits by hg_protocol, at least one */
    uint8_t uptime;           /* 0: of TCP handshakes only */
    uint8_t decapsulate;      /* 1: packets in tunnels are analysed, 0: they are not TCP */
    uint8_t http_paths;       /* 1: paths of requests are kept */
    uint8_t pauses;           /* 1: hg_engine_run returns HG_PAUSED before it has worked for long */
    uint8_t http_values;      /* 1: signatures show the values of headers that are not common, too */
    uint8_t http_all;         /* 1: all requests and responses of a connection, 0: the first of each */
    uint8_t segments;         /* 1: what all segments of a host show is compared with the rules for them */
    uint8_t host_names;       /* 1: events of devices show names of hosts and other personal data */
    uint64_t hash_key;        /* of the hash tables, random; results do not depend on it */
    const hg_filter *filter;  /* or NULL; borrowed */
    const hg_filter *tunnels; /* both outer ends of tunnels that are looked into; NULL: all; borrowed */
    hg_crypto_finder find_crypto; /* or NULL: packets of QUIC are not opened */
    uint32_t workers;         /* 1 to HG_MAX_WORKERS; the events do not depend on it */
    uint64_t max_stream_bytes; /* of connections that readers of bytes wait for more of, all together */
} hg_config;

/* What an engine of this configuration needs. */
HG_API void hg_config_requirements(const hg_config *config, hg_requirements *out);

/* `database` may be NULL: observations, MTU values and uptimes without names. It is borrowed,
 * and so is the filter of `config`. HG_E_ARGUMENT for a number outside its range. */
HG_API hg_status hg_engine_new(const hg_config *config, const hg_database *database, hg_engine **out,
                        hg_error *error);
HG_API void hg_engine_free(hg_engine *engine);
/* Clears the engine: no flows and hosts, all counters zero. What it learnt about
 * names is kept, so this costs a fraction of making one. */
HG_API void hg_engine_reset(hg_engine *engine);

/* Reads from `source` until the batch is full, `max_packets` were read, the source has nothing
 * just now (HG_OK, perhaps without rows), or the input ends (HG_END). The batch is filled from
 * its first row on. On an error of the source, which is returned as it is, the rows of everything
 * before it are in the batch. HG_E_ARGUMENT, and nothing read: the batch is too small. Where there is no
 * memory for the bytes of a connection, that is no error: they are given up and counted (streams_evicted).
 * A source is borrowed until it has ended, for blocks that were read ahead lie in it; then another
 * may follow: flows, hosts and packet numbers continue.
 * With hg_config.pauses a call returns HG_PAUSED once it has read a fixed number of packets beyond their headers,
 * so it stops at the same packet in every run. The next call appends its rows to the batch. */
HG_API hg_status hg_engine_run(hg_engine *engine, hg_source *source, hg_batch *batch, uint64_t max_packets,
                        hg_error *error);
/* What the engine remembers of flows and hosts, as bytes that hg_engine_load of another engine
 * takes, made with the same configuration and hash key by the same build; packet numbers continue
 * too. Packets that were read, but not put into a batch yet, are not part of it. Returns their number; with NULL for
 * `out` they are only counted. */
HG_API size_t hg_engine_save(hg_engine *engine, uint8_t *out);
/* HG_E_ARGUMENT, and the engine remembers nothing: the bytes are damaged or of another kind. */
HG_API hg_status hg_engine_load(hg_engine *engine, const uint8_t *bytes, size_t length, hg_error *error);
/* Counters over all sources, up to date after each hg_engine_run. */
HG_API const hg_stats *hg_engine_stats(const hg_engine *engine);

/* ---- sensor: what never ends ------------------------------------------------------- */

/* An engine for sources that continue for months. It has as many workers as its configuration says,
 * which read, parse and match; what they have passes one ordered stage, in the order of capture
 * time, so that the events of the same traffic are the same for any number of workers. Flows,
 * hosts and counters outlive sources, and the database can be exchanged. In a process that is forked later
 * nothing can be done with it (HG_E_ARGUMENT), and closing and freeing return at once. */
typedef struct hg_sensor hg_sensor;

typedef enum hg_sensor_mode {
    HG_SENSOR_RUN = 0,
    HG_SENSOR_HOLD = 1, /* nothing more is read for now; what was read is returned */
    HG_SENSOR_DRAIN = 2 /* each source is read until it has nothing, and then no more */
} hg_sensor_mode;

/* As hg_engine_new. */
HG_API hg_status hg_sensor_new(const hg_config *config, const hg_database *database, hg_sensor **out,
                        hg_error *error);
HG_API void hg_sensor_free(hg_sensor *sensor);
/* Reads from `sources`, a source a worker, or one for all, from now on; the array itself is not
 * kept. They are borrowed until hg_sensor_close. What one source returns must stay in order; of
 * several, packets are ordered by their time. HG_E_ARGUMENT for another number of sources. */
HG_API hg_status hg_sensor_open(hg_sensor *sensor, hg_source *const *sources, uint32_t count, hg_error *error);
/* Ends the reading. What was read and not returned is lost; it was never counted as packets. */
HG_API void hg_sensor_close(hg_sensor *sensor);
HG_API void hg_sensor_set_mode(hg_sensor *sensor, hg_sensor_mode mode);
/* Fills the batch from its first row on. HG_OK, perhaps without rows: there is nothing just now,
 * the batch is full, or 50 ms are over (150 ms without packets). HG_END: the sources have ended,
 * or are held or drained, and everything was returned. On an error of a source the rows of
 * everything before it, of all sources, come first. */
HG_API hg_status hg_sensor_run(hg_sensor *sensor, hg_batch *batch, hg_error *error);
/* Exchanges the database, which is borrowed; without one nothing has a name. Only before
 * hg_sensor_open, or after HG_SENSOR_HOLD made hg_sensor_run say HG_END. */
HG_API hg_status hg_sensor_use(hg_sensor *sensor, const hg_database *database, hg_error *error);
/* What a worker (counted from 0) has counted: its packets, and what they did to flows and hosts.
 * Returns the packets that found its ring full. For the thread that runs the sensor. */
HG_API uint64_t hg_sensor_stats(hg_sensor *sensor, uint32_t worker, hg_stats *out);

/* ---- reduced captures -------------------------------------------------------------------- */

/* What remains of a capture when all is left out that an engine would not look at: the TCP
 * packets that pass the filter, with no more of their data than a reader needs. An engine makes the
 * same events of a reduced capture as of the capture. Columns are memory of the caller, `capacity`
 * values each. */
typedef struct hg_reduction {
    int64_t *time_ns;
    uint64_t *number;   /* of the packet, from 1 over all that the reducer read; rising */
    uint32_t *wire;     /* bytes on the wire */
    uint32_t *length;   /* bytes kept */
    uint32_t *linktype; /* LINKTYPE_ number */
    uint8_t *bytes;     /* bytes of all packets, one after the other */
    uint64_t byte_capacity;
    uint64_t byte_count;
    const uint8_t *next; /* data of the first packet from `limit` on, or NULL */
    uint64_t packets; /* all that the reducer read, those left out included; set by the caller */
    uint32_t capacity;
    uint32_t count; /* packets that are here */
} hg_reduction;

typedef struct hg_reducer hg_reducer;

/* Of `config` the filter (borrowed), `decapsulate` and `uptime` count: without uptimes only
 * handshakes remain. */
HG_API hg_status hg_reducer_new(const hg_config *config, hg_reducer **out, hg_error *error);
HG_API void hg_reducer_free(hg_reducer *reducer);
/* Fills `out` from its first value on, until it is full (HG_OK) or the source ends (HG_END, or its
 * error, after everything before the damage). A source is borrowed until it has ended. With a
 * `limit`, which lies in the memory of the source's packets, packets whose data begin there or
 * after it are neither read nor counted: the source ends before the first. HG_E_ARGUMENT: a
 * packet does not fit into `bytes`. */
HG_API hg_status hg_reducer_run(hg_reducer *reducer, hg_source *source, const uint8_t *limit, hg_reduction *out,
                         hg_error *error);
/* Counters of packets, bytes and drops over all sources. */
HG_API const hg_stats *hg_reducer_stats(const hg_reducer *reducer);
/* The packets of a reduced capture, which is borrowed. */
HG_API hg_status hg_source_open_reduced(const hg_reduction *reduced, hg_source **out, hg_error *error);

/* ---- captures with comments ---------------------------------------------------------- */

/* A capture copied as pcapng, a piece at a time, with comments at packets and names of addresses. What is
 * pcapng already stays as it is, byte for byte; only section headers lose the length of their section. */
typedef struct hg_copy hg_copy;

/* The comments for a piece. All is borrowed for one call. */
typedef struct hg_notes {
    const uint64_t *numbers; /* of the packets that comments are for, never falling */
    const char *lines;       /* the comments, UTF-8, each ended by a newline; empty ones are left out */
    size_t bytes;
    uint32_t count;
    uint32_t name_count;
    const uint64_t *name_numbers;  /* numbers of the packets that follow names, ascending */
    const uint8_t *name_addresses; /* 16 bytes each, as in columns */
    const uint8_t *name_versions;  /* 4 or 6 */
    const char *names;             /* as `lines` */
    size_t name_bytes;
    uint64_t packets_before; /* numbered before the first of this capture */
} hg_notes;

/* `source` is one of hg_source_open_fd or hg_source_open_memory, of which nothing was read, and nothing is
 * but by way of the copy; borrowed. */
HG_API hg_status hg_copy_new(hg_source *source, hg_copy **out, hg_error *error);
HG_API void hg_copy_free(hg_copy *copy);
/* The packets of the next piece, of 1 MiB or little more; it belongs to the copy. It says HG_END at the end
 * of a piece, and the next piece follows once this one was written. Errors are those of the source, after
 * all packets before. */
HG_API hg_source *hg_copy_source(hg_copy *copy);
/* 1 when nothing follows the piece, be it at the end of the capture or for an error. */
HG_API int hg_copy_ended(const hg_copy *copy);
/* Writes the piece that was read: `*bytes` belong to the copy until the next call. HG_E_UNSUPPORTED: a section
 * header of more than 16 MiB. */
HG_API hg_status hg_copy_write(hg_copy *copy, const hg_notes *notes, const uint8_t **bytes, size_t *length, hg_error *error);
/* Blocks longer than 16 MiB, which nobody reads, and comments for which a packet has no place. */
HG_API uint64_t hg_copy_left_out(const hg_copy *copy);

/* Comments of the rows of a batch, one a line, from the same rows in HG_FORMAT_TEXT. How sure a name is follows it, unless
 * `database`, which named them, is NULL. Writes `*written` bytes; `length` and HG_COMMENT_BYTES a row are always enough.
 * HG_E_ARGUMENT: a row refers to what the database does not hold. */
#define HG_COMMENT_BYTES 80
HG_API hg_status hg_comments_of_text(const hg_batch *batch, const hg_database *database, const char *text, size_t length,
                              char *out, size_t capacity, size_t *written, hg_error *error);

/* ---- hosts ----------------------------------------------------------------------- */

/* What all readers say of each address: fed with the rows of batches in order, after the readers. */
typedef struct hg_hosts hg_hosts;

#define HG_NO_HOST 0xFFFFFFFF
#define HG_HOST_SIGHTINGS 64 /* sources and names of a host that are kept apart */
#define HG_HOST_PORTS 32     /* ports of a host, half of them as client */
#define HG_HOST_RATES 16     /* rates of its timestamps */
/* Sightings, ports and clocks of all hosts, as a multiple of the hosts. */
#define HG_HOST_DETAILS 4
#define HG_HOST_NAMES 1048576 /* different names of all hosts together */
#define HG_HOST_INVENTED 65536 /* and of these, those that no database limits */

/* What the evidence about a host comes from. */
typedef enum hg_host_source {
    HG_SOURCE_SYN = 0,
    HG_SOURCE_SYN_ACK = 1,
    HG_SOURCE_CLIENT_HELLO = 2,
    HG_SOURCE_HTTP_CLIENT = 3, /* the program that the head of a request shows */
    HG_SOURCE_USER_AGENT = 4,  /* the system that it names */
    HG_SOURCE_CLIENT_HINT = 5, /* the same of a client hint */
    HG_SOURCE_SERVER_HEADER = 6,
    HG_SOURCE_TLS_CONNECTION = 7, /* what a ClientHello contradicts in its SYN */
    HG_SOURCE_HTTP_CONNECTION = 8,
    HG_SOURCE_LINK = 9,
    HG_SOURCE_PORT_RANGE = 10, /* from here to 13: no packet states it */
    HG_SOURCE_CLOCK = 11,
    HG_SOURCE_MIDDLEBOX = 12,
    HG_SOURCE_LOOPBACK = 13,
    HG_SOURCE_CLIENT_CHECK = 14, /* a request that is not of the browser that its User-Agent names */
    HG_SOURCE_SEGMENTS = 15, /* all segments together; here packets do */
    HG_SOURCE_ANNOUNCEMENT = 16, /* the system that a device announces */
    HG_SOURCE_SSH_CLIENT = 17, /* an SSH identification: the program, and the system that it states */
    HG_SOURCE_SSH_SERVER = 18,
    HG_SOURCE_GREETING = 19, /* the program of a server that greets, and the system that it states */
    HG_SOURCE_CRYPTOGRAPHY = 20, /* of a server; it says nothing of the system */
    HG_HOST_SOURCES = 21
} hg_host_source;

/* As JSON has it; NULL past the last. */
HG_API const char *hg_host_source_name(uint32_t source);

typedef enum hg_role {
    HG_ROLE_CLIENT = 0,
    HG_ROLE_SERVER = 1
} hg_role;

#define HG_FAR_HOPS 4

/* Why another system may use an address than before; in p0f's order. */
typedef enum hg_reason {
    HG_REASON_APP_VS_OS = 0, /* software that does not run on the system */
    HG_REASON_OS_DIFF = 1,   /* another system, version, or signature of it */
    HG_REASON_SIG_DIFF = 2,  /* other options or quirks of a handshake without a name */
    HG_REASON_X_KNOWN = 3,   /* it had a name and has none, or the other way round */
    HG_REASON_TSTAMP = 4,    /* timestamps that no one clock gives */
    HG_REASON_TTL = 5,
    HG_REASON_PORT = 6,      /* a lower one than before */
    HG_REASON_MTU = 7,
    HG_REASON_FUZZY = 8,     /* the signature fits better or worse */
    HG_REASON_VIA = 9,       /* a proxy says that it passed the message on */
    HG_REASON_DATE = 10,     /* that no one clock gives */
    HG_REASON_SRV_SIG_LB = 11, /* other software of a server */
    HG_REASON_UA_VS_OS = 12, /* a User-Agent of another system, of software that seems honest */
    HG_REASON_KINDS = 13
} hg_reason;

/* p0f's word for it; NULL past the last. */
HG_API const char *hg_reason_name(uint32_t reason);

typedef enum hg_change_kind {
    HG_HOST_CHANGE = 0, /* something else speaks */
    HG_IP_SHARING = 1,  /* so often that several do */
    HG_CHANGE_KINDS = 2
} hg_change_kind;

typedef struct hg_change {
    int64_t time_ns;
    uint16_t reasons; /* bits by hg_reason */
    uint8_t kind;     /* hg_change_kind */
    uint8_t role;     /* hg_role */
    uint8_t hits[HG_CHANGE_HITS];
} hg_change;

#define HG_HOST_CHANGES 4 /* that are kept of a host, the latest ones */

/* The first `max_hosts` (1 or more) addresses that send something of which there is an event; later ones
 * are left out and counted. With `forgets` the one that was not seen for longest, of a few that are looked
 * at, is evicted. `hash_key` as in hg_config. */
HG_API hg_status hg_hosts_new(uint32_t max_hosts, int forgets, uint64_t hash_key, hg_hosts **out, hg_error *error);
HG_API void hg_hosts_free(hg_hosts *hosts);
/* The database that named the rows to come, or NULL. It is borrowed until the next call; what hosts have from an
 * earlier one stays. */
HG_API void hg_hosts_use(hg_hosts *hosts, const hg_database *database);
/* Keeps nothing but what changes of hosts need. Called before anything is added. */
HG_API void hg_hosts_only_changes(hg_hosts *hosts);
/* Inserts findings, too: each of a host once, at the packet that completes it; of one other than a scan that a completed
 * handshake alone completes, at the host's next row. A scan comes once more as soon as its handshake is
 * HG_HANDSHAKE_COMPLETED. Called before anything is added, and not with hg_hosts_only_changes. */
HG_API void hg_hosts_report_findings(hg_hosts *hosts);
/* Inserts news about devices of the captured segment, too. Called before anything is added, and not with
 * hg_hosts_only_changes. HG_E_ARGUMENT otherwise. */
HG_API hg_status hg_hosts_watch(hg_hosts *hosts, const hg_watch_config *config, hg_error *error);
/* What is known already. Nothing that is known better is replaced. */
HG_API void hg_hosts_know(hg_hosts *hosts, const hg_watched *of);
/* What changed since it was asked for, from `place` on, which begins with 0; the next place. 0: nothing more. */
HG_API uint32_t hg_hosts_watched(hg_hosts *hosts, uint32_t place, hg_watched *out);
/* Bytes of text that the changes of the rows taken last have. */
HG_API uint32_t hg_hosts_change_text(const hg_hosts *hosts);
/* Keeps the names by which clients ask servers, too. Called before anything is added. */
HG_API void hg_hosts_show_names(hg_hosts *hosts);

#define HG_CARD_BYTES 64

/* Writes who made the network card with a MAC: at most HG_CARD_BYTES of UTF-8. Returns how many; 0: not known. */
typedef uint32_t (*hg_card_finder)(void *user, const uint8_t *mac, char *out);

/* Whom records ask for makers of network cards; NULL: nobody. `user` is given to the finder. */
HG_API void hg_hosts_find_cards(hg_hosts *hosts, hg_card_finder finder, void *user);
/* Which sources have a say in the system of a host, as bits: all of them unless this is called. */
HG_API void hg_hosts_weigh(hg_hosts *hosts, uint32_t sources);
/* The networks that are local, in place of private and link-local ones. HG_E_ARGUMENT: one is not a network. */
HG_API hg_status hg_hosts_set_local(hg_hosts *hosts, const hg_network *networks, uint32_t count, hg_error *error);
/* Takes a host with findings, bits by hg_host_finding_name, that another inventory made. `tunnel`: HG_TUNNEL_BYTES that
 * distinguish hosts in tunnels; NULL outside. HG_E_ARGUMENT: there is no such finding, or no room for the host. */
HG_API hg_status hg_hosts_state(hg_hosts *hosts, const uint8_t address[16], uint8_t version, const uint8_t *tunnel,
                                uint32_t findings, int64_t first_ns, int64_t last_ns, hg_error *error);
/* Takes the rows of a batch; rows of changes are passed over. HG_E_ARGUMENT: a row of no reader. */
HG_API hg_status hg_hosts_add(hg_hosts *hosts, const hg_batch *batch, hg_error *error);
/* The number of changes in the batch that was taken last. */
HG_API uint32_t hg_hosts_change_count(const hg_hosts *hosts);
/* Sets the counters of changes to the number so far. */
HG_API void hg_hosts_count_changes(const hg_hosts *hosts, hg_stats *stats);
/* Copies `batch`, which was taken last and whole, and adds each change after the row that shows it, with the
 * shared columns of that row. HG_E_ARGUMENT: `out` has no room for all rows and texts, or `batch` is another
 * one, or has changes already. */
HG_API hg_status hg_hosts_insert_changes(const hg_hosts *hosts, const hg_batch *batch, hg_batch *out, hg_error *error);

/* A row that completed a finding about its sender, the host at `place`. */
typedef struct hg_completed {
    uint32_t row;
    uint32_t place;
    uint32_t finding; /* hg_host_finding_name */
} hg_completed;

/* The completed findings of the latest batch, in the order of its rows: `*count` of them, valid until the next one. */
HG_API const hg_completed *hg_hosts_completed(const hg_hosts *hosts, uint32_t *count);

/* The number of places. A device that was first known by its MAC, and then got an address, has two of them. */
HG_API uint32_t hg_hosts_count(const hg_hosts *hosts);
/* The number of hosts, and of records that hg_hosts_write writes for all places. */
HG_API uint32_t hg_hosts_count_records(hg_hosts *hosts);
/* Packets of hosts that were too many, or with names and ports that were. */
HG_API uint64_t hg_hosts_left_out(const hg_hosts *hosts);
/* Hosts that were evicted. */
HG_API uint64_t hg_hosts_forgotten(const hg_hosts *hosts);
/* Packets that are not followed in all: of hosts whose systems or changes are not, since one host in eight, and 1,024,
 * can be; and with more names that a sender can make up than a host has room for. */
HG_API uint64_t hg_hosts_untracked(const hg_hosts *hosts);
/* The place of a host; HG_NO_HOST: unknown. Hosts are in the order of appearance until one is evicted; the next new
 * host takes its place. */
HG_API uint32_t hg_hosts_find(const hg_hosts *hosts, const uint8_t address[16], uint8_t version);
/* The address at a place, and its version (4 or 6); 0: there is no such place. */
HG_API uint8_t hg_hosts_address(const hg_hosts *hosts, uint32_t place, uint8_t address[16]);
/* 1: the host at a place is local. */
HG_API int hg_hosts_is_local(const hg_hosts *hosts, uint32_t place);
/* One that has changed since it was last returned here, the first to change first; HG_NO_HOST: none. */
HG_API uint32_t hg_hosts_changed(hg_hosts *hosts);
/* Looks for middleboxes that answer in the place of many hosts, as records written from now on have it: at the end of
 * a run, or before a report. HG_E_MEMORY. */
HG_API hg_status hg_hosts_conclude(hg_hosts *hosts, hg_error *error);

typedef enum hg_host_format {
    HG_HOST_JSON = 0,   /* the host record, an object in a line */
    HG_HOST_TEXT = 1,   /* the same for people */
    HG_HOST_VALUES = 2, /* the record with times in ns and what only programs want */
    HG_DEVICES_JSON = 3, /* the same of devices; hg_hosts_device_places has the number of places */
    HG_DEVICES_TEXT = 4,
    HG_DEVICES_VALUES = 5,
    HG_HOST_FORMATS = 6
} hg_host_format;

/* Writes the records of the hosts from `place` on, whole ones only, as UTF-8: `*written` bytes, and `*next` is the
 * first place that found no room. A record needs less than HG_MAX_HOST bytes unless its names are long; HG_E_ARGUMENT
 * when not even the first one fits, and for a place or a format that there is not. */
HG_API hg_status hg_hosts_write(hg_hosts *hosts, hg_host_format format, uint32_t place, uint32_t end, char *out,
                                size_t capacity, size_t *written, uint32_t *next, hg_error *error);

#define HG_MAX_HOST 65536

/* The protocol whose virtual routers share a MAC: "vrrp" (CARP too), "hsrp", "glbp"; NULL: none. */
HG_API const char *hg_mac_virtual(const uint8_t *mac);
/* Writes the CPE 2.3 name of a system, HG_CPE_BYTES at most and without a zero byte, and returns its length; 0: the
 * dictionary does not have it, or the version is not exact. */
HG_API size_t hg_cpe_name(const char *name, size_t name_length, const char *version, size_t version_length, char *out);

#define HG_CPE_BYTES 128

/* The number of places of devices: hosts first, then MACs that claimed addresses but belong to no host. */
HG_API uint32_t hg_hosts_device_places(const hg_hosts *hosts);

/* Its kind, as records have it: several have one. NULL past the last. */
HG_API const char *hg_host_finding_name(uint32_t finding);
/* The sentence about one host and one of its findings, as UTF-8 that is escaped as the text format is: `*length` bytes.
 * HG_E_ARGUMENT: there is no such host or finding, or no room. */
HG_API hg_status hg_host_finding_write(hg_hosts *hosts, uint32_t place, uint32_t finding, char *out,
                                       size_t capacity, size_t *length, hg_error *error);

/* ---- summary --------------------------------------------------------------------- */

/* What a run shows in all: hosts, and a few counters. */
typedef struct hg_summary hg_summary;

/* The arguments are those of hg_hosts_new, whose hosts it owns. */
HG_API hg_status hg_summary_new(uint32_t max_hosts, int forgets, uint64_t hash_key, hg_summary **out, hg_error *error);
HG_API void hg_summary_free(hg_summary *summary);
/* Which protocols are read, bits by hg_protocol: all of them unless this is called. */
HG_API void hg_summary_read(hg_summary *summary, uint32_t protocols);
/* As hg_hosts_use and hg_hosts_add; both are called instead of these. */
HG_API void hg_summary_use(hg_summary *summary, const hg_database *database);
HG_API hg_status hg_summary_add(hg_summary *summary, const hg_batch *batch, hg_error *error);
/* Its hosts, which are borrowed. */
HG_API hg_hosts *hg_summary_hosts(hg_summary *summary);
/* Events of which not everything is counted. */
HG_API uint64_t hg_summary_left_out(const hg_summary *summary);
/* The document, an object of JSON in one line without its end, `*length` bytes that live until the next call.
 * `captures` is the list of captures to put in, as JSON. Calls hg_hosts_conclude. HG_E_MEMORY. */
HG_API hg_status hg_summary_write(hg_summary *summary, const hg_stats *stats, const char *captures, const char **out,
                                  size_t *length, hg_error *error);

/* ---- p0f's API ------------------------------------------------------------------- */

#define HG_QUERY_BYTES 21
#define HG_ANSWER_BYTES 232

/* Writes p0f's answer to a query, both in the byte order of this machine. Any thread may call it, also while
 * another one calls hg_hosts_add. */
HG_API void hg_hosts_answer(hg_hosts *hosts, const uint8_t query[HG_QUERY_BYTES], uint8_t out[HG_ANSWER_BYTES]);

/* ---- connections ----------------------------------------------------------------- */

/* What is known of each connection, by both of its ends; bounded. */
typedef struct hg_peers hg_peers;

#define HG_PEER_ENDED_S 60 /* it is remembered for so long after its end, or the last question after that */
#define HG_PEER_IDLE_S 900 /* and for so long after its latest row or question */
#define HG_PEER_BYTES 320  /* of memory; to these come 8 to 16 of the table */

/* Room for `most` connections, 1 to 2^28; `hash_key` as in hg_config. */
HG_API hg_status hg_peers_new(uint32_t most, uint64_t hash_key, hg_peers **out, hg_error *error);
HG_API void hg_peers_free(hg_peers *peers);
/* The database that named the rows to come, or NULL. It is borrowed until the next call; SYNs and ClientHellos are named
 * by it again. For the thread that adds. */
HG_API void hg_peers_use(hg_peers *peers, const hg_database *database);
/* Takes the rows of a batch. HG_E_ARGUMENT: a row that no engine made. The functions below may be called by any
 * thread meanwhile. */
HG_API hg_status hg_peers_add(hg_peers *peers, const hg_batch *batch, hg_error *error);

/* What was seen of a connection, as bits. */
typedef enum hg_peer_seen {
    HG_SEEN_SYN = 1,
    HG_SEEN_HELLO = 2,  /* its ClientHello */
    HG_SEEN_REQUEST = 4 /* an unencrypted request */
} hg_peer_seen;

#define HG_ANY_TRANSPORT 255

/* Which connection is meant, and what its client says of itself in the request at hand. `server_port` 0: to any server.
 * `client_port` 0: no connection, but what all recent ones of the address show alike.
 * Texts are borrowed for a call and not kept; NULL with length 0: none. A proxy's question has bytes of 0xFF where a
 * header has control characters, which HTTP does not carry. */
typedef struct hg_question {
    uint8_t client[16];
    uint8_t server[16];
    uint16_t client_port;
    uint16_t server_port;
    uint8_t version;               /* 4 or 6 */
    uint8_t transport;             /* hg_transport; HG_ANY_TRANSPORT: TCP where there is such a connection */
    const uint8_t *user_agent;
    const uint8_t *platform;       /* the client hint Sec-CH-UA-Platform */
    const uint8_t *brands;         /* Sec-CH-UA */
    uint32_t user_agent_length;
    uint32_t platform_length;
    uint32_t brands_length;
} hg_question;

typedef enum hg_peer_status {
    HG_PEER_NOT_SEEN = 0,
    HG_PEER_FOUND = 1,
    HG_PEER_RELAYED = 2, /* several systems use the client's address, or a proxy passed a request on; without
                          * `client_port` also: its connections differ, or are too many to compare */
    HG_PEER_AMBIGUOUS = 3, /* several live connections are meant */
    HG_PEER_STATUSES = 4
} hg_peer_status;

/* In words; NULL past the last. */
HG_API const char *hg_peer_status_name(uint32_t status);
/* What was seen of it, 0: nothing; `*first_ns` is when it began. `now_ns` is the time now, as packets have it. */
HG_API uint32_t hg_peers_find(hg_peers *peers, const hg_question *question, int64_t now_ns,
                                    int64_t *first_ns);
/* All that is known of it as an object of JSON, `*length` bytes of UTF-8. `hosts` (or NULL) is where the record of the
 * client's address is. HG_E_ARGUMENT: there is no room for it, or IP has no such version. */
HG_API hg_status hg_peers_answer(hg_peers *peers, hg_hosts *hosts, const hg_question *question,
                                       int64_t now_ns, char *out, size_t capacity, size_t *length, hg_error *error);

typedef struct hg_peer_counts {
    uint64_t connections; /* that are remembered */
    uint64_t evicted;     /* that were evicted before their time */
    uint64_t answers[4];  /* by hg_peer_status */
} hg_peer_counts;

HG_API void hg_peers_count(hg_peers *peers, hg_peer_counts *counts);
/* The sensor notes in `peers` (NULL: no longer) which connections end. They are borrowed; for the thread that runs
 * the sensor and adds its batches. */
HG_API void hg_sensor_follow_ends(hg_sensor *sensor, hg_peers *peers);

/* ---- rendering ------------------------------------------------------------------- */

typedef enum hg_format {
    HG_FORMAT_TEXT = 0,
    HG_FORMAT_JSON = 1,
    HG_FORMAT_P0F = 2,
    HG_FORMAT_EVE = 3, /* as Suricata writes its events */
    HG_FORMAT_ECS = 4, /* with the names of the Elastic Common Schema */
    HG_FORMAT_P0F_JSON = 5, /* lines of p0f's log as objects, with the keys of T-Pot and MHN */
    HG_FORMATS = 6
} hg_format;

/* Turns rows into records of one format. It keeps what it learnt about names, so one that lives
 * as long as a stream of batches is worth having. */
typedef struct hg_renderer hg_renderer;

/* `database` is the one that the engine had, or NULL; it is borrowed. `interface` is the name of
 * the one that packets come from, as UTF-8, or NULL. HG_E_ARGUMENT for a format that there is not. */
HG_API hg_status hg_renderer_new(const hg_database *database, hg_format format, const char *interface,
                          hg_renderer **out, hg_error *error);
HG_API void hg_renderer_free(hg_renderer *renderer);

/* Names the capture that the packets of the batches to come are from: its path, or another name of it,
 * of at most 65,535 bytes; NULL for none, as at the beginning. It is copied, and formats without such a
 * field leave it out. */
HG_API hg_status hg_renderer_capture(hg_renderer *renderer, const char *name, hg_error *error);

/* Names the capture in JSON, too, as runs over several captures need it. Called before the first capture. */
HG_API void hg_renderer_name_captures(hg_renderer *renderer);

/* Leaves private fields out (sigcompiler/schema/rows.py): they are null. Called before anything else. */
HG_API void hg_renderer_hide_private(hg_renderer *renderer);

/* Begins each record of HG_FORMAT_TEXT with the time of its packet, local and without the day, for
 * somebody who watches. Other formats stay as they are. Called before anything else. */
HG_API void hg_renderer_show_clock(hg_renderer *renderer);

/* Writes rows `first` to `last` - 1 of `batch` to `out`, whole records only.
 * `*written` is the number of bytes, `*next` the first row that found no room. A record
 * never needs more than HG_MAX_RECORD bytes unless a label, a name or an answer is longer;
 * HG_E_ARGUMENT when not even the first row fits, when there are no such rows, or when a row refers
 * to what the database does not hold. */
HG_API hg_status hg_render(hg_renderer *renderer, const hg_batch *batch, uint32_t first, uint32_t last, char *out,
                    size_t capacity, size_t *written, uint32_t *next, hg_error *error);
/* The value of one field of a row, as JSON has it: `*length` bytes at `out`, which has room for HG_MAX_RECORD. Fields have
 * the numbers of sigcompiler/schema/rows.py; signatures of HTTP have their own function. `database` may be NULL.
 * HG_E_ARGUMENT where the event has no such field of its own. */
HG_API hg_status hg_field_json(const hg_batch *batch, const hg_database *database, uint32_t row, uint32_t field, char *out,
                        size_t *length, hg_error *error);
#define HG_MAX_RECORD 16384
/* Bytes of the name of a server that are shown. */
#define HG_MOST_SNI 255
/* Bytes of a host, a path, and other texts of HTTP that are shown. */
#define HG_MOST_HTTP_TEXT 512
/* The same of a user agent. */
#define HG_MOST_USER_AGENT 128

/* ---- answers ----------------------------------------------------------------------- */

/* What a name means. A claim is compiled from a label; sigcompiler/claims/labels.py makes equal ones of other names. */

#define HG_CLAIM_FAMILIES 2

/* A family. Ranges of versions rise and do not overlap; no ranges: any version. A range is two numbers, its first
 * and its last version, in the order of this family (sigcompiler/claims/versions.py). */
typedef struct hg_claim_family {
    uint64_t identity;        /* a hash of the name: equal names of two databases have the same */
    const uint64_t *versions; /* 2 * version_count numbers; borrowed */
    uint32_t version_count;
} hg_claim_family;

typedef struct hg_claim {
    uint64_t identity; /* a hash of all below: equal claims of two databases have the same */
    hg_claim_family families[HG_CLAIM_FAMILIES];
    uint32_t family_count; /* more than HG_CLAIM_FAMILIES: they are not listed, and the claim says nothing */
    uint32_t stacks;       /* bits of the network stacks that it allows (sigcompiler/stacks.py); 0: not known */
    uint32_t kind;         /* 0 specific, 1 generic, 2 program, 3 tool, 4 link, 5 any: see ClaimKind in the same file */
} hg_claim;

typedef enum hg_agreement {
    HG_NOT_COMPARABLE = 0, /* one of them says nothing about the system */
    HG_AGREE = 1,          /* both can be of one system */
    HG_NARROW = 2,         /* so they can, and together they say more than one of them alone */
    HG_CONTRADICT_STACK = 3,
    HG_CONTRADICT_FAMILY = 4, /* different families, of which one has no known stack */
    HG_CONTRADICT_VERSION = 5, /* the same family in different versions */
    HG_AGREEMENTS = 6
} hg_agreement;

/* Whether two claims can be of one system: the only rule for this. Families that both name decide, by their
 * versions; without such a family the stacks do. Versions of different families are never compared. */
HG_API hg_agreement hg_claims_agree(const hg_claim *one, const hg_claim *other);
/* The claim of a label, by its place in the section "labels"; it borrows the database. */
HG_API hg_claim hg_label_claim(const hg_database *database, uint32_t label);

/* The versions that two sets of ranges have in common; both are as in hg_claim_family, and no ranges stand for any
 * version. 1: they have some: `*count` ranges, of which the first `capacity` are written to `out` (two numbers each;
 * one_count + other_count are always enough), and none where neither set has any. 0: they have none in common. `out`
 * does not overlap the sets. */
HG_API int hg_versions_common(const uint64_t *one, uint32_t one_count, const uint64_t *other, uint32_t other_count,
                       uint64_t *out, uint32_t capacity, uint32_t *count);
/* A set of versions of a family (its identity) in words, such as "7, 8 or 2008 R2", "4.19-6.15" or "6.16 or newer":
 * the grammar of flavors in docs/signature-format.md. Returns the length of the text, 0 for no ranges; its first `capacity`
 * bytes are written to `out`, without a NUL. */
HG_API size_t hg_versions_text(uint64_t family, const uint64_t *ranges, uint32_t count, char *out, size_t capacity);

typedef enum hg_statement {
    HG_STATED_USER_AGENT = 0,
    HG_STATED_CLIENT_HINT = 1, /* Sec-CH-UA-Platform-Version */
    HG_STATED_SERVER = 2,
    HG_STATEMENTS = 3
} hg_statement;

/* The versions of the sender's system that a program states in a header. `family` is the identity of that
 * system. 1: one range, its first and its last version. 0: it states none, or a token that programs have frozen. */
HG_API int hg_stated_versions(hg_statement source, uint64_t family, const uint8_t *text, uint32_t length, uint64_t range[2]);

/* What the confidence of an answer depends on. */
typedef struct hg_basis {
    uint64_t families[HG_CLAIM_FAMILIES]; /* identities */
    uint32_t family_count;                /* that fit */
    uint8_t manner;                       /* how the signature fits: 0 specific, 1 generic, 2 fuzzy */
    uint8_t weight;                       /* of its source: 0 unstated, 1 low, 2 medium, 3 high */
    uint8_t counts_families;              /* 1: what labelled hosts have confirmed of its families counts */
} hg_basis;

/* The share of answers of this kind whose family is right, 0.0 for more than two families; and the same of
 * versions, NAN where it is not measured. By the database's own tables, or those of the default one where it has
 * none. */
HG_API void hg_confidence(const hg_database *database, const hg_basis *basis, double *share, double *version_share);

/* The measured share of ClientHellos named by the signature `hello` (its place in the section hellos) that had its
 * label; NAN if it was not measured. */
HG_API double hg_client_confidence(const hg_database *database, uint32_t hello);

typedef enum hg_answer_text {
    HG_ANSWER_FAMILY = 0,     /* one or two families; none where more fit */
    HG_ANSWER_FAMILIES = 1,   /* all that fit */
    HG_ANSWER_CANDIDATES = 2, /* the other labels */
    HG_ANSWER_EVIDENCE = 3,   /* reasons, in words */
    HG_ANSWER_TEXTS = 4
} hg_answer_text;

/* What all signatures that fit a handshake as well as its own say together. */
typedef struct hg_answer {
    double confidence;         /* of the family; 0.0: unknown */
    double version_confidence; /* NAN: no versions are named, or it is not measured */
    double version_share;      /* the same, whether or not versions are named */
    hg_basis basis;
    uint32_t ends[HG_ANSWER_TEXTS]; /* of its texts */
} hg_answer;

/* The answer to row `row`, which is a SYN or SYN+ACK. Its texts lie in `texts` one after the other, and each text of a
 * list is followed by a newline. `*length` is what they take; they are whole when that is not above `capacity`. 0: no
 * signature fits, and there is no answer. HG_E_ARGUMENT for a row that is no handshake, or refers to what the database
 * does not hold. */
HG_API hg_status hg_row_answer(const hg_batch *batch, const hg_database *database, uint32_t row, hg_answer *out, char *texts,
                        size_t capacity, size_t *length, hg_error *error);

/* ---- tables ---------------------------------------------------------------------- */

/* ArrowArray of Arrow's C data interface (arrow.apache.org/docs/format/CDataInterface.html). */
typedef struct hg_arrow_array {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct hg_arrow_array **children;
    struct hg_arrow_array *dictionary;
    void (*release)(struct hg_arrow_array *array);
    void *private_data;
} hg_arrow_array;

/* Records of batches as tables: one with a column for each field of a record, or one for each kind of event, with the
 * fields of that kind. Columns and their types are those of the record's description, in its order (docs/record-fields.md).
 * Texts that repeat are dictionaries; invalid UTF-8 in them is replaced. */
typedef struct hg_records hg_records;

/* `hash_key` should be secret where strangers choose the packets. */
HG_API hg_status hg_records_new(int by_kind, const uint64_t hash_key[2], hg_records **out, hg_error *error);
HG_API void hg_records_free(hg_records *records);
/* Adds the first `count` rows of a batch; nothing of it is needed later. `database` and `capture` (where the packets are
 * from) may be NULL; the database is needed until another is given. `hides_private`: without personal data.
 * HG_E_ARGUMENT: a row that no engine made; after other errors the tables are empty. */
HG_API hg_status hg_records_add(hg_records *records, const hg_batch *batch, uint32_t count, const hg_database *database,
                                const char *capture, int hides_private, hg_error *error);
/* Rows of the table of a kind of event (hg_event); of the one of all kinds, `event` is 0. */
HG_API uint32_t hg_records_count(const hg_records *records, uint32_t event);
/* Gives that table to `out`, without copying, and begins a new one. `out->release` frees it, also after hg_records_free. */
HG_API hg_status hg_records_take(hg_records *records, uint32_t event, hg_arrow_array *out, hg_error *error);

/* Copies the rows of these kinds of events, as bits, these findings (bits by hg_host_finding_name) and
 * this news about devices (by hg_device_change), with all texts. HG_E_ARGUMENT: `out` has no room for all rows and texts of `batch`, or a row is of no reader. */
HG_API hg_status hg_batch_select(const hg_batch *batch, uint32_t events, uint32_t findings, uint32_t devices, hg_batch *out, hg_error *error);

/* Puts value i of `count`, of `value_bytes` each, to place rows[i] of `out`. The other places are unchanged: the caller
 * fills them with the value for "none". */
HG_API void hg_spread_values(const uint8_t *values, uint32_t value_bytes, const uint32_t *rows, uint32_t count,
                      uint8_t *out);

/* Clears the column `outer` of those among `count` rows that have no tunnel. The core leaves these places unset: few
 * rows have a tunnel, and the core reads no others. */
HG_API void hg_clear_outer(const uint8_t *tunnel, uint32_t count, uint8_t *outer);

/* Bytes of the text of an address (RFC 5952) at most. */
#define HG_MAX_ADDRESS 45

/* Groups the SYNs and SYN+ACKs of a batch by all that they show and how they were named:
 * `groups[row]` becomes the number of the row's group, -1 in rows of other events, and
 * `first_rows[group]` the first row of a group; both have room for a number a row. Groups are
 * numbered from 0 in order of appearance, `*count` of them. `hash_key` should be secret where strangers
 * choose the packets. */
HG_API hg_status hg_handshake_groups(const hg_batch *batch, uint64_t hash_key, int32_t *groups, uint32_t *first_rows,
                              uint32_t *count, hg_error *error);

/* Texts of a hello that are made on request. */
typedef enum hg_hello_text {
    HG_HELLO_JA4 = 0,
    HG_HELLO_JA4_R = 1,  /* the lists in place of their digests */
    HG_HELLO_JA4_O = 2,  /* in the order of the wire */
    HG_HELLO_JA4_RO = 3, /* both */
    HG_HELLO_JA4_STABLE = 4,
    HG_HELLO_JA4_STABLE_R = 5,
    HG_HELLO_JA3_TEXT = 6, /* the only text of a ServerHello: its JA3S */
    HG_HELLO_TEXTS = 7
} hg_hello_text;

/* Writes a text of row `row`, whose event is a hello; `*length` is what it takes, and it is whole when
 * that is not above `capacity`. Empty where the row has none. HG_E_ARGUMENT: no hello. */
HG_API hg_status hg_hello_write(const hg_batch *batch, uint32_t row, hg_hello_text which, char *out, size_t capacity,
                         size_t *length, hg_error *error);

/* Lists of a hello, in the order of the wire, with what is sent to be ignored (GREASE). */
typedef enum hg_hello_list {
    HG_HELLO_CIPHERS = 0,    /* numbers of 24 bits in SSL 2.0's format */
    HG_HELLO_EXTENSIONS = 1, /* their types */
    HG_HELLO_GROUPS = 2,
    HG_HELLO_KEY_SHARES = 3, /* their groups */
    HG_HELLO_SIGNATURE_ALGORITHMS = 4,
    HG_HELLO_VERSIONS = 5, /* of the extension */
    HG_HELLO_LISTS = 6
} hg_hello_list;

/* Puts the values of a list into `out`, as many as fit; `*count` is how many there are. As above. */
HG_API hg_status hg_hello_codes(const hg_batch *batch, uint32_t row, hg_hello_list which, uint32_t *out, uint32_t capacity,
                         uint32_t *count, hg_error *error);
/* The content of the first extension of a type: `*data` lies in the batch, NULL: none. */
HG_API hg_status hg_hello_extension(const hg_batch *batch, uint32_t row, uint32_t type, const uint8_t **data,
                             uint32_t *length, hg_error *error);

/* Whether what different readers say of a connection's client can be of one system. A proxy, the exit of
 * a VPN and a container look like contradictions. */
typedef enum hg_verdict {
    HG_VERDICT_NOT_CHECKED = 0, /* something is unknown */
    HG_VERDICT_CONSISTENT = 1,
    HG_VERDICT_CONTRADICTS = 2,
    HG_VERDICTS = 3
} hg_verdict;

/* In words; NULL past the last. */
HG_API const char *hg_verdict_name(uint32_t verdict);
/* Bytes of the reason of a verdict at most. */
#define HG_WHY_BYTES 320

/* Whether a request is of the browser that its User-Agent names. A changed User-Agent, an intercepting proxy or
 * antivirus product, a privacy mode and a desktop-site setting look like a mismatch. */
typedef enum hg_client_check {
    HG_CLIENT_NOT_CHECKED = 0, /* it names no browser that is known, or a proxy passed the request on */
    HG_CLIENT_CONSISTENT = 1,
    HG_CLIENT_MISMATCH = 2,
    HG_CLIENT_CHECKS = 3
} hg_client_check;

/* In words; NULL past the last. */
HG_API const char *hg_client_check_name(uint32_t check);

/* What was found; `why` is as in requests and databases: not escaped, not terminated. */
typedef struct hg_client_verdict {
    hg_client_check check;
    uint32_t facts;  /* bytes of `why` that name two facts, or the reason; the usual causes follow */
    uint32_t length; /* bytes of `why` */
    char why[HG_WHY_BYTES];
} hg_client_verdict;

/* Of a request that was written down. `hello`: what named a ClientHello of the connection, HG_NOT_SEEN for none;
 * `in_order`: 1 where the headers are in the order received. `database` may be NULL. */
HG_API void hg_client_judge_fields(const hg_database *database, const hg_http_fields *fields, uint32_t hello, int in_order,
                                   hg_client_verdict *out);

/* Words for numbers of TLS; NULL for one that has none here. Ciphers lack "TLS_" at the front. */
HG_API const char *hg_tls_version_name(uint16_t version);
HG_API const char *hg_tls_cipher_name(uint16_t cipher);
HG_API const char *hg_tls_group_name(uint16_t group);
/* The version of QUIC in words: "1", "2", "draft-29", "T051"; in hex where it has none. Ends with a zero. */
#define HG_QUIC_VERSION_TEXT 12
HG_API void hg_quic_version_text(uint32_t version, char out[HG_QUIC_VERSION_TEXT]);
/* "TLS 1.2": what a server that could do better says it chose; NULL for HG_DOWNGRADE_NONE and past the last. */
HG_API const char *hg_downgrade_name(uint32_t downgrade);

/* Which header values are shown; never values of optional headers, nor possible secrets. */
typedef enum hg_http_visibility {
    HG_HTTP_SHOW_COMMON = 0, /* headers of p0f's common list, names for which the database has values (all with
                              * hg_config.http_values), and the software */
    HG_HTTP_SHOW_ALL = 1,    /* as p0f does */
    HG_HTTP_SHOW_PRIVATE = 2 /* headers of the common list only: no software of a server */
} hg_http_visibility;

/* The signature of row `row`, whose event is one of HTTP, in p0f's notation; `database` may be NULL. `*length` is
 * what it takes, and it is whole when that is not above `capacity`. HG_E_ARGUMENT: another event. */
HG_API hg_status hg_http_write(const hg_batch *batch, const hg_database *database, uint32_t row, hg_http_visibility shown,
                               char *out, size_t capacity, size_t *length, hg_error *error);
/* The name of header `index` of it, as on the wire: `*name` lies in the batch, NULL: past the last. */
HG_API hg_status hg_http_header(const hg_batch *batch, uint32_t row, uint32_t index, const uint8_t **name,
                         uint32_t *length, hg_error *error);

/* All signatures of the database that fit its head, at most `capacity`; `*count` is how many fit. */
HG_API hg_status hg_http_match_row(const hg_batch *batch, const hg_database *database, uint32_t row, hg_http_match *out,
                            uint32_t capacity, uint32_t *count, hg_error *error);

#define HG_LANGUAGE_NONE 0
#define HG_LANGUAGE_UNKNOWN 255
/* A language in English, as p0f names it; NULL for the two above and past the last. */
HG_API const char *hg_language_name(uint8_t language);

/* Bytes of a Community ID: "1:" and 28 of base64. */
#define HG_COMMUNITY_BYTES 30

/* The Community ID v1 (seed 0) of rows `first` to `last` - 1, HG_COMMUNITY_BYTES each. */
HG_API void hg_community_ids(const hg_batch *batch, uint32_t first, uint32_t last, char *out);

/* cdef:end */

#endif
