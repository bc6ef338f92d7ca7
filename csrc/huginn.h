/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * huginn.h - the one public header of the C core.
 *
 *     source ──frames──▶ engine ──rows──▶ batch ──text──▶ render
 *                          ▲
 *                       database
 *
 * Most programs need only the first functions, up to hg_results_free: they give the results of a capture or of packets,
 * with the names of systems and programs. The others give control over each part.
 *
 * The core does not depend on Python. cffi reads the declarations between the cdef marks
 * from this file, so that part contains plain declarations only.
 *
 * Conventions
 *   - A function that can fail returns hg_status: HG_OK (0) or a negative code. It also
 *     fills the caller's hg_error, unless that is NULL. Any of these functions may return
 *     HG_E_MEMORY. After a failure `*out` is NULL.
 *   - hg_X_new and hg_X_open create a handle, which the caller owns; hg_X_free frees it
 *     and accepts NULL. Only one thread at a time may use a handle. Databases and filters
 *     are immutable, so any number of threads may share one.
 *   - Borrowed memory must stay valid and unchanged until the handle is freed. A returned
 *     pointer belongs to the handle that returned it; names of enum values are static
 *     ASCII strings.
 *   - Times are ns since the epoch, UTC. Addresses are 16 bytes in network order; IPv4
 *     takes the first four, the rest is zero. Ports and numbers are in host order.
 */
#ifndef HUGINN_H
#define HUGINN_H

#include <stddef.h>
#include <stdint.h>

/* Exports a function if the core is built as a shared library (HG_EXPORTS). */
#if defined HG_EXPORTS && defined _WIN32
#define HG_API __declspec(dllexport)
#elif defined HG_EXPORTS
#define HG_API __attribute__((visibility("default")))
#else
#define HG_API
#endif

#define HG_VERSION "0.1.0"

#ifdef __cplusplus
extern "C" {
#endif

/* cdef:begin */

typedef enum hg_status {
    HG_OK = 0,            /* success; more may follow */
    HG_END = 1,           /* success; the input has ended */
    HG_PAUSED = 2,        /* stopped early to keep the call short; see hg_config.pauses */
    HG_E_MEMORY = -1,     /* an allocation failed */
    HG_E_IO = -2,         /* reading failed; error.system holds errno */
    HG_E_FORMAT = -3,     /* not a capture, or a damaged one */
    HG_E_TRUNCATED = -4,  /* the input ends inside a record */
    HG_E_DATABASE = -5,   /* a signature database was refused */
    HG_E_ARGUMENT = -6,   /* a value outside its documented range */
    HG_E_UNSUPPORTED = -7 /* well-formed, but of an unsupported kind */
} hg_status;

/* What went wrong and where. `record` counts from 1 (0: the error is not about a record);
 * `offset` is in bytes from the start of the input. `message` is one line of plain ASCII. */
typedef struct hg_error {
    int32_t status;
    int32_t system;
    uint64_t record;
    uint64_t offset;
    char message[240];
} hg_error;

/* ---- version -------------------------------------------------------------------- */

/* Version of the binary interface. It rises with each change that requires programs to be compiled again;
 * a new function does not change it. The name of the shared library contains it, so that the system's
 * loader compares it. */
#define HG_ABI 2

/* HG_ABI of the loaded library, for programs that load it themselves at run time. */
HG_API uint32_t hg_abi(void);
/* The version of the loaded library as text, "0.1.0". */
HG_API const char *hg_version(void);

/* ---- results: the stable part ------------------------------------------------------ */

typedef struct hg_database hg_database;

/* The built-in database. Static, never freed. */
HG_API const hg_database *hg_database_default(void);
/* Opens a binary database in memory. The bytes are borrowed and must start at a multiple of 8
 * (else HG_E_ARGUMENT). This call checks every reference in them once, so that lookups need
 * no checks. HG_E_DATABASE: the bytes are damaged, cut, or of another format.
 * HG_E_UNSUPPORTED: the machine is not little-endian. */
HG_API hg_status hg_database_open(const uint8_t *bytes, size_t length, hg_database **out, hg_error *error);
HG_API void hg_database_free(hg_database *database);

/* One event, and what the database says about its sender. Texts are UTF-8 as captured or as in the database, end with
 * NUL, and are "" if there is nothing to say. Later versions add members at the end only. */
typedef struct hg_result {
    int64_t time_ns;
    uint64_t packet_number; /* from 1 */
    const char *event; /* as in records: "syn", "tls_client" */
    const char *source; /* the sender's address; "" in frames without IP */
    const char *destination;
    uint16_t source_port;
    uint16_t destination_port;
    const char *family; /* "Linux", "macOS or iOS"; of handshakes and segments */
    const char *name; /* of the label: a system, a program, or the kind of link */
    const char *flavor; /* of the label: its version or variant */
    const char *version; /* the versions that the label stands for, in words: "4.19-6.15" */
    const char *reasons; /* of handshakes: why, one reason per line */
    double confidence; /* of the family or the program, 0.0 to 1.0; NAN: not measured */
    double version_confidence; /* of the versions */
    const struct hg_batch *batch; /* with `row`: the event, for the other functions */
    uint32_t row;
} hg_result;

/* The results of one capture, or of packets. All protocols are read except those of HG_QUIET_PROTOCOLS. */
typedef struct hg_results hg_results;

/* Opens the capture at `path`; NULL: for packets of hg_results_feed. `database` is borrowed, NULL names nothing. Errors
 * are those of hg_source_open_fd. */
HG_API hg_status hg_results_open(const char *path, const hg_database *database, hg_results **out, hg_error *error);
/* Adds a packet, which begins with the header of `linktype` (1: Ethernet, 101: IP) and is borrowed until
 * hg_results_next returns HG_END. `packet` NULL: there are no more; results that waited for an acknowledgement follow.
 * HG_E_ARGUMENT: the packet before it still has results, or there is a capture. */
HG_API hg_status hg_results_feed(hg_results *results, const uint8_t *packet, size_t length, uint32_t linktype,
                                 int64_t time_ns, hg_error *error);
/* Gives the next result, which is valid until the next call. HG_END: the capture, or the packet, has no more.
 * HG_PAUSED: a pipe had no data for a while; call again. An error comes after the results before it; after that the
 * remaining results follow. */
HG_API hg_status hg_results_next(hg_results *results, const hg_result **out, hg_error *error);
HG_API void hg_results_free(hg_results *results);

/* ---- signature database ---------------------------------------------------------- */

/* The tables in a header by `huginn compile --header`: `&PREFIX_tables`. */
typedef struct hg_tables hg_tables;
/* Opens such tables, which are borrowed, as hg_database_open opens a file's bytes. The byte order does not matter.
 * HG_E_DATABASE: they are damaged, or the header was made for another format. */
HG_API hg_status hg_database_of_tables(const hg_tables *tables, hg_database **out, hg_error *error);

/* The first record of section `name`, the number of its records, and the bytes per record; NULL: there
 * is no such section. sigcompiler/table/layout.py describes the sections. */
HG_API const void *hg_database_section(const hg_database *database, const char *name, uint32_t *count,
                                       uint32_t *stride);
/* 32 bytes: SHA-256 of the source text that the database was compiled from. */
HG_API const uint8_t *hg_database_source_hash(const hg_database *database);
/* The hash key of its hash tables. */
HG_API uint64_t hg_database_hash_key(const hg_database *database);

/* ---- one packet's fingerprint ---------------------------------------------------- */

#define HG_MAX_OPTIONS 24
#define HG_NO_SIGNATURE 0xFFFFFFFF
#define HG_NOT_SEEN 0xFFFFFFFE /* in place of a signature: no packet or message to match was seen */

/* The values of a SYN or SYN+ACK that signatures describe. */
typedef struct hg_observation {
    uint32_t quirks;          /* bits of hg_quirk */
    uint32_t ts1;             /* the sender's timestamp, 0 without the option */
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
    /* The option layout: the column olayout holds these four fields. */
    uint8_t options[HG_MAX_OPTIONS];
    uint8_t option_count;
    uint8_t eol_pad; /* bytes after an EOL */
    uint8_t zero[6];
} hg_observation;

/* The result of matching an observation. */
typedef struct hg_match {
    uint32_t signature; /* index in file order over both directions, or HG_NO_SIGNATURE */
    uint8_t fuzzy;      /* 1 when soft quirks or the TTL differ, or options were erased on the path */
} hg_match;

/* Finds the signature of an observation: the first exact specific one, else the first exact
 * generic one, else the first fuzzy one, each in file order. The cost does not grow with the
 * database. Elements of `options` from option_count on must be 0. */
HG_API hg_match hg_database_match(const hg_database *database, const hg_observation *observation);

/* Writes all signatures that hg_database_match would accept, in its order, at most `capacity`;
 * returns how many fit. This linear scan is the reference that tests compare
 * hg_database_match with. */
HG_API uint32_t hg_database_match_all(const hg_database *database, const hg_observation *observation, hg_match *out,
                                      uint32_t capacity);

/* ---- one hello's fingerprint ----------------------------------------------------- */

#define HG_JA4_LENGTH 36

/* The result of matching a ClientHello. */
typedef struct hg_tls_match {
    uint32_t signature; /* index in the section hellos, or HG_NO_SIGNATURE */
    uint8_t stable;     /* 1 when only the stable JA4 fits */
    uint8_t wildcard;   /* 1 when the signature has wildcards */
} hg_tls_match;

/* Finds the signature of a ClientHello by its JA4 and its stable JA4. HG_JA4_LENGTH characters of each
 * are read; NULL, or text that is not a JA4, fits no signature. Of several signatures that fit, the
 * order decides: specific before generic, without wildcards before with wildcards, JA4 before stable
 * JA4, then file order. The cost does not grow with the number of signatures, only with the number of
 * different sets of wildcard positions (64 at most). */
HG_API hg_tls_match hg_database_match_tls(const hg_database *database, const char *ja4, const char *ja4_stable);

#define HG_DEVICE_VALUES 5 /* type, manufacturer, model, system, version */
#define HG_DEVICE_VALUE_BYTES 96

/* The values of a device that an announcement states; length 0: not stated. */
typedef struct hg_device_values {
    uint8_t lengths[HG_DEVICE_VALUES];
    char values[HG_DEVICE_VALUES][HG_DEVICE_VALUE_BYTES];
} hg_device_values;

/* Finds the signature of an announcement: its index in the section announcements, or HG_NO_SIGNATURE, as without a
 * database (NULL). `out` gets the values of its label; captured parts of the text replace names such as <model>. `kind`
 * is the position of a word in sigcompiler/announcements.csv; the first 255 bytes of `text` count. Of several
 * that fit, specific signatures come before generic ones, then the one with the most literal text is chosen. The cost
 * does not grow with the number of signatures. */
HG_API uint32_t hg_database_match_device(const hg_database *database, uint32_t kind, const char *text, size_t length,
                                         hg_device_values *out);

/* How many bytes at the beginning of an announcement may be shown because they do not identify a person. */
HG_API size_t hg_announcement_shown(uint32_t kind, const char *text, size_t length);

/* Writes all signatures that hg_database_match_tls would accept, in its order, at most `capacity`; returns
 * how many fit. This linear scan over signature texts is the reference that tests compare that function with. */
HG_API uint32_t hg_database_match_all_tls(const hg_database *database, const char *ja4, const char *ja4_stable,
                                          hg_tls_match *out, uint32_t capacity);

/* ---- the segments of a host ------------------------------------------------------- */

#define HG_SEGMENT_VALUES 9 /* one per feature of [segments] signatures, in the order of sigcompiler/vocabulary.py */

/* ---- one HTTP message's fingerprint ---------------------------------------------- */

/* The result of matching the head of an HTTP message. */
typedef struct hg_http_match {
    uint32_t signature; /* index in the section https, or HG_NO_SIGNATURE */
    uint8_t generic;    /* 1 when the signature's label is generic */
    uint8_t dishonest;  /* 1 when its User-Agent or Server lacks the signature's software */
} hg_http_match;

/* A head that was recorded elsewhere, for example in a log. `places` has four numbers per header: offset and
 * length of its name, then offset and length of its value, in `bytes`. At most 100 headers count. */
typedef struct hg_http_fields {
    const uint8_t *bytes;
    const uint16_t *places;
    uint32_t count;
    uint8_t response; /* 0 request, 1 response */
    uint8_t version;  /* 0 for HTTP/1.0, 1 for HTTP/1.1, 2 for HTTP/2 */
} hg_http_fields;

/* The first function finds its signature as the HTTP reader does. The second writes all signatures that fit, at
 * most `capacity`, and returns how many fit. */
HG_API hg_http_match hg_database_match_fields(const hg_database *database, const hg_http_fields *fields);
HG_API uint32_t hg_database_match_all_fields(const hg_database *database, const hg_http_fields *fields,
                                             hg_http_match *out, uint32_t capacity);

/* The first item of the database's `ua_os` list that `text` contains: its index in the section systems, or
 * HG_NO_SIGNATURE, as without a database (NULL). `text` is a User-Agent, or the platform of a client hint. */
HG_API uint32_t hg_database_claims(const hg_database *database, const uint8_t *text, uint32_t length);

/* ---- results --------------------------------------------------------------------- */

/* Readers write events. Each has its own columns. */
typedef enum hg_reader_id {
    HG_READER_TCP = 0,
    HG_READER_TLS = 1,
    HG_READER_HTTP = 2,
    HG_READER_CHANGES = 3, /* not a protocol: hg_hosts reads the rows of the other readers */
    HG_READER_SEGMENTS = 4, /* not a protocol: all segments of a host together (hg_config.segments) */
    HG_READER_DEVICES = 5, /* all protocols by which devices announce themselves */
    HG_READER_SSH = 6,
    HG_READER_GREETINGS = 7, /* servers that speak first */
    HG_READER_CERTIFICATES = 8, /* part of the TLS reader */
    HG_READERS = 9
} hg_reader_id;

/* Kinds of events. Each event is one row, and rows are in order of capture. Events of one packet are together, in
 * the order below; only a change follows the row that shows it. Columns without a value for an event are zero
 * (signature and link: HG_NO_SIGNATURE). The source sent the packet, the destination received it. */
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
    HG_EVENT_HOST_CHANGE = 9,   /* the source address is now used by another system than before */
    HG_EVENT_IP_SHARING = 10,   /* the system changes so often that several must share the address */
    HG_EVENT_SEGMENTS = 11,     /* the source's segments indicate a system family, or another one than before */
    HG_EVENT_DHCP = 12,         /* a client's message, or a server's reply; DHCPv6 too */
    HG_EVENT_MDNS = 13,         /* a device's answers about itself */
    HG_EVENT_SSDP = 14,         /* NOTIFY, or an answer to M-SEARCH */
    HG_EVENT_NETBIOS = 15,      /* a name, or an announcement to browsers */
    HG_EVENT_SMB = 16,          /* an NTLM message, or a session setup that states the system */
    HG_EVENT_LLDP = 17,
    HG_EVENT_CDP = 18,
    HG_EVENT_SSH_CLIENT = 19,   /* the client's identification, and its key exchange */
    HG_EVENT_SSH_SERVER = 20,   /* the same for the server, and its host key */
    HG_EVENT_ARP = 21,          /* a device states its address, or looks for another one's */
    HG_EVENT_GREETING = 22,     /* a server's greeting: FTP, SMTP, POP3, IMAP, MySQL, PostgreSQL, TDS */
    HG_EVENT_FINDING = 23,      /* a new finding about the source */
    HG_EVENT_NEIGHBOR = 24,     /* Neighbor Discovery, the ARP of IPv6; or a router's announcement */
    HG_EVENT_CERTIFICATE = 25,  /* a TLS server's certificate, up to TLS 1.2 */
    HG_EVENT_DNS = 26,          /* a DNS or mDNS question for a service that devices call; a host name in LLMNR */
    HG_EVENT_DEVICE_CHANGE = 27, /* news about a device on the captured network segment */
    HG_EVENT_SNMP = 28,         /* a device's answer about its system */
    HG_EVENT_DISCOVERY = 29,    /* MNDP, CAPWAP's discovery, Tuya's broadcasts, UPnP's descriptions */
    HG_EVENT_SIGNALLING = 30,   /* what a program of SIP, RTSP or SCCP says of itself */
    HG_EVENT_INDUSTRIAL = 31,   /* what a machine of a plant states about itself, or its role */
    HG_EVENT_LOGIN = 32, /* the answer to a login in clear text, or an SSH session that goes on after its login */
    HG_EVENT_PROXIED = 33,      /* a PROXY header: a balancer states whose connection it forwards */
    HG_EVENT_KINDS = 34
} hg_event;

/* Protocols that can be switched on separately; hg_config.protocols has a bit for each. */
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
    HG_PROTOCOL_DISCOVERY = 16,  /* MNDP, CAPWAP, Tuya */
    HG_PROTOCOL_SIGNALLING = 17, /* SIP, RTSP, SCCP */
    HG_PROTOCOL_INDUSTRIAL = 18, /* protocols of plants and buildings, such as Modbus and BACnet */
    HG_PROTOCOLS = 19
} hg_protocol;

/* All of them. */
#define HG_ALL_PROTOCOLS 524287
/* Protocols with many packets that say little: ARP, Neighbor Discovery, DNS, SNMP. */
#define HG_QUIET_PROTOCOLS 59392

/* The name of a protocol; NULL past the last. */
HG_API const char *hg_protocol_name(uint32_t protocol);

/* The name of an event, as records have it; NULL past the last. */
HG_API const char *hg_event_name(uint32_t event);
/* The reader that writes it; HG_READERS past the last. */
HG_API hg_reader_id hg_event_reader(uint32_t event);

/* Why an uptime is not reliable. Current systems start the timestamp clock of each connection
 * at a random value; the packets or the system's name reveal this. */
typedef enum hg_doubt {
    HG_DOUBT_NONE = 0,
    HG_DOUBT_FREQUENCY = 1, /* no known system has a clock of this rate */
    HG_DOUBT_SCATTERED = 2, /* the timestamps of two connections of the host cannot come from one clock */
    HG_DOUBT_YOUNGER = 3,   /* the host was already seen before this uptime began */
    HG_DOUBT_ALONE = 4,     /* no second measurement agrees with it */
    HG_DOUBT_RANDOM = 5,    /* this system normally has a separate clock for each connection */
    HG_DOUBT_EARLIER = 6,   /* the host would have started before its system was released */
    HG_DOUBT_STARTED = 7, /* the clock wraps within 5 minutes: Linux starts it there, so the uptime counts from boot */
    HG_DOUBT_KINDS = 8
} hg_doubt;

/* The reason in words, or NULL for HG_DOUBT_NONE and past the last. */
HG_API const char *hg_doubt_reason(uint32_t doubt);

/* Why the segments of a host indicate no system family. */
typedef enum hg_silence {
    HG_SILENCE_NONE = 0, /* they indicate one */
    HG_SILENCE_TOO_FEW = 1,
    HG_SILENCE_SEVERAL_TTLS = 2, /* several systems at one address, or routes of very different length */
    HG_SILENCE_FAR = 3, /* more than 30 hops: its initial TTL is uncertain */
    HG_SILENCE_TTL_255 = 4, /* the initial TTL of devices */
    HG_SILENCE_TTL_32 = 5,
    HG_SILENCE_NO_DF = 6, /* a segment that may be fragmented */
    HG_SILENCE_NO_RULE = 7,
    HG_SILENCES = 8
} hg_silence;

/* The reason in words, NULL for HG_SILENCE_NONE and past the last. */
HG_API const char *hg_silence_reason(uint32_t silence);

/* The name of an hg_login; NULL past the last. */
HG_API const char *hg_login_name(uint32_t login);

/* Tunnels that can carry a packet. */
typedef enum hg_tunnel {
    HG_TUNNEL_NONE = 0,
    HG_TUNNEL_VXLAN = 1, /* and VXLAN-GPE */
    HG_TUNNEL_GENEVE = 2,
    HG_TUNNEL_GRE = 3,
    HG_TUNNEL_ERSPAN = 4,
    HG_TUNNEL_IPIP = 5, /* IPv4 in IP, IPv6 in IPv6 */
    HG_TUNNEL_6IN4 = 6,
    HG_TUNNEL_GTPU = 7,
    HG_TUNNEL_TEREDO = 8,
    HG_TUNNEL_L2TP = 9, /* versions 2 and 3 */
    HG_TUNNEL_PPTP = 10,
    HG_TUNNEL_EOIP = 11,
    HG_TUNNEL_ETHERIP = 12,
    HG_TUNNEL_MPLS = 13, /* in IP, in UDP, and Ethernet in MPLS */
    HG_TUNNEL_LISP = 14,
    HG_TUNNEL_CAPWAP = 15,
    HG_TUNNEL_TZSP = 16,
    HG_TUNNEL_HP_ERM = 17,
    HG_TUNNEL_PBB = 18,
    HG_TUNNEL_NSH = 19,
    HG_TUNNEL_KINDS = 20
} hg_tunnel;

/* In place of hg_tunnel: no tunnel, but a VLAN, or an interface in a capture of all interfaces. */
#define HG_TUNNEL_SEGMENT 0x80

/* The name of a kind ("none" for 0), or NULL past the last. */
HG_API const char *hg_tunnel_name(uint32_t tunnel);

/* The fields of headers that state what follows. */
typedef enum hg_space {
    HG_SPACE_IP = 0, /* no field: an IP header */
    HG_SPACE_LINKTYPE = 1,
    HG_SPACE_ETHERTYPE = 2,
    HG_SPACE_SNAP = 3,
    HG_SPACE_PPP = 4,
    HG_SPACE_PROTOCOL = 5, /* of an IP header */
    HG_SPACE_UDP = 6 /* port */
} hg_space;

/* Gives the i-th header that is opened to find the IP packet inside: the field and number that state it, and its name.
 * Returns 0 past the last. Its link types are those that are supported. */
HG_API int hg_wrapping_list(uint32_t i, hg_space *space, uint32_t *number, const char **name);

/* Columns of the TCP reader's events, one value per TCP event. */
typedef struct hg_tcp_columns {
    uint32_t *row; /* row of the event in the shared columns; ascending */
    /* syn, syn_ack */
    uint8_t *ttl; /* as received */
    uint8_t *ittl; /* estimated initial TTL */
    int16_t *distance; /* hops */
    uint8_t *olen;
    uint16_t *mss;
    uint16_t *wsize;
    uint8_t *window_kind; /* 0 literal, 1 mss*N, 2 mtu*N */
    uint16_t *window_multiple; /* N */
    uint8_t *wscale;
    uint8_t (*olayout)[32]; /* 24 bytes: option kinds; 1: their number; 1: number of bytes after EOL; 6: zeros */
    uint32_t *quirks; /* bits of hg_quirk */
    uint8_t *pclass; /* 0 none, 1 some */
    uint8_t *dscp;
    uint32_t *signature; /* index in the signature section, or HG_NO_SIGNATURE */
    uint8_t *fuzzy;
    uint8_t *syn_seen; /* syn_ack: 1 when its SYN was seen */
    uint32_t *ts1; /* the sender's timestamp, 0 without the option */
    /* mtu */
    uint32_t *mtu;
    uint32_t *link; /* index in the mtu section, or HG_NO_SIGNATURE */
    /* uptimes */
    uint32_t *uptime_minutes;
    uint32_t *modulo_days;
    uint16_t *frequency_hz; /* rounded to a rate that systems use */
    double *raw_frequency_hz; /* as measured */
    uint8_t *uptime_doubt; /* hg_doubt: why the uptime should not be believed */
} hg_tcp_columns;

/* Transports that carry a hello. */
typedef enum hg_transport {
    HG_TRANSPORT_TCP = 0,
    HG_TRANSPORT_QUIC = 1,
    HG_TRANSPORT_DTLS = 2,
    HG_TRANSPORT_OPENVPN = 3, /* TLS in OpenVPN's control channel over UDP */
    HG_TRANSPORTS = 4
} hg_transport;

/* The mark with which a TLS 1.3 server says that it chose an older version (RFC 8446, 4.1.3). */
typedef enum hg_downgrade {
    HG_DOWNGRADE_NONE = 0,
    HG_DOWNGRADE_TLS12 = 1, /* it chose 1.2 */
    HG_DOWNGRADE_TLS11 = 2, /* it chose an older one */
    HG_DOWNGRADES = 3
} hg_downgrade;

/* Columns of the TLS reader's events. */
typedef struct hg_tls_columns {
    uint32_t *row; /* as in hg_tcp_columns */
    uint8_t *transport; /* hg_transport */
    uint16_t *tls_version; /* tls_client: the newest one offered; tls_server: the chosen one */
    uint32_t *quic_version; /* of the packet that completed the hello; 0: not QUIC */
    uint8_t *malformed; /* 1: the extensions are cut or contradictory */
    uint8_t *post_quantum; /* 1: a key share has a group that resists quantum computers */
    uint32_t *hello_offset; /* the message in the texts of the batch, with its header of 4 bytes */
    uint32_t *hello_length;
    /* tls_client */
    uint8_t (*ja4)[HG_JA4_LENGTH]; /* ASCII; zeros in SSL 2.0's format */
    uint8_t (*ja4_stable)[HG_JA4_LENGTH]; /* without the extensions that depend on session resumption */
    uint32_t *sni_offset; /* the name of the server, in the texts; length 0: none */
    uint32_t *sni_length;
    uint32_t *quic_user_agent_offset; /* QUIC's transport parameter user_agent, in the texts; length 0: none */
    uint32_t *quic_user_agent_length;
    uint32_t *client; /* index in the section hellos, or HG_NO_SIGNATURE */
    uint8_t *client_stable; /* 1: only the stable JA4 fits it */
    uint8_t *client_wildcard; /* 1: the signature has wildcards */
    uint32_t *tls_syn; /* signature of the connection's SYN, as in hg_tcp_columns; or HG_NOT_SEEN */
    uint8_t *ech; /* 1: has the extension for encrypted hellos */
    uint8_t *ssl2; /* 1: SSL 2.0's format; the message begins with its type */
    /* tls_server */
    uint16_t *cipher;
    uint16_t *group; /* of its key share; 0: none */
    uint8_t *hello_retry; /* 1: a HelloRetryRequest */
    uint8_t *downgrade; /* hg_downgrade */
} hg_tls_columns;

/* Columns of the HTTP reader's events. Texts are offsets and lengths in the texts of the batch;
 * length 0: none. */
typedef struct hg_http_columns {
    uint32_t *row; /* as in hg_tcp_columns */
    uint8_t *http_version; /* 0 for HTTP/1.0, 1 for HTTP/1.1, 2 for HTTP/2 */
    uint32_t *head_offset; /* the whole head, in the format of csrc/http/values.h */
    uint32_t *head_length;
    uint32_t *software; /* index in the section https, or HG_NO_SIGNATURE */
    uint8_t *dishonest; /* 1: the stated software lacks the text that the signature requires */
    /* http_request */
    uint32_t *method_offset;
    uint32_t *method_length;
    uint32_t *http_host_offset; /* from the header Host, or from the request target */
    uint32_t *http_host_length;
    uint32_t *path_offset; /* none unless hg_config.http_paths */
    uint32_t *path_length;
    uint32_t *user_agent_offset;
    uint32_t *user_agent_length;
    uint8_t *language; /* hg_language_name */
    uint32_t *platform_offset; /* of the client hints Sec-CH-UA-Platform and ...-Version */
    uint32_t *platform_length;
    uint32_t *platform_version_offset;
    uint32_t *platform_version_length;
    uint32_t *akamai_offset; /* HTTP/2 fingerprint in Akamai's notation (csrc/http/h2.h); none if longer than
                                HG_MOST_HTTP_TEXT */
    uint32_t *akamai_length;
    uint32_t *http_syn; /* signature of the connection's SYN, as in hg_tcp_columns; or HG_NOT_SEEN */
    uint32_t *http_hello; /* signature of an earlier ClientHello, as `client` in hg_tls_columns; or HG_NOT_SEEN */
    /* http_response */
    uint16_t *status;
    uint32_t *server_header_offset;
    uint32_t *server_header_length;
} hg_http_columns;

#define HG_MAC_LENGTH 6

/* Who could have sent a row's claim about its host. A higher scope means fewer possible senders, and a claim never
 * replaces one of a higher scope (reasons: docs/reference/hardening.md). */
typedef enum hg_scope {
    HG_SCOPE_NONE = 0, /* the row is not used for any host: it names another host, or its sender is not on the link */
    HG_SCOPE_REMOTE = 1, /* anyone who can forge a source address */
    HG_SCOPE_SEGMENT = 2, /* any station on the link */
    HG_SCOPE_OWN = 3, /* a station on the link with the host's known MAC; only hosts have this scope, not rows */
    HG_SCOPE_HANDSHAKE = 4, /* the end of a TCP connection, after it acknowledged the other end's packets */
    HG_SCOPES = 5
} hg_scope;

/* The name of a scope, such as "handshake"; NULL: there is no such scope. */
HG_API const char *hg_scope_name(uint32_t scope);

/* Columns of the events by which devices announce themselves. */
typedef struct hg_device_columns {
    uint32_t *row; /* as in hg_tcp_columns */
    uint8_t (*mac)[HG_MAC_LENGTH]; /* of the device that the event is about */
    uint8_t (*source_mac)[HG_MAC_LENGTH]; /* of the frame */
    uint8_t *macs; /* bits: 1 `mac` is known, 2 `source_mac` is known, 4 a DHCP server on the link or a
                    * router sent it, 8 it came over TCP, 16 it states DNS servers for the link */
    uint8_t (*device_ip)[16]; /* the device's address; it may differ from the packet's */
    uint8_t *device_ip_version; /* 4 or 6; 0: not known */
    uint32_t *datagram; /* a digest of the identification and the content of an IP datagram; 0: not known */
    uint8_t *message; /* the protocol's number for the kind of message; 0: none */
    uint8_t *forwarded; /* 1: a relay forwarded it */
    uint8_t *shows_names; /* 1: personal data is shown (hg_config.host_names) */
    uint16_t *max_message_size; /* dhcp: option 57; 0: none */
    uint32_t *lease_seconds; /* dhcp: option 51 of an acknowledgement; 0: none */
    uint32_t *announced_offset; /* its announcements, in the texts of the batch: csrc/announcements/announced.h */
    uint32_t *announced_length;
    /* arp, neighbor */
    uint8_t *operation; /* hg_link_operation */
    uint8_t *unicast; /* 1: only one station receives the frame */
    uint8_t (*target_ip)[16]; /* the address that it asks for; of a reply or advertisement, the receiver's */
    uint8_t *target_ip_version; /* 4 or 6; 0: none, or not an address of one host */
    uint16_t *router_lifetime; /* of a router's advertisement, in seconds; 0: it forwards no packets */
    /* device_change */
    uint8_t *change; /* hg_device_change */
    uint8_t (*previous_mac)[HG_MAC_LENGTH]; /* the MAC that had the address before; zeros: none */
    uint32_t *change_count; /* how often the address changed between two MACs; of HG_NEWS_LEFT_OUT: how many news */
    uint32_t *unseen_seconds; /* since the device was last seen; if an address moved, since its previous MAC was last
                                 seen with it */
} hg_device_columns;

/* What an ARP packet or a Neighbor Discovery message does. */
typedef enum hg_link_operation {
    HG_LINK_NONE = 0, /* another event */
    HG_LINK_REQUEST = 1, /* ARP, as in RFC 826 */
    HG_LINK_REPLY = 2,
    HG_LINK_ROUTER_SOLICITATION = 3, /* Neighbor Discovery, RFC 4861 */
    HG_LINK_ROUTER_ADVERTISEMENT = 4,
    HG_LINK_SOLICITATION = 5,
    HG_LINK_ADVERTISEMENT = 6,
    HG_LINK_REDIRECT = 7,
    HG_LINK_OPERATIONS = 8
} hg_link_operation;

/* News about a device. */
typedef enum hg_device_change {
    HG_DEVICE_NEW = 0,
    HG_DEVICE_BACK = 1, /* the device is back after a long absence */
    HG_DEVICE_CHANGED = 2, /* it states another type, model or system than before */
    HG_ADDRESS_MOVED = 3, /* the device now uses another device's address */
    HG_ADDRESS_CONFLICT = 4, /* two devices use the address alternately */
    HG_NEW_DHCP_SERVER = 5,
    HG_NEW_ROUTER = 6,
    HG_NEWS_LEFT_OUT = 7, /* `change_count` news about any devices were left out before this packet of the device */
    HG_SEGMENT_CHANGED = 8, /* the device states a value of the segment, such as a resolver, that is new there */
    HG_ADDRESS_CLAIMED = 9, /* the device states that it has another device's address, from which it sends nothing */
    HG_DEVICE_CHANGES = 10
} hg_device_change;

#define HG_WATCHED_KEY 18
#define HG_WATCHED_TEXT 32
#define HG_WATCHED_GATEWAY 128 /* a lease named the address as a gateway, or its MAC advertised it as a router */

/* Kinds of hg_watched. Besides these, 4 and 6 are an IPv4 and an IPv6 address. */
typedef enum hg_watched_kind {
    HG_WATCHED_MAC = 0,
    HG_WATCHED_STATED = 1, /* a value that a segment states, such as a resolver */
    HG_WATCHED_VALUE = 2, /* the value of a field in one kind of announcement by a MAC; `mac` is the value's hash */
    HG_WATCHED_FINDINGS = 8 /* with the IP version as lower bits: findings of an address that were reported */
} hg_watched_kind;

/* The remembered state of a MAC or an address; a store keeps it between runs. */
typedef struct hg_watched {
    uint8_t key[HG_WATCHED_KEY]; /* MAC or address, then zeros; the last two bytes are the number of its segment */
    int64_t since_ns; /* when the address last moved, or the MAC last took over an address */
    int64_t last_ns;
    uint32_t moves;
    uint8_t mac[HG_MAC_LENGTH]; /* the MAC that has the address; for HG_WATCHED_VALUE a hash */
    uint8_t before[HG_MAC_LENGTH]; /* the MAC that had it before */
    uint8_t kind;
    uint8_t roles; /* changes already reported, as bits by hg_device_change; of an address also HG_WATCHED_GATEWAY */
    uint8_t text[HG_WATCHED_TEXT]; /* of HG_WATCHED_VALUE: the value, cut, then zeros */
} hg_watched;

typedef struct hg_watch_config {
    int64_t absent_ns; /* a device that was absent for longer is reported as back */
    uint8_t random_macs; /* 1: locally administered MACs are reported, too */
} hg_watch_config;

/* Whether completed connections prove that the host itself sent the SYNs of a scan. Without them, anyone can have
 * forged the SYNs. */
typedef enum hg_finding_handshake {
    HG_HANDSHAKE_NOT_ASKED = 0, /* the finding is not a scan */
    HG_HANDSHAKE_NONE = 1,
    HG_HANDSHAKE_COMPLETED = 2,
    HG_HANDSHAKES = 3
} hg_finding_handshake;

/* Of the latest 32 scores of a role, how many are at least 6, 3, 2 and 1. */
#define HG_CHANGE_HITS 4

/* Columns of the changes and findings that a run inserts (hg_run_report). */
typedef struct hg_change_columns {
    uint32_t *row; /* as in hg_tcp_columns */
    uint16_t *reasons; /* bits by hg_reason */
    uint8_t (*raw_hits)[HG_CHANGE_HITS];
    uint8_t *reported; /* 0: only p0f's formats show the row, because it says nothing new about the host */
    uint8_t *finding; /* hg_host_finding_name */
    uint8_t *handshake; /* hg_finding_handshake */
    uint8_t (*finding_mac)[HG_MAC_LENGTH]; /* of the host that the finding is about; zeros: not known */
} hg_change_columns;

/* Columns of the segments event: values of all the source's segments so far, except handshakes. */
typedef struct hg_segment_columns {
    uint32_t *row; /* as in hg_tcp_columns */
    uint32_t *segments_rule; /* index in the section segments, or HG_NO_SIGNATURE */
    uint8_t *silence; /* hg_silence */
    uint8_t *segments_ittl; /* initial TTL; 0: there are several, or it is uncertain */
    uint8_t *segments_df; /* 1: all have DF */
    uint8_t *id_behaviour; /* of IP IDs, as numbered in sigcompiler/vocabulary.py */
    uint16_t *low_window; /* windows as sent, other than 0, without RST segments */
    uint16_t *high_window;
    uint16_t *frequent_window;
    uint8_t *segments_ts; /* 1: they carry timestamps */
    uint16_t *segments_hz; /* the rate of the timestamps; 0: not known */
    uint16_t *segment_count; /* number of segments; after 65,535 it goes on from 32,768 */
} hg_segment_columns;

/* Whether a key exchange of SSH resists quantum computers. */
typedef enum hg_ssh_quantum {
    HG_SSH_QUANTUM_UNKNOWN = 0, /* no key exchange was read yet */
    HG_SSH_QUANTUM_NONE = 1, /* no such method is offered */
    HG_SSH_QUANTUM_OFFERED = 2,
    HG_SSH_QUANTUM_CHOSEN = 3, /* the two ends' lists select such a method */
    HG_SSH_QUANTUMS = 4
} hg_ssh_quantum;

#define HG_HASSH_LENGTH 16
#define HG_SSH_KEY_LENGTH 32

/* Columns of the SSH reader's events. Texts are offsets and lengths in the texts of the batch; length 0: none. */
typedef struct hg_ssh_columns {
    uint32_t *row; /* as in hg_tcp_columns */
    uint32_t *banner_offset; /* the identification, without its line end */
    uint32_t *banner_length;
    uint32_t *kexinit_offset; /* lists of the key exchange (RFC 4253, 7.1), each after its length in four bytes */
    uint32_t *kexinit_length;
    uint8_t (*hassh)[HG_HASSH_LENGTH]; /* MD5 of four of these lists; zeros without them */
    uint8_t *post_quantum_kex; /* hg_ssh_quantum */
    /* ssh_server */
    uint32_t *key_exchange_offset; /* the method that the two ends' lists select */
    uint32_t *key_exchange_length;
    uint32_t *host_key_type_offset;
    uint32_t *host_key_type_length;
    uint8_t (*host_key)[HG_SSH_KEY_LENGTH]; /* SHA-256 of the key blob that the server sent; zeros without one */
} hg_ssh_columns;

/* Protocols in which the server greets. */
typedef enum hg_greeting {
    HG_GREETING_FTP = 0,
    HG_GREETING_SMTP = 1,
    HG_GREETING_POP3 = 2,
    HG_GREETING_IMAP = 3,
    HG_GREETING_MYSQL = 4,
    HG_GREETING_POSTGRESQL = 5,
    HG_GREETING_TDS = 6,
    HG_GREETINGS = 7
} hg_greeting;

/* Where a login was sent. Only SSH encrypts it. */
typedef enum hg_login {
    HG_LOGIN_FTP = 0,
    HG_LOGIN_SMTP = 1,
    HG_LOGIN_POP3 = 2,
    HG_LOGIN_IMAP = 3,
    HG_LOGIN_LDAP = 4,
    HG_LOGIN_TELNET = 5,
    HG_LOGIN_HTTP = 6, /* Basic */
    HG_LOGIN_SSH = 7,
    HG_LOGINS = 8
} hg_login;

/* Columns of greetings, logins and PROXY headers. Texts are offsets and lengths in the texts of the batch; length 0:
 * none. */
typedef struct hg_greeting_columns {
    uint32_t *row; /* as in hg_tcp_columns */
    uint8_t *greeting_protocol; /* hg_greeting */
    uint32_t *greeting_signature; /* index in the section announcements, or HG_NO_SIGNATURE */
    uint32_t *program_offset; /* this and the next four texts come from the signature's label */
    uint32_t *program_length;
    uint32_t *program_version_offset;
    uint32_t *program_version_length;
    uint32_t *program_variant_offset;
    uint32_t *program_variant_length;
    uint32_t *stated_system_offset;
    uint32_t *stated_system_length;
    uint32_t *greeting_text_offset; /* the greeting's first line; none without hg_config.host_names */
    uint32_t *greeting_text_length;
    uint8_t *login_protocol; /* hg_login; 0 for a greeting, as the next */
    uint8_t *login_refused; /* 1: the server refused it */
    uint8_t (*proxied_src_ip)[16]; /* the client's address in a PROXY header; then the address that it connected to */
    uint8_t (*proxied_dst_ip)[16];
    uint16_t *proxied_src_port;
    uint16_t *proxied_dst_port;
    uint8_t *proxied_version; /* 4 or 6; 0: not a PROXY header */
} hg_greeting_columns;

#define HG_SHA256_LENGTH 32
#define HG_SUBJECT_HASH 8

typedef enum hg_key_type {
    HG_KEY_OTHER = 0,
    HG_KEY_RSA = 1,
    HG_KEY_RSA_PSS = 2,
    HG_KEY_DSA = 3,
    HG_KEY_EC = 4,
    HG_KEY_ED25519 = 5,
    HG_KEY_ED448 = 6,
    HG_KEY_ML_DSA_44 = 7,
    HG_KEY_ML_DSA_65 = 8,
    HG_KEY_ML_DSA_87 = 9,
    HG_KEY_TYPES = 10
} hg_key_type;

/* Weaknesses of a key and of its signature, as bits. */
typedef enum hg_weakness {
    HG_WEAK_RSA = 1, /* less than 2,048 bits */
    HG_WEAK_MD5 = 2,
    HG_WEAK_SHA1 = 4,
    HG_WEAKNESSES = 8 /* past all of them */
} hg_weakness;

/* Columns of certificates: the first one of a chain. Texts are as in hg_greeting_columns. */
typedef struct hg_certificate_columns {
    uint32_t *row; /* as in hg_tcp_columns */
    int64_t *not_before; /* s since the epoch; INT64_MIN: it cannot be read */
    int64_t *not_after;
    uint32_t *key_bits; /* 0: implied by key_type, or unknown */
    uint8_t *key_type; /* hg_key_type */
    uint8_t *self_signed;
    uint8_t *weaknesses; /* bits of hg_weakness; of all certificates in the chain except trust anchors */
    uint8_t *weak_position; /* of the first weak certificate in the chain; 0: the server's own, or none is weak */
    uint32_t *signature_algorithm_offset;
    uint32_t *signature_algorithm_length;
    uint32_t *subject_offset; /* subject, issuer and site_names are empty without hg_config.host_names */
    uint32_t *subject_length;
    uint32_t *issuer_offset;
    uint32_t *issuer_length;
    uint32_t *site_names_offset; /* separated by commas */
    uint32_t *site_names_length;
    uint8_t (*sha256)[HG_SHA256_LENGTH];
    uint8_t (*weak_subject)[HG_SUBJECT_HASH]; /* first bytes of the SHA-256 of its subject (DER); zeros: none is weak */
} hg_certificate_columns;

#define HG_TUNNEL_BYTES 48

/* The columns of a batch. Only these structs define the columns' names, types and order. Shared
 * columns have a value for every event, a reader's columns only for its own events. */
typedef struct hg_columns {
    int64_t *time_ns;
    uint64_t *packet_number; /* from 1 over all input */
    uint64_t *flow; /* packet_number of the first packet of its connection */
    uint8_t *event; /* hg_event */
    uint8_t *from_server; /* 1 when the server of the conversation sent the packet */
    uint8_t *ip_version; /* 4 or 6; 0: the frame had no IP, and there are neither addresses nor ports */
    uint8_t (*src_ip)[16];
    uint8_t (*dst_ip)[16];
    uint16_t *src_port;
    uint16_t *dst_port;
    uint8_t *tunnel; /* hg_tunnel: the packet's outermost tunnel; or HG_TUNNEL_SEGMENT */
    uint8_t (*outer)[HG_TUNNEL_BYTES]; /* opaque identity of all its tunnels; not written without a tunnel or segment */
    uint8_t *scope; /* hg_scope */
    uint32_t *anomalies; /* sets of hg_anomaly: why the receiver of its bytes may not have taken them; begins with 0 */
    uint64_t *station; /* MAC of the frame, upper 16 bits: number of its segment. 0: unknown; in a tunnel; no senders */
    uint64_t *receiver; /* of a SYN or SYN+ACK: the same for the MAC that the frame was sent to */
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

/* What a later packet shows about the handshake of its connection, as bits. */
enum {
    HG_COMPLETES = 1, /* the client acknowledged the server's answer, which proves that it sent the SYN itself */
    HG_DISPUTED_ANSWER = 2, /* there were several answers, so the SYN+ACK of the event may be forged */
    HG_PROBES = 4, /* the client closes a completed connection without having sent data */
    HG_REFUSES = 8, /* the server's answer is an RST */
    HG_COMPLETES_ANSWER = 16 /* as HG_COMPLETES, if the SYN was not captured: only the SYN+ACK is completed */
};

/* The marks of one packet. A completion is not an event; it follows the rows of earlier packets. */
typedef struct hg_completion {
    int64_t time_ns;
    uint64_t packet_number;
    uint64_t flow;
    uint64_t marks;
} hg_completion;

/* Whether the sender of a packet is on the captured link. */
typedef enum hg_nearness {
    HG_NEAR_UNKNOWN = 0,
    HG_NEAR_BY_LOW_TTL = 1, /* the TTL or hop limit is one that systems send, or as low as in traceroute */
    HG_NEAR_BY_TTL = 2, /* the TTL or hop limit is one that systems send */
    HG_NEAR_BY_DESTINATION = 3 /* routers never forward packets to the destination */
} hg_nearness;

typedef enum hg_sender_mark {
    HG_SENDER_IS_FAR = 1, /* a packet's TTL or hop limit, or its MPLS label, shows a router; a TTL of 32 may */
    HG_SENDER_STATES = 2, /* its only packet is of Neighbor Discovery, which states who has the address, or a repeater's
                              copy of another's */
    HG_SENDER_IS_NEAR = 4 /* `nearness` of all packets is HG_NEAR_BY_TTL or more */
} hg_sender_mark;

/* Packets that one address sent on the captured link, with one protocol and from one MAC. Not an event: readers need
 * not know the packets. Tunnels are not opened. */
typedef struct hg_sender {
    uint8_t address[16];
    int64_t first_ns;
    int64_t last_ns;
    uint64_t packet_number; /* of the first packet */
    uint64_t second_number; /* of the second packet; 0: there is none */
    uint64_t segment; /* of the frames: VLAN tags and the interface, in an opaque form; 0: neither */
    uint32_t packets;
    uint16_t server_port; /* the port below 1024 from which they went to other ports; 0: none */
    uint8_t version; /* of IP; 0: packets without the IP address of a host, of which all else is 0 but their times */
    uint8_t protocol; /* of IP */
    uint8_t mac[HG_MAC_LENGTH]; /* of the frames; zeros: unknown */
    uint8_t nearness; /* hg_nearness, the highest of the packets */
    uint8_t marks; /* bits by hg_sender_mark */
} hg_sender;

/* A TCP packet as no system sends it, but FIN, NULL and Xmas scans do: with neither SYN, ACK nor RST, data, options nor
 * an acknowledgement number. Not an event. Tunnels are not opened. */
typedef struct hg_stealth {
    int64_t time_ns;
    uint64_t packet_number;
    uint64_t segment; /* as in hg_sender */
    uint8_t src_ip[16];
    uint8_t dst_ip[16];
    uint16_t src_port;
    uint16_t dst_port;
    uint8_t ip_version;
    uint8_t mac[HG_MAC_LENGTH]; /* of the frame; zeros: unknown */
    uint8_t zero[5];
} hg_stealth;

#define HG_MOST_TORN 8

typedef struct hg_batch {
    hg_columns columns; /* memory of the caller, `capacity` values each */
    uint32_t capacity; /* at least HG_MIN_BATCH */
    uint32_t count; /* events: rows of the shared columns */
    uint32_t counts[HG_READERS]; /* rows of each reader's columns, by hg_reader_id */
    uint8_t *texts; /* memory of the caller, to which columns of texts refer; or NULL */
    uint32_t text_capacity; /* bytes */
    uint32_t text_count; /* bytes filled */
    hg_completion *completions; /* memory of the caller, or NULL: not wanted */
    uint32_t completion_capacity; /* at least HG_MIN_COMPLETIONS */
    uint32_t completion_count;
    hg_sender *senders; /* with hg_config.senders; memory of the caller, or NULL: not wanted */
    uint32_t sender_capacity; /* at least HG_MIN_SENDERS */
    uint32_t sender_count;
    hg_stealth *stealth; /* memory of the caller, for `sender_capacity` of them; or NULL: not wanted */
    uint32_t stealth_count;
    uint32_t begins_source; /* 1: the batch has the first events of a source */
    uint32_t torn_count; /* connections with segments in IP fragments; HG_MOST_TORN + 1: more than are listed */
    uint32_t has_anomalies; /* 0: the column `anomalies` is 0 in all rows */
    uint64_t torn[HG_MOST_TORN]; /* their numbers, as in the column `flow` */
} hg_batch;

/* Creates a batch with memory for `capacity` events, `text_capacity` bytes of texts, and so many completions and
 * senders. For an engine these are at least HG_MIN_BATCH, HG_MIN_TEXTS, HG_MIN_COMPLETIONS or 0, and HG_MIN_SENDERS
 * or 0. A caller that supplies its own memory needs neither function. */
HG_API hg_status hg_batch_new(uint32_t capacity, uint32_t text_capacity, uint32_t completion_capacity,
                              uint32_t sender_capacity, hg_batch **out, hg_error *error);
HG_API void hg_batch_free(hg_batch *batch);
/* Checks rows that this library did not write, such as rows restored from a file: every offset, row number, index
 * into `database` (or NULL) and enum value. HG_E_ARGUMENT: one is not valid. */
HG_API hg_status hg_batch_verify(const hg_batch *batch, const hg_database *database, hg_error *error);

#define HG_MIN_BATCH 16
/* The least `text_capacity` if bytes of connections are read. */
#define HG_MIN_TEXTS 65536
#define HG_MIN_COMPLETIONS 2048
#define HG_MIN_SENDERS 2048

/* Why a packet was not analysed; each such packet has exactly one reason. */
typedef enum hg_drop {
    HG_DROP_NONE = 0,
    HG_DROP_TRUNCATED = 1, /* captured bytes end inside a header that is needed */
    HG_DROP_UNSUPPORTED_LINKTYPE = 2, /* link type of the interface is not supported */
    HG_DROP_BAD_LINK_HEADER = 3, /* link header contradicts itself */
    HG_DROP_NOT_IP = 4, /* neither IPv4 nor IPv6 */
    HG_DROP_BAD_IP_HEADER = 5, /* lengths or version of the IP header are wrong */
    HG_DROP_NOT_TCP = 6, /* no reader takes its protocol */
    HG_DROP_FRAGMENT = 7, /* a part of an IP packet */
    HG_DROP_BAD_TCP_HEADER = 8, /* data offset outside the packet */
    HG_DROP_BAD_FLAGS = 9, /* no or contradictory SYN, ACK, FIN, RST */
    HG_DROP_FILTERED = 10, /* a filter or time span excludes it */
    HG_DROP_ENCRYPTED = 11, /* 802.11 frame with encrypted content */
    HG_DROP_KINDS = 12
} hg_drop;

/* The name under which a reason is counted, or NULL past the last. */
HG_API const char *hg_drop_name(uint32_t drop);

/* Why the receiver of a TCP segment refuses it, or may refuse it. The build copies this list to the manual
 * (docs/reference/counters.md). "refused": the segment has no effect. "waits": its data wait until their receiver
 * acknowledges them, and its FIN or RST ends nothing. "unlikely": as "waits", and data of other segments replace them.
 * "noted": of the bytes as a whole. */
typedef enum hg_anomaly {
    HG_ANOMALY_OUT_OF_WINDOW = 0, /* refused: its numbers are outside the window that the receiver announced */
    HG_ANOMALY_OLD_TIMESTAMP = 1, /* refused: its timestamp is older than the receiver's latest (RFC 7323, 5.3) */
    HG_ANOMALY_TTL_TOO_LOW = 2, /* refused: it has too few hops left to arrive */
    HG_ANOMALY_FIN_WITHOUT_ACK = 3, /* refused: a FIN without ACK */
    HG_ANOMALY_NO_SESSION = 4, /* refused: data after both ends ended their connection */
    HG_ANOMALY_FIN_INVALID_SEQ = 5, /* refused: a FIN that does not follow the bytes before it; its data are read */
    HG_ANOMALY_RST_INVALID_SEQ = 6, /* refused: a RST without the next number (RFC 5961, 3.2) */
    HG_ANOMALY_WORSE_DATAGRAM = 7, /* refused: a QUIC or DTLS datagram, after ones in better form */
    HG_ANOMALY_INVALID_CHECKSUM = 8, /* unlikely: its checksum or its length is wrong */
    HG_ANOMALY_LOW_TTL = 9, /* unlikely: it has so few hops left that it may not arrive */
    HG_ANOMALY_SIGNATURE_OPTION = 10, /* unlikely: an MD5 or TCP-AO option that the handshake does not have, or lacks,
                                       * or an option with a wrong length */
    HG_ANOMALY_IP_OPTIONS = 11, /* unlikely: IP options or extension headers */
    HG_ANOMALY_NO_TIMESTAMP = 12, /* waits: no timestamp, although both ends agreed on them */
    HG_ANOMALY_INVALID_ECHO = 13, /* waits: it echoes a timestamp that no SYN+ACK had, before the handshake ends */
    HG_ANOMALY_INVALID_ACK = 14, /* waits: it acknowledges bytes that were not sent, or is too old (RFC 5961, 5.2) */
    HG_ANOMALY_BEYOND_WINDOW = 15, /* waits: some of its data are after the receiver's window */
    HG_ANOMALY_SYN_DATA = 16, /* waits: data of a SYN or SYN+ACK, which many receivers ignore */
    HG_ANOMALY_NO_ROOM = 17, /* refused: data that would wait, but there is no room for them */
    HG_ANOMALY_DIFFERENT_COPIES = 18, /* noted: copies of waiting bytes differ */
    HG_ANOMALY_UNACKNOWLEDGED = 19, /* noted: the capture or connection ended before the bytes were acknowledged */
    HG_ANOMALY_URGENT_BYTE = 20, /* noted: a byte out of band, which receivers take out of the data */
    HG_ANOMALY_EARLY_END = 21, /* noted: its sender's FIN, RST, SYN has a number before its waiting data */
    HG_ANOMALY_FRAGMENT = 22, /* noted: it is in IP fragments */
    HG_ANOMALY_KINDS = 23
} hg_anomaly;

/* The name of a reason, such as "no_timestamp"; NULL past the last. */
HG_API const char *hg_anomaly_name(uint32_t anomaly);

/* Link types that hg_stats names. */
#define HG_NAMED_LINKTYPES 8

/* Losses that the caller of hg_summary_write or hg_losses_write knows; the engine sets none. */
typedef struct hg_outside {
    uint64_t dropped; /* packets of an interface that were not read */
    uint64_t files; /* files that begin before the file before them ended */
    uint64_t lost; /* packets that were lost when captures were made, by the statistics of pcapng */
    uint64_t back; /* how often a packet of a capture was a second or more older than one before it, at least */
} hg_outside;

/* The build copies the fields' comments to the manual (docs/reference/counters.md). To add a counter, add a field with
 * a comment here, and a field of the same name in Stats (huginn_cffi/run/stats.py). */
typedef struct hg_stats {
    uint64_t packets; /* packets read */
    uint64_t bytes; /* captured bytes of these packets */
    uint64_t analysed; /* packets accepted for analysis; all others are in drops */
    uint64_t drops[16]; /* packets not analysed, by reason (hg_drop) */
    uint64_t anomalies[32]; /* segments that their receiver refuses or may refuse, by reason (hg_anomaly) */
    uint64_t events[64]; /* events, by kind (hg_event) */
    /* packets whose captured part ends inside a needed header, or inside data that a reader waits for */
    uint64_t packets_cut;
    uint64_t syn_acks_without_syn; /* SYN+ACKs whose SYN was not seen */
    uint64_t retransmissions; /* SYNs and SYN+ACKs seen before in their flow */
    uint64_t flows; /* flows opened */
    uint64_t flows_without_beginning; /* flows opened by data that a reader recognised, without a handshake */
    uint64_t flows_back_in_time; /* flows that begin a second or more before the flow opened before them */
    uint64_t flows_closed; /* flows that ended with FIN or RST */
    uint64_t flows_replaced; /* flows that a new SYN on the same ports ended */
    uint64_t flows_aged; /* flows without a packet for too long: 900 s, over UDP 10 s */
    uint64_t flows_evicted_half_open; /* flows evicted from the full table before their handshake was complete */
    uint64_t flows_evicted_established; /* flows evicted from the full table after their handshake was complete */
    uint64_t streams_with_gap; /* directions of connections with missing bytes, or too many pieces out of order */
    uint64_t streams_too_long; /* directions given up because the message being read exceeded the limit */
    uint64_t streams_evicted; /* directions given up because max_stream_bytes, or the machine's memory, was used up */
    uint64_t tls_later_hellos; /* ClientHellos after the first of their connection */
    uint64_t tls_unreadable; /* directions whose hello is malformed or too long; hellos after the fourth one that
                              * begins in the same DTLS datagram */
    uint64_t certificates_unreadable; /* chains of TLS servers that are malformed, or longer than 32 KB */
    uint64_t ssh_unreadable; /* identifications of SSH that break a rule; directions given up because the key exchange
                              * does, or the server sends too much text before its identification */
    uint64_t http_interim; /* interim responses, which another response follows: 1xx except 101 */
    uint64_t http_unreadable; /* directions given up because the head of a message breaks a rule of HTTP */
    uint64_t http_other; /* directions given up that began like HTTP but are not HTTP */
    uint64_t http_too_long; /* directions given up because a head exceeds the limit */
    uint64_t http_early; /* directions given up because the server spoke before the client's head was complete */
    uint64_t http_cut; /* messages whose row has only their first headers */
    uint64_t http_broken_bodies; /* directions given up in a body whose end is unknown (--http all) */
    uint64_t quic_not_decrypted; /* connections not read because no ciphers were supplied */
    uint64_t quic_undecryptable; /* Initial packets that no tried key could decrypt */
    uint64_t quic_google; /* packets of Google's own QUIC, whose handshake is not TLS */
    uint64_t quic_other_version; /* packets of unknown versions of QUIC */
    uint64_t streams_too_costly; /* directions given up because readers examined far more bytes than arrived */
    uint64_t dhcp_malformed; /* DHCP messages with wrong lengths or options; the part before the error is used */
    uint64_t mdns_malformed; /* mDNS answers with wrong lengths or names; the part before the error is used */
    uint64_t ssdp_malformed; /* SSDP datagrams that are not a message, or contain lines that are not headers */
    uint64_t netbios_malformed; /* NetBIOS datagrams with wrong names or lengths; the part before the error is used */
    uint64_t smb_malformed; /* SMB directions and session setups with wrong lengths */
    uint64_t lldp_malformed; /* LLDP frames without the required first elements, or with wrong lengths */
    uint64_t cdp_malformed; /* CDP frames with wrong lengths; the part before the error is used */
    uint64_t arp_malformed; /* ARP packets that are cut, or not for Ethernet and IPv4 */
    /* Neighbor Discovery messages with wrong lengths or values, or a hop limit below 255 */
    uint64_t neighbor_malformed;
    uint64_t dns_malformed; /* DNS and mDNS questions, and LLMNR messages, that are cut or malformed */
    uint64_t snmp_malformed; /* datagrams from port 161 that are not an SNMP message, or have wrong lengths or values */
    uint64_t discovery_malformed; /* datagrams of MNDP and CAPWAP with wrong lengths */
    uint64_t signalling_malformed; /* lines of SIP and RTSP heads without a colon */
    uint64_t industrial_malformed; /* messages of protocols of plants, and directions of connections, with wrong lengths
                                      or values */
    uint64_t datagrams_reassembled; /* UDP datagrams read after all their fragments arrived */
    uint64_t datagrams_incomplete; /* datagrams given up: fragments were missing 30 s after the first one arrived */
    uint64_t datagrams_overlapping; /* datagrams given up because their fragments overlap or exceed their end */
    uint64_t datagrams_evicted; /* fragmented datagrams given up for lack of room: 64 at once, 64 parts each */
    uint64_t device_news_left_out; /* news not reported: new devices in a flood, or a MAC's address changes within an
                                    * hour of its previous one */
    uint64_t attempts_displaced; /* answered SYNs and guessed passwords not counted: others had their place */
    uint64_t announcements_cut; /* device events that hold only the first announcements of their packet */
    uint64_t announcements_tunnelled; /* announcements not used for a host because they came in a tunnel */
    uint64_t announcements_routed; /* announcements not used for a host because they may come from outside the link */
    uint64_t announcements_of_others; /* announcements not used for a host because they name another host than their
                                       * sender */
    uint64_t streams_displaced; /* doubtful bytes replaced by other bytes before their receiver acknowledged them */
    uint64_t streams_disputed; /* directions whose last data were not read, because no packet acknowledged them, and
                                * their copies differ, a SYN had them, or their connection ended */
    uint64_t hosts; /* host clocks remembered */
    uint64_t hosts_aged; /* host clocks forgotten because of their age */
    uint64_t hosts_evicted; /* host clocks evicted from the full table */
    uint64_t segment_hosts; /* hosts whose segments were examined */
    uint64_t segment_hosts_evicted; /* such hosts evicted from the full table */
    uint64_t segments_not_ipv4; /* segments not examined because they are IPv6 */
    /* The first link types that were not supported, each once; then zeros. */
    uint32_t unsupported_linktypes[HG_NAMED_LINKTYPES];
    uint32_t cut_at[2]; /* the fewest and the most captured bytes of the packets in packets_cut; 0: there are none */
    hg_outside outside;
} hg_stats;

/* Packets that were not analysed, and the header at which parsing ended. */
typedef struct hg_left_out {
    uint64_t packets;
    uint32_t space; /* hg_space of `number`; HG_SPACE_IP: `number` is a reason (hg_drop) */
    uint32_t number; /* of a link type, EtherType, IP protocol, or the UDP port that is known or smaller; 0: an LLC
                      * header; of SNAP the protocol without the organisation */
} hg_left_out;

/* The most names of packets left out that are listed. */
#define HG_MOST_LEFT_OUT 20

/* ---- sources --------------------------------------------------------------------- */

typedef struct hg_source hg_source;

/* Opens a capture in descriptor `fd`, a file or pipe that is borrowed and must stay open. Its first
 * bytes decide between pcap and pcapng. If the caller has already read bytes from `fd` to detect the
 * format, it passes them as `head`: `head_length` bytes, HG_MAX_HEAD at most; they are copied. The
 * source reads in pieces of bounded size. The caller sets `*out` to NULL; `error` is not NULL.
 * HG_E_IO with error.system EINTR: a signal came, or no input for 50 ms. Call again with the same
 * `*out`, which holds the bytes so far (with the head), or free it.
 * HG_E_FORMAT: not a capture; HG_E_TRUNCATED: it ends inside its header; HG_E_UNSUPPORTED: an
 * unsupported version. Later damage ends the source when it is reached, with HG_E_FORMAT or
 * HG_E_TRUNCATED, the record and its offset. */
HG_API hg_status hg_source_open_fd(int fd, const uint8_t *head, size_t head_length, hg_source **out, hg_error *error);
#define HG_MAX_HEAD 16
/* The same from memory, which is borrowed. */
HG_API hg_status hg_source_open_memory(const uint8_t *bytes, size_t length, hg_source **out, hg_error *error);
/* Opens `count` packets in memory. Packet i was captured at times_ns[i]; its bytes are from
 * bytes[offsets[i]] up to, but not including, bytes[offsets[i + 1]], and begin with the header of
 * `linktype`. All memory is borrowed. Descending offsets, or offsets 2^32 or more apart, end the
 * source with HG_E_ARGUMENT. */
HG_API hg_status hg_source_open_packets(const uint8_t *bytes, const uint64_t *offsets, const int64_t *times_ns,
                                        size_t count, uint32_t linktype, hg_source **out, hg_error *error);
HG_API void hg_source_free(hg_source *source);
/* Gives the times of the first and the latest packet read from a capture file or memory. Returns 0 if there is none, or
 * the source is another one. */
HG_API int hg_source_times(const hg_source *source, int64_t *first_ns, int64_t *latest_ns);
/* Adds what a capture file lost so far. */
HG_API void hg_source_add_losses(const hg_source *source, hg_outside *out);
/* How many packets tell captures apart. */
#define HG_FIRST_PACKETS 8
/* Reads up to `most` packets of a capture file or memory that nothing else reads, for what the next function gives. */
HG_API void hg_source_begin(hg_source *source, uint32_t most);
/* Gives digests of the time (in us) and the bytes of each of the first HG_FIRST_PACKETS packets; returns
 * how many were read, none of another source. Another thread may read the source. */
HG_API uint32_t hg_source_digests(const hg_source *source, uint64_t *digests);

/* Returns the frames of `inner`, but marks frames captured before `since_ns`, or at `until_ns`
 * and later, so that the engine counts them as filtered. `inner` is borrowed until
 * hg_source_free, which leaves it open. */
HG_API hg_status hg_source_open_between(hg_source *inner, int64_t since_ns, int64_t until_ns, hg_source **out,
                                        hg_error *error);

/* 1 if packets of this link type (LINKTYPE_ number) can be read. */
HG_API int hg_linktype_supported(uint32_t linktype);

/* ---- filters --------------------------------------------------------------------- */

/* Selects the conversations whose packets are analysed. The client is the end that sent the SYN;
 * the server answers. */
typedef struct hg_filter hg_filter;

/* An end of a conversation that a condition looks at. */
typedef enum hg_side { HG_SIDE_EITHER = 0, HG_SIDE_CLIENT = 1, HG_SIDE_SERVER = 2, HG_SIDES = 3 } hg_side;

/* Ports from `first` to `last`, both included. */
typedef struct hg_port_range {
    uint16_t first;
    uint16_t last;
} hg_port_range;

/* All addresses that share the first `prefix` bits of `address`. */
typedef struct hg_network {
    uint8_t address[16]; /* bits after the prefix are zero */
    uint8_t version; /* 4 or 6 */
    uint8_t prefix; /* 0 to 32 or 0 to 128 */
} hg_network;

/* True when the port of `side` is in one of the ranges, or its address in one of the
 * networks. A condition has either ports or networks. */
typedef struct hg_condition {
    const hg_port_range *ports;
    const hg_network *networks;
    uint32_t port_count;
    uint32_t network_count;
    uint8_t side; /* hg_side */
} hg_condition;

/* Compiles a filter. A conversation passes when all conditions are true; with `deny`, when one
 * is not. The conditions are copied. HG_E_ARGUMENT: a condition breaks these rules. */
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
    /* Runs on packets from their IP header on, whatever link header or tunnel precedes it. If it is
     * NULL, there is a program for each link type, which runs on the whole frame. */
    const void *ip_program;
    const void *const *link_programs;
    const uint32_t *linktypes;
    uint32_t count; /* of link_programs and linktypes */
} hg_bpf;

/* Returns the frames of `inner`, but marks frames that the expression refuses, so that the engine
 * counts them as filtered. A supported link type without a program ends the source with
 * HG_E_UNSUPPORTED. `inner` and everything that `bpf` points to are borrowed until
 * hg_source_free, which leaves `inner` open. */
HG_API hg_status hg_source_open_bpf(hg_source *inner, const hg_bpf *bpf, hg_source **out, hg_error *error);
/* The link type that ended such a source because it has no program, or -1. */
HG_API int64_t hg_source_bpf_unfit(const hg_source *source);

/* ---- live capture ---------------------------------------------------------------- */

/* Types of libpcap, which is loaded at run time: the core neither links it nor needs its
 * headers. The declarations below agree with libpcap's. */
struct pcap;
struct pcap_pkthdr;
typedef void (*hg_pcap_handler)(unsigned char *user, const struct pcap_pkthdr *header, const unsigned char *bytes);

/* An interface that the caller opened with libpcap: activated, non-blocking, its filter set. */
typedef struct hg_live {
    struct pcap *handle;
    int (*dispatch)(struct pcap *handle, int count, hg_pcap_handler handler, unsigned char *user);
    char *(*geterr)(struct pcap *handle);
    int dlt; /* result of pcap_datalink: DLT_ number of this system */
    int descriptor; /* result of pcap_get_selectable_fd; -1: none to wait on */
    uint32_t interface_index; /* to check whether it is up; 0: not an interface of the system */
    uint32_t snaplen; /* bytes kept of a packet, 1 to HG_MAX_SNAPLEN */
    uint32_t wait_ms; /* longest time that one call waits for packets */
    uint8_t nanoseconds; /* 1 when time stamps are in ns, 0 when in us */
} hg_live;

#define HG_MAX_SNAPLEN 65536

/* Opens a source for the packets of an interface. The handle is borrowed: it must stay open, and
 * nothing else may read from it. Without packets a call waits for at most `wait_ms` and then
 * returns no frames. After all available packets one call also returns no frames, so that the
 * caller can pass on their events. HG_E_IO: the interface went down or is gone; all packets
 * captured before come first. HG_E_UNSUPPORTED on opening: the link type is not supported.
 * Not in builds for Windows. */
HG_API hg_status hg_source_open_live(const hg_live *live, hg_source **out, hg_error *error);
/* Discards the packets captured so far. Before the call, set a filter that accepts no more packets. */
HG_API void hg_live_discard(const hg_live *live);

/* ---- ciphers --------------------------------------------------------------------- */

/* Functions that decrypt the first packets of QUIC connections: functions and ciphers of libcrypto (1.1 or
 * 3), named as there without EVP_; or, without libcrypto, `mask` and `open`. If all are NULL, nothing is
 * decrypted. Everything they need must stay valid while this struct is used. Any thread may call them. */
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
    /* Encrypts one block with AES-128; key, block and output have 16 bytes each. 1: done. */
    int (*mask)(void *user, const uint8_t *key, const uint8_t *block, uint8_t *out);
    /* Decrypts `length` bytes of AES-128-GCM to length - 16 bytes; the last 16 bytes are the tag, and the
     * nonce has 12 bytes. 1: done; 0: the bytes are not authentic. */
    int (*open)(void *user, const uint8_t *key, const uint8_t *nonce, const uint8_t *header, uint32_t header_length,
                const uint8_t *sealed, uint32_t length, uint8_t *out);
    void *user; /* given to both */
} hg_crypto;

/* Finds these functions; NULL: none. A worker calls it at the first packet that needs them. */
typedef const hg_crypto *(*hg_crypto_finder)(void);

/* Tests the functions with known messages, which they must decrypt or refuse. HG_E_UNSUPPORTED: a result is wrong, or
 * there are no functions. */
HG_API hg_status hg_crypto_check(const hg_crypto *crypto, hg_error *error);

/* ---- engine ---------------------------------------------------------------------- */

#define HG_MOST_UDP_PORTS 24
#define HG_MOST_LINK_PROTOCOLS 5
#define HG_SENDER_BYTES 96
/* Neighbor Discovery (ICMPv6), and redirects of ICMP. They concern only the link, so they are read like frames without
 * IP. */
#define HG_LINK_NEIGHBOR 0x3A000000000086DD

/* The packets and bytes that the active readers need. Everything else may be left out before
 * it reaches them. */
typedef struct hg_requirements {
    uint32_t stream_bytes; /* of each direction of a connection, from its beginning */
    uint8_t timestamps; /* 1: the TCP timestamps of all segments; SYN and SYN+ACK are always needed */
    uint8_t flow_ends; /* 1: FIN and RST */
    uint8_t udp; /* 1: datagrams on any ports that begin like a hello */
    uint8_t whole_streams; /* 1: bytes anywhere in a direction; at most `stream_bytes` of it are held at once */
    uint8_t segments; /* 1: the headers of all segments */
    uint8_t senders; /* 1: the first HG_SENDER_BYTES of all packets */
    uint16_t udp_ports[HG_MOST_UDP_PORTS]; /* at either end of datagrams that are read; then zeros */
    uint64_t link_protocols[HG_MOST_LINK_PROTOCOLS]; /* of frames without IP: an EtherType, or for SNAP the organisation
                                                      * in the upper bits and its protocol in the lower 16; then
                                                      * zeros */
} hg_requirements;

typedef struct hg_engine hg_engine;

#define HG_MAX_WORKERS 64

typedef struct hg_config {
    uint32_t max_connections; /* flows tracked, 1 or more */
    uint32_t max_hosts; /* host clocks tracked, 1 or more */
    uint32_t protocols; /* protocols to read: bits by hg_protocol, at least one */
    uint8_t uptime; /* 0: no uptimes, only TCP handshakes */
    uint8_t decapsulate; /* 1: packets in tunnels are analysed, 0: they count as not TCP */
    uint8_t http_paths; /* 1: paths of requests are kept */
    uint8_t pauses; /* 1: hg_engine_run returns HG_PAUSED so that no call takes long */
    uint8_t http_values; /* 1: signatures also show the values of uncommon headers */
    uint8_t http_all; /* 1: all requests and responses of a connection, 0: the first of each */
    uint8_t segments; /* 1: all segments of each host together are compared with the [segments] rules */
    uint8_t host_names; /* 1: events of devices show names of hosts and other personal data */
    uint8_t senders; /* 1: batches list the senders of all packets (hg_sender) */
    uint8_t left_out; /* 1: what packets hold that are not analysed is counted */
    uint64_t hash_key; /* random key of the hash tables; results do not depend on it */
    const hg_filter *filter; /* or NULL; borrowed */
    const hg_filter *tunnels; /* which tunnels are read, by both outer ends; NULL: all; borrowed */
    hg_crypto_finder find_crypto; /* or NULL: QUIC packets are not decrypted */
    uint32_t workers; /* 1 to HG_MAX_WORKERS; the events do not depend on it */
    uint64_t max_stream_bytes; /* limit for the bytes of all connections that are held until more arrive */
} hg_config;

/* The packets and bytes that an engine with this configuration needs. */
HG_API void hg_config_requirements(const hg_config *config, hg_requirements *out);

/* Creates an engine. `database` is borrowed, and so is the filter of `config`; NULL: no events are
 * matched with signatures. HG_E_ARGUMENT: a number is outside its range. */
HG_API hg_status hg_engine_new(const hg_config *config, const hg_database *database, hg_engine **out, hg_error *error);
HG_API void hg_engine_free(hg_engine *engine);
/* Clears the engine: no flows and hosts, all counters zero. It keeps its cached matches, so this
 * costs a fraction of creating an engine. */
HG_API void hg_engine_reset(hg_engine *engine);

/* Reads from `source` until the batch is full, `max_packets` were read, the source has no more packets
 * for now (HG_OK, perhaps without rows), or the input ends (HG_END). The batch is filled from its first
 * row on. An error of the source is returned unchanged; the batch then has the rows of all packets before
 * it. HG_E_ARGUMENT: the batch is too small, and nothing was read. Lack of memory for the bytes of a
 * connection is not an error: its direction is given up and counted (streams_evicted).
 * A source is borrowed until it has ended, because the engine reads blocks ahead. After that the next
 * source may follow: flows, hosts and packet numbers continue.
 * With hg_config.pauses a call returns HG_PAUSED after 25 ms in which packets were read beyond their headers. The next
 * call appends its rows to the batch, so the rows do not depend on where a call paused. */
HG_API hg_status hg_engine_run(hg_engine *engine, hg_source *source, hg_batch *batch, uint64_t max_packets,
                               hg_error *error);
/* After the last source has ended: reads the data that still wait for an acknowledgement, of packets up to number
 * `until`, UINT64_MAX at last. HG_OK: the batch is full, so call it again; HG_END: all are read. */
HG_API hg_status hg_engine_finish(hg_engine *engine, uint64_t until, hg_batch *batch, hg_error *error);
/* Saves the engine's state of flows, hosts and packet numbers as bytes, and returns how many; with NULL for `out` they
 * are only counted. hg_engine_load accepts them in another engine of the same build, configuration and hash key. They
 * do not contain packets that were read but are not in a batch yet. */
HG_API size_t hg_engine_save(hg_engine *engine, uint8_t *out);
/* HG_E_ARGUMENT: the bytes are damaged or of another kind; the engine is then empty. */
HG_API hg_status hg_engine_load(hg_engine *engine, const uint8_t *bytes, size_t length, hg_error *error);
/* Counters over all sources, up to date after each hg_engine_run. */
HG_API const hg_stats *hg_engine_stats(const hg_engine *engine);

/* Lists what packets held that were not analysed, the most frequent first. Returns the number; 0 without
 * hg_config.left_out. */
HG_API uint32_t hg_engine_left_out(const hg_engine *engine, hg_left_out out[HG_MOST_LEFT_OUT]);

/* ---- sensor: captures that do not end ---------------------------------------------- */

/* An engine for sources that continue for months. hg_config.workers threads read, parse and match
 * packets; one stage then takes the packets in order of capture time, so the same traffic gives the same
 * events for any number of workers. Flows, hosts and counters outlive sources, and the database can be
 * exchanged. A forked process cannot use a sensor of its parent (HG_E_ARGUMENT); there, closing and
 * freeing return at once. */
typedef struct hg_sensor hg_sensor;

typedef enum hg_sensor_mode {
    HG_SENSOR_RUN = 0,
    HG_SENSOR_HOLD = 1, /* reading stops for now; packets already read are returned */
    HG_SENSOR_DRAIN = 2 /* each source is read until it has no packets, then reading stops */
} hg_sensor_mode;

/* As hg_engine_new. */
HG_API hg_status hg_sensor_new(const hg_config *config, const hg_database *database, hg_sensor **out, hg_error *error);
HG_API void hg_sensor_free(hg_sensor *sensor);
/* Starts reading from `sources`: one source for each worker, or one for all. The array itself is not
 * kept; the sources are borrowed until hg_sensor_close. The packets of one source stay in its order;
 * several sources are merged by time. HG_E_ARGUMENT: another number of sources. */
HG_API hg_status hg_sensor_open(hg_sensor *sensor, hg_source *const *sources, uint32_t count, hg_error *error);
/* Stops reading. Packets that were read but not returned are lost; they were never counted. */
HG_API void hg_sensor_close(hg_sensor *sensor);
HG_API void hg_sensor_set_mode(hg_sensor *sensor, hg_sensor_mode mode);
/* Fills the batch from its first row on. HG_OK, perhaps without rows: there are no packets for now,
 * the batch is full, or 50 ms are over (150 ms without packets). HG_END: the sources have ended,
 * or are held or drained, and everything was returned. Before an error of one source is returned,
 * the rows of all sources' packets before it come first. */
HG_API hg_status hg_sensor_run(hg_sensor *sensor, hg_batch *batch, hg_error *error);
/* As hg_engine_finish, after hg_sensor_close. */
HG_API hg_status hg_sensor_finish(hg_sensor *sensor, hg_batch *batch, hg_error *error);
/* Exchanges the database, which is borrowed; NULL: no event is matched with signatures. Allowed only
 * before hg_sensor_open, or when hg_sensor_run has returned HG_END after HG_SENSOR_HOLD. */
HG_API hg_status hg_sensor_use(hg_sensor *sensor, const hg_database *database, hg_error *error);
/* The counters of one worker (counted from 0): its packets, and their effects on flows and hosts.
 * Returns the number of packets that found its ring full. Called by the thread that runs the sensor. */
HG_API uint64_t hg_sensor_stats(hg_sensor *sensor, uint32_t worker, hg_stats *out);
/* As hg_engine_left_out, of all workers. */
HG_API uint32_t hg_sensor_left_out(const hg_sensor *sensor, hg_left_out out[HG_MOST_LEFT_OUT]);

/* ---- reduced captures -------------------------------------------------------------------- */

/* The part of a capture that an engine uses: the packets that pass the filter, with no more data
 * than a reader needs. An engine produces the same events from it as from the whole capture. Columns
 * are memory of the caller, `capacity` values each. */
typedef struct hg_reduction {
    int64_t *time_ns;
    uint64_t *number; /* of the packet, from 1 over all that the reducer read; ascending */
    uint32_t *wire; /* bytes on the wire */
    uint32_t *length; /* bytes kept */
    uint32_t *linktype; /* LINKTYPE_ number */
    uint8_t *bytes; /* bytes of all packets, one after the other */
    uint64_t byte_capacity;
    uint64_t byte_count;
    const uint8_t *next; /* data of the first packet from `limit` on, or NULL */
    uint64_t packets; /* number of packets that the reducer read, including omitted ones; set by the caller */
    uint32_t capacity;
    uint32_t count; /* packets in these columns */
} hg_reduction;

typedef struct hg_reducer hg_reducer;

/* Keeps the packets and bytes that an engine with this configuration needs (hg_config_requirements).
 * The filter of `config` is borrowed. */
HG_API hg_status hg_reducer_new(const hg_config *config, hg_reducer **out, hg_error *error);
HG_API void hg_reducer_free(hg_reducer *reducer);
/* Fills `out` from its first value on, until it is full (HG_OK), the source ends (HG_END), or the
 * source fails (its error, after all packets before the damage). A source is borrowed until it has
 * ended. `limit` (or NULL) is an address in the memory of the source's packets: packets whose data
 * begin there or later are neither read nor counted, and the source ends before the first of them.
 * HG_E_ARGUMENT: a packet does not fit into `bytes`. */
HG_API hg_status hg_reducer_run(hg_reducer *reducer, hg_source *source, const uint8_t *limit, hg_reduction *out,
                                hg_error *error);
/* Counters of packets, bytes and drops over all sources. */
HG_API const hg_stats *hg_reducer_stats(const hg_reducer *reducer);
/* The packets of a reduced capture, which is borrowed. */
HG_API hg_status hg_source_open_reduced(const hg_reduction *reduced, hg_source **out, hg_error *error);

/* ---- captures with comments ---------------------------------------------------------- */

/* Copies a capture as pcapng, one piece at a time, and adds comments to packets and names to addresses.
 * A pcapng input is copied byte for byte, but section headers lose the length of their section. */
typedef struct hg_copy hg_copy;

/* The comments for a piece. All memory is borrowed for one call. */
typedef struct hg_notes {
    const uint64_t *numbers; /* of the packets that get comments, never descending */
    const char *lines; /* the comments, UTF-8, each ended by a newline; empty ones are left out */
    size_t bytes;
    uint32_t count;
    uint32_t name_count;
    const uint64_t *name_numbers; /* for each name the number of the packet after it, ascending */
    const uint8_t *name_addresses; /* 16 bytes each, as in columns */
    const uint8_t *name_versions; /* 4 or 6 */
    const char *names; /* as `lines` */
    size_t name_bytes;
    uint64_t packets_before; /* packet numbers used before the first packet of this capture */
} hg_notes;

/* `source` (borrowed) comes from hg_source_open_fd or hg_source_open_memory. Only the copy may read from it, from its
 * beginning on. */
HG_API hg_status hg_copy_new(hg_source *source, hg_copy **out, hg_error *error);
HG_API void hg_copy_free(hg_copy *copy);
/* A source, owned by the copy, of the packets in the next piece (1 MiB or little more). It returns HG_END at
 * the end of a piece; the next piece follows after hg_copy_write. Errors of the original source come after
 * all packets before them. */
HG_API hg_source *hg_copy_source(hg_copy *copy);
/* 1 when no piece follows, because the capture ended or an error occurred. */
HG_API int hg_copy_ended(const hg_copy *copy);
/* The number of packets read up to the end of the piece. */
HG_API uint64_t hg_copy_packets(const hg_copy *copy);
/* Gives the piece that was read, with its comments; `*bytes` belong to the copy and are valid until the next call.
 * HG_E_UNSUPPORTED: a section header of more than 16 MiB. */
HG_API hg_status hg_copy_write(hg_copy *copy, const hg_notes *notes, const uint8_t **bytes, size_t *length,
                               hg_error *error);
/* The number of omitted blocks longer than 16 MiB, which no reader accepts, and of comments that did not fit into
 * their packet's block. */
HG_API uint64_t hg_copy_left_out(const hg_copy *copy);

/* Writes one comment line for each row of a batch, made from the same rows in HG_FORMAT_TEXT. The confidence is written
 * after the name, unless `database`, with which the rows were matched, is NULL. Writes `*written` bytes; `length` plus
 * HG_COMMENT_BYTES per row is always enough. HG_E_ARGUMENT: a row has an index that the database lacks. */
#define HG_COMMENT_BYTES 80
HG_API hg_status hg_comments_of_text(const hg_batch *batch, const hg_database *database, const char *text,
                                     size_t length, char *out, size_t capacity, size_t *written, hg_error *error);

/* ---- hosts ----------------------------------------------------------------------- */

/* An inventory of hosts: combines the rows of all readers by address. It takes the batches in order. */
typedef struct hg_hosts hg_hosts;

#define HG_NO_HOST 0xFFFFFFFF
#define HG_HOST_SIGHTINGS 64 /* combinations of source and name stored for a host */
#define HG_HOST_PORTS 32 /* ports of a host, half of them as client */
#define HG_HOST_RATES 16 /* rates of its timestamps */
/* Limit for the sightings of all hosts together, and for their ports, as a multiple of the number of hosts. */
#define HG_HOST_DETAILS 4
#define HG_HOST_NAMES 1048576 /* different names of all hosts together */
#define HG_HOST_INVENTED 65536 /* how many of them may be names that are not from a database */

/* Sources of the evidence about a host. */
typedef enum hg_host_source {
    HG_SOURCE_SYN = 0,
    HG_SOURCE_SYN_ACK = 1,
    HG_SOURCE_CLIENT_HELLO = 2,
    HG_SOURCE_HTTP_CLIENT = 3, /* the program that the head of a request shows */
    HG_SOURCE_USER_AGENT = 4, /* the system that the User-Agent names */
    HG_SOURCE_CLIENT_HINT = 5, /* the system that a client hint names */
    HG_SOURCE_SERVER_HEADER = 6,
    HG_SOURCE_TLS_CONNECTION = 7, /* a ClientHello that contradicts the SYN of its connection */
    HG_SOURCE_HTTP_CONNECTION = 8,
    HG_SOURCE_LINK = 9,
    HG_SOURCE_PORT_RANGE = 10, /* 10 to 13 are conclusions: no single packet states them */
    HG_SOURCE_CLOCK = 11,
    HG_SOURCE_MIDDLEBOX = 12,
    HG_SOURCE_LOOPBACK = 13,
    HG_SOURCE_CLIENT_CHECK = 14, /* a request that does not come from the browser that its User-Agent names */
    HG_SOURCE_SEGMENTS = 15, /* all segments of the host together */
    HG_SOURCE_ANNOUNCEMENT = 16, /* the system that a device announces */
    HG_SOURCE_SSH_CLIENT = 17, /* an SSH identification: the program, and the system that it states */
    HG_SOURCE_SSH_SERVER = 18,
    HG_SOURCE_GREETING = 19, /* the program of a server that greets, and the system that it states */
    HG_SOURCE_CRYPTOGRAPHY = 20, /* a server's cryptography; no evidence of the system */
    HG_HOST_SOURCES = 21
} hg_host_source;

/* The name of a source in JSON; NULL past the last. */
HG_API const char *hg_host_source_name(uint32_t source);

typedef enum hg_role { HG_ROLE_CLIENT = 0, HG_ROLE_SERVER = 1 } hg_role;

#define HG_FAR_HOPS 4

/* Why the system at an address may have changed; in p0f's order. */
typedef enum hg_reason {
    HG_REASON_APP_VS_OS = 0, /* software that does not run on the system */
    HG_REASON_OS_DIFF = 1, /* another system, another version, or another signature of the same */
    HG_REASON_SIG_DIFF = 2, /* an unmatched handshake with other options or quirks */
    HG_REASON_X_KNOWN = 3, /* a match before and none now, or the other way round */
    HG_REASON_TSTAMP = 4, /* timestamps that cannot come from one clock */
    HG_REASON_TTL = 5,
    HG_REASON_PORT = 6, /* a lower port than before */
    HG_REASON_MTU = 7,
    HG_REASON_FUZZY = 8, /* the signature fits better or worse */
    HG_REASON_VIA = 9, /* a proxy says that it passed the message on */
    HG_REASON_DATE = 10, /* dates that cannot come from one clock */
    HG_REASON_SRV_SIG_LB = 11, /* other server software */
    HG_REASON_UA_VS_OS = 12, /* a User-Agent that names another system, though the software seems honest */
    HG_REASON_KINDS = 13
} hg_reason;

/* p0f's word for it; NULL past the last. */
HG_API const char *hg_reason_name(uint32_t reason);

typedef enum hg_change_kind {
    HG_HOST_CHANGE = 0, /* another system uses the address */
    HG_IP_SHARING = 1, /* the system changes so often that several must share the address */
    HG_CHANGE_KINDS = 2
} hg_change_kind;

typedef struct hg_change {
    int64_t time_ns;
    uint16_t reasons; /* bits by hg_reason */
    uint8_t kind; /* hg_change_kind */
    uint8_t role; /* hg_role */
    uint8_t hits[HG_CHANGE_HITS];
} hg_change;

#define HG_HOST_CHANGES 4 /* how many of a host's latest changes are kept */

/* Creates an inventory of at most `max_hosts` (1 or more) addresses that send packets with events. When it is full,
 * new addresses are left out and counted; with `forgets` the least recently seen of a few sampled hosts is evicted
 * instead. `hash_key` as in hg_config. */
HG_API hg_status hg_hosts_new(uint32_t max_hosts, int forgets, uint64_t hash_key, hg_hosts **out, hg_error *error);
HG_API void hg_hosts_free(hg_hosts *hosts);
/* Sets the database (or NULL) that the following rows were matched with. It is borrowed until the next call; hosts keep
 * their data from earlier databases. */
HG_API void hg_hosts_use(hg_hosts *hosts, const hg_database *database);

#define HG_CARD_BYTES 64

/* Writes the manufacturer of the network card with this MAC: at most HG_CARD_BYTES of UTF-8. Returns the number of
 * bytes; 0: not known. */
typedef uint32_t (*hg_card_finder)(void *user, const uint8_t *mac, char *out);

typedef struct hg_hosts_options {
    uint32_t sources; /* which sources count as evidence of a host's system, bits by hg_host_source; at first all */
    uint8_t only_changes; /* 1: keeps only the data needed to detect changes of hosts */
    /* 1: also inserts findings, not with `only_changes`: each finding about a host once, at the packet that completes
     * it. A finding (not a scan) that only a completed handshake proves is inserted at the host's next row. A scan is
     * inserted again when its handshake becomes HG_HANDSHAKE_COMPLETED. */
    uint8_t reports_findings;
    uint8_t ends; /* 1: no packets follow the source, so that at its end scans count whose targets may answer late */
    uint8_t lists_all; /* 1: remote hosts have records, too, if only their packets were counted (hg_sender) */
    uint8_t shows_names; /* 1: also keeps the names by which clients request servers */
    uint8_t shows_peers; /* 1: the text of a host lists its peers, as JSON does */
    hg_card_finder card_finder; /* finds manufacturers of network cards for records, or NULL; it gets `card_user` */
    void *card_user;
} hg_hosts_options;

/* The options. Change them before anything is added; `card_finder` may also be changed later. */
HG_API hg_hosts_options *hg_hosts_options_of(hg_hosts *hosts);
/* Also inserts news about devices on the captured network segment. HG_E_ARGUMENT: this was called before,
 * or the option `only_changes` is set. */
HG_API hg_status hg_hosts_watch(hg_hosts *hosts, const hg_watch_config *config, hg_error *error);
/* Adds a known MAC, address or value, for example from a store. It does not replace an entry that the inventory already
 * has. */
HG_API void hg_hosts_know(hg_hosts *hosts, const hg_watched *watched);
/* Writes the first entry at `place` or later that changed since it was last returned here, and returns the next place.
 * 0: no more. The first `place` is 0. */
HG_API uint32_t hg_hosts_watched(hg_hosts *hosts, uint32_t place, hg_watched *out);
/* The number of a segment in the keys of hg_watched. `interface` and `tag` (VLAN): 0 without. */
HG_API uint16_t hg_watched_segment(uint32_t interface, uint16_t tag);
/* Sets which networks are local, in place of private and link-local ones. HG_E_ARGUMENT: a network is not valid. */
HG_API hg_status hg_hosts_set_local(hg_hosts *hosts, const hg_network *networks, uint32_t count, hg_error *error);
/* Adds a host and its findings (bits by hg_host_finding_name) from another inventory. `tunnel`: HG_TUNNEL_BYTES that
 * distinguish hosts in tunnels; NULL outside tunnels. HG_E_ARGUMENT: there is no such finding, or no room for the
 * host. */
HG_API hg_status hg_hosts_state(hg_hosts *hosts, const uint8_t address[16], uint8_t version, const uint8_t *tunnel,
                                uint64_t findings, int64_t first_ns, int64_t last_ns, hg_error *error);
/* Adds the rows of a batch, except rows of changes. HG_E_ARGUMENT: a row belongs to no reader. */
HG_API hg_status hg_hosts_add(hg_hosts *hosts, const hg_batch *batch, hg_error *error);
/* Sets the counters of changes in `stats` to the numbers so far. */
HG_API void hg_hosts_count_changes(const hg_hosts *hosts, hg_stats *stats);
/* A row that completed a finding about its sender, the host at `place`. */
typedef struct hg_completed {
    uint32_t row;
    uint32_t place;
    uint32_t finding; /* hg_host_finding_name */
} hg_completed;

/* The completed findings of the latest batch, in the order of its rows; `*count` of them, valid until the next
 * batch. */
HG_API const hg_completed *hg_hosts_completed(const hg_hosts *hosts, uint32_t *count);

/* The number of places. A device that was first known by its MAC and later got an address occupies two places. */
HG_API uint32_t hg_hosts_count(const hg_hosts *hosts);
/* The number of hosts, which is the number of records that hg_hosts_write writes for all places. */
HG_API uint32_t hg_hosts_count_records(hg_hosts *hosts);
/* The number of packets left out because there was no room for their host, name or port. */
HG_API uint64_t hg_hosts_left_out(const hg_hosts *hosts);
/* The number of evicted hosts. */
HG_API uint64_t hg_hosts_forgotten(const hg_hosts *hosts);
/* The number of packets that were not fully evaluated because a limit was reached. For example, systems and changes are
 * tracked only for one host in eight, plus 1,024 hosts; and a host has room for only so many invented names. */
HG_API uint64_t hg_hosts_untracked(const hg_hosts *hosts);
/* The place of a host; HG_NO_HOST: unknown. Places are in the order of appearance, except that a new host gets the
 * place of an evicted one. */
HG_API uint32_t hg_hosts_find(const hg_hosts *hosts, const uint8_t address[16], uint8_t version);
/* The address at a place, and its version (4 or 6); 0: there is no such place. */
HG_API uint8_t hg_hosts_address(const hg_hosts *hosts, uint32_t place, uint8_t address[16]);
/* 1: the host at a place is local. */
HG_API int hg_hosts_is_local(const hg_hosts *hosts, uint32_t place);
/* The place of a host that has changed since it was last returned here, oldest change first; HG_NO_HOST: none. */
HG_API uint32_t hg_hosts_changed(hg_hosts *hosts);
/* Detects middleboxes that answer in place of many hosts; records written from now on show them. Called at the end of
 * a run or before a report. HG_E_MEMORY. */
HG_API hg_status hg_hosts_conclude(hg_hosts *hosts, hg_error *error);

typedef enum hg_host_format {
    HG_HOST_JSON = 0, /* one JSON object per line for each host */
    HG_HOST_TEXT = 1, /* the same for people */
    HG_HOST_VALUES = 2, /* the JSON record with times in ns and more fields for programs */
    HG_DEVICES_JSON = 3, /* the JSON records of devices; hg_hosts_device_places has the number of places */
    HG_DEVICES_VALUES = 4,
    HG_HOST_FORMATS = 5
} hg_host_format;

/* Writes the records of the hosts from `place` to `end` - 1 as UTF-8, whole ones only. `*written` is the number of
 * bytes, `*next` the first place without room. A record needs less than HG_MAX_HOST bytes unless its names are long.
 * HG_E_ARGUMENT: not even the first record fits, or there is no such place or format. */
HG_API hg_status hg_hosts_write(hg_hosts *hosts, hg_host_format format, uint32_t place, uint32_t end, char *out,
                                size_t capacity, size_t *written, uint32_t *next, hg_error *error);

#define HG_MAX_HOST 65536

/* The protocol whose virtual routers share a MAC: "vrrp" (CARP too), "hsrp", "glbp"; NULL: none. */
HG_API const char *hg_mac_virtual(const uint8_t *mac);
/* Writes the CPE 2.3 name of a system, at most HG_CPE_BYTES without a final zero, and returns its length. 0: the
 * dictionary does not contain the system, or the version is not exact. */
HG_API size_t hg_cpe_name(const char *name, size_t name_length, const char *version, size_t version_length, char *out);

#define HG_CPE_BYTES 128

/* The number of places of devices: hosts first, then MACs that claimed addresses but belong to no host. */
HG_API uint32_t hg_hosts_device_places(const hg_hosts *hosts);

/* The kind of a finding, as in records. NULL past the last. */
HG_API const char *hg_host_finding_name(uint32_t finding);
/* Writes the sentence about one finding of one host: `*length` bytes of UTF-8, escaped as in the text format.
 * HG_E_ARGUMENT: there is no such host or finding, or no room. */
HG_API hg_status hg_host_finding_write(hg_hosts *hosts, uint32_t place, uint32_t finding, char *out, size_t capacity,
                                       size_t *length, hg_error *error);

/* ---- summary --------------------------------------------------------------------- */

/* Summary of a run: its hosts and a few counters. */
typedef struct hg_summary hg_summary;

/* Creates a summary and the hosts that it owns. The arguments are those of hg_hosts_new. */
HG_API hg_status hg_summary_new(uint32_t max_hosts, int forgets, uint64_t hash_key, hg_summary **out, hg_error *error);
HG_API void hg_summary_free(hg_summary *summary);
/* Sets which protocols are read, bits by hg_protocol; without this call all are. */
HG_API void hg_summary_read(hg_summary *summary, uint32_t protocols);
/* Called instead of hg_hosts_use and hg_hosts_add, with the same meaning. */
HG_API void hg_summary_use(hg_summary *summary, const hg_database *database);
HG_API hg_status hg_summary_add(hg_summary *summary, const hg_batch *batch, hg_error *error);
/* Its hosts, which are borrowed. */
HG_API hg_hosts *hg_summary_hosts(hg_summary *summary);
/* The number of events that are not counted completely. */
HG_API uint64_t hg_summary_left_out(const hg_summary *summary);
/* Writes what the counters show to be missing, as in `losses` of the summary, as a JSON list. Returns its length; 0: it
 * does not fit. HG_MOST_LOSSES bytes are enough. */
HG_API size_t hg_losses_write(const hg_stats *stats, char *out, size_t capacity);
#define HG_MOST_LOSSES 8192
/* Gives the summary as a JSON object in one line without a line end: `*length` bytes, valid until the next call.
 * `captures` is the list of captures to include, as JSON; 0 for `with_devices` leaves out `local_devices`. Calls
 * hg_hosts_conclude. HG_E_MEMORY. */
HG_API hg_status hg_summary_write(hg_summary *summary, const hg_stats *stats, const char *captures, int with_devices,
                                  const char **out, size_t *length, hg_error *error);

/* ---- runs ------------------------------------------------------------------------ */

/* A run: the batches that an engine or a sensor fills, and the hosts that their rows are added to. What these report is
 * inserted: changes of hosts, and findings and news about devices if their options ask for them. */
typedef struct hg_run hg_run;

/* `config` is that of the engine or sensor. HG_E_MEMORY. */
HG_API hg_status hg_run_new(const hg_config *config, hg_run **out, hg_error *error);
HG_API void hg_run_free(hg_run *run);
/* Adds the rows to come to `summary` and its hosts, or to `hosts`, and inserts their reports. Both may be NULL and are
 * borrowed; the caller sets their database and options. */
HG_API void hg_run_report(hg_run *run, hg_hosts *hosts, hg_summary *summary);
/* Reads with hg_engine_run, at most `rows` rows (HG_MIN_BATCH to 2^20) at a time, and adds them to the hosts. Each
 * inserted row follows the row that shows the change, with the shared columns of that row. `*batch` has all of them,
 * also those before an error; it belongs to the run until the next call. NULL: HG_PAUSED, or there was no memory. */
HG_API hg_status hg_run_next(hg_run *run, hg_engine *engine, hg_source *source, uint32_t rows, uint64_t max_packets,
                             const hg_batch **batch, hg_error *error);
/* As hg_run_next, with hg_engine_finish. */
HG_API hg_status hg_run_finish(hg_run *run, hg_engine *engine, uint32_t rows, uint64_t until, const hg_batch **batch,
                               hg_error *error);
/* The parts of hg_run_next, for a sensor, for callers that lock the hosts meanwhile, and for those that stop after
 * HG_PAUSED. hg_run_room gives the batch to fill: an empty one, or after HG_PAUSED the same. hg_run_rows gives the rows
 * in it and those inserted, like hg_run_next. `now_ns`: no packet before it is to come, as the clock of a live capture
 * says; INT64_MAX at the end, INT64_MIN if it is not known. */
HG_API hg_status hg_run_room(hg_run *run, uint32_t rows, hg_batch **batch, hg_error *error);
HG_API hg_status hg_run_rows(hg_run *run, int64_t now_ns, const hg_batch **batch, hg_error *error);
/* The latest batch, which from now on belongs to the caller (hg_batch_free), even after hg_run_free. NULL: it has no
 * rows, completions, senders or packets of stealth scans. */
HG_API hg_batch *hg_run_take(hg_run *run);

/* ---- p0f's API ------------------------------------------------------------------- */

#define HG_QUERY_BYTES 21
#define HG_ANSWER_BYTES 232

/* Writes p0f's answer to a query, both in the byte order of this machine. Any thread may call it, even while
 * another one calls hg_hosts_add. */
HG_API void hg_hosts_answer(hg_hosts *hosts, const uint8_t query[HG_QUERY_BYTES], uint8_t out[HG_ANSWER_BYTES]);

/* ---- connections ----------------------------------------------------------------- */

/* A bounded table of connections, found by both of their ends. */
typedef struct hg_peers hg_peers;

#define HG_PEER_ENDED_S 60 /* s that a connection is remembered after its end, or after a question that came later */
#define HG_PEER_IDLE_S 900 /* s that it is remembered after its latest row or question */
#define HG_PEER_BYTES 320 /* memory for each connection, besides 8 to 16 bytes in the hash table */

/* Creates a table for `most` connections, 1 to 2^28; `hash_key` as in hg_config. */
HG_API hg_status hg_peers_new(uint32_t most, uint64_t hash_key, hg_peers **out, hg_error *error);
HG_API void hg_peers_free(hg_peers *peers);
/* Sets the database (or NULL) that the following rows were matched with; remembered SYNs and ClientHellos are matched
 * with it again. It is borrowed until the next call. Called by the thread that adds batches. */
HG_API void hg_peers_use(hg_peers *peers, const hg_database *database);
/* Adds the rows of a batch. HG_E_ARGUMENT: no engine writes such a row. Meanwhile any thread may call the functions
 * below. */
HG_API hg_status hg_peers_add(hg_peers *peers, const hg_batch *batch, hg_error *error);

/* The messages of a connection that were seen, as bits. */
typedef enum hg_peer_seen {
    HG_SEEN_SYN = 1,
    HG_SEEN_HELLO = 2, /* its ClientHello */
    HG_SEEN_REQUEST = 4, /* an unencrypted request */
    HG_SEEN_END = 256 /* its end: a question may be about the next connection between the same ends */
} hg_peer_seen;

#define HG_ANY_TRANSPORT 255

/* A question about a connection, with the headers in which its client describes itself. `server_port` 0: to any server.
 * `client_port` 0: not one connection, but the values that all recent connections of the address have in common.
 * Texts are borrowed for the call; NULL with length 0: none. In a proxy's question, bytes of 0xFF stand for control
 * characters of a header, which HTTP does not allow. A text of one line feed: the header occurs more than once. */
typedef struct hg_question {
    uint8_t client[16];
    uint8_t server[16];
    uint16_t client_port;
    uint16_t server_port;
    uint8_t version; /* 4 or 6 */
    uint8_t transport; /* hg_transport; HG_ANY_TRANSPORT: TCP if there is such a connection, else another */
    const uint8_t *user_agent;
    const uint8_t *platform; /* the client hint Sec-CH-UA-Platform */
    const uint8_t *brands; /* Sec-CH-UA */
    uint32_t user_agent_length;
    uint32_t platform_length;
    uint32_t brands_length;
} hg_question;

typedef enum hg_peer_status {
    HG_PEER_NOT_SEEN = 0,
    HG_PEER_FOUND = 1,
    HG_PEER_RELAYED = 2, /* several systems use the client's address, or a proxy passed a request on; without
                          * `client_port` also: the address's connections differ, or are too many to compare */
    HG_PEER_AMBIGUOUS = 3, /* several live connections fit the question */
    HG_PEER_STATUSES = 4
} hg_peer_status;

/* The status in words; NULL past the last. */
HG_API const char *hg_peer_status_name(uint32_t status);
/* The bits of hg_peer_seen of the connection, 0: nothing seen; `*first_ns` is when it began. `now_ns` is the current
 * time on the clock of the packets. */
HG_API uint32_t hg_peers_find(hg_peers *peers, const hg_question *question, int64_t now_ns, int64_t *first_ns);
/* Writes everything known about the connection as a JSON object: `*length` bytes of UTF-8. `hosts` (or NULL) contains
 * the record of the client's address. HG_E_ARGUMENT: there is no room, or the IP version is wrong. */
HG_API hg_status hg_peers_answer(hg_peers *peers, hg_hosts *hosts, const hg_question *question, int64_t now_ns,
                                 char *out, size_t capacity, size_t *length, hg_error *error);

typedef struct hg_peer_counts {
    uint64_t connections; /* remembered now */
    uint64_t evicted; /* connections evicted before their time was over */
    uint64_t answers[4]; /* by hg_peer_status */
} hg_peer_counts;

HG_API void hg_peers_count(hg_peers *peers, hg_peer_counts *counts);
/* From now on, the sensor tells `peers` (borrowed) which connections end; NULL: it stops. Called by the thread that
 * runs the sensor and adds its batches. */
HG_API void hg_sensor_follow_ends(hg_sensor *sensor, hg_peers *peers);

/* ---- rendering ------------------------------------------------------------------- */

typedef enum hg_format {
    HG_FORMAT_TEXT = 0,
    HG_FORMAT_JSON = 1,
    HG_FORMAT_P0F = 2,
    HG_FORMAT_EVE = 3, /* Suricata's format of events */
    HG_FORMAT_ECS = 4, /* field names of the Elastic Common Schema */
    HG_FORMATS = 5
} hg_format;

/* Turns rows into records of one format. It caches names, so use one renderer for a whole stream
 * of batches. */
typedef struct hg_renderer hg_renderer;

/* `database` is the engine's database, or NULL; it is borrowed. `interface` is the name of the
 * packets' interface as UTF-8, or NULL. HG_E_ARGUMENT: there is no such format. */
HG_API hg_status hg_renderer_new(const hg_database *database, hg_format format, const char *interface,
                                 hg_renderer **out, hg_error *error);
HG_API void hg_renderer_free(hg_renderer *renderer);

/* Sets the name of the capture that the following batches come from: its path or another name of at most
 * 65,535 bytes; NULL, the default: no name. It is copied. Formats without such a field leave it out. */
HG_API hg_status hg_renderer_capture(hg_renderer *renderer, const char *name, hg_error *error);

/* Also writes the capture's name in JSON, which runs over several captures need. Called before the first capture. */
HG_API void hg_renderer_name_captures(hg_renderer *renderer);

/* Writes null for private fields (marked in sigcompiler/schema/rows.py). Called before anything else. */
HG_API void hg_renderer_hide_private(hg_renderer *renderer);

/* Begins each record of HG_FORMAT_TEXT with the local time of its packet, without the day, for people who
 * watch the output. It does not change other formats. Called before anything else. */
HG_API void hg_renderer_show_clock(hg_renderer *renderer);

/* Writes rows `first` to `last` - 1 of `batch` to `out`, whole records only.
 * `*written` is the number of bytes, `*next` the first row without room. A record never needs
 * more than HG_MAX_RECORD bytes unless a label, a name or an answer is longer. HG_E_ARGUMENT: not
 * even the first row fits, there are no such rows, or a row has an index that the database lacks. */
HG_API hg_status hg_render(hg_renderer *renderer, const hg_batch *batch, uint32_t first, uint32_t last, char *out,
                           size_t capacity, size_t *written, uint32_t *next, hg_error *error);
/* Writes the value of one field of a row as JSON: `*length` bytes at `out`, which has room for HG_MAX_RECORD.
 * sigcompiler/schema/rows.py numbers the fields; for HTTP signatures use hg_http_write. `database` may be NULL.
 * HG_E_ARGUMENT: the event has no such field of its own. */
HG_API hg_status hg_field_json(const hg_batch *batch, const hg_database *database, uint32_t row, uint32_t field,
                               char *out, size_t *length, hg_error *error);
#define HG_MAX_RECORD 16384
/* How many bytes of a server name are shown. */
#define HG_MOST_SNI 255
/* How many bytes of a host, a path or another HTTP text are shown. */
#define HG_MOST_HTTP_TEXT 512
/* How many bytes of a user agent are shown. */
#define HG_MOST_USER_AGENT 128

/* ---- answers ----------------------------------------------------------------------- */

/* A claim is the meaning of a name. The compiler makes it from a label; sigcompiler/claims/labels.py makes equal claims
 * from other names. */

#define HG_CLAIM_FAMILIES 2

/* A family. Its version ranges are ascending and do not overlap; no ranges: any version. A range is two numbers, its
 * first and last version, in this family's order of versions (sigcompiler/claims/versions.py). */
typedef struct hg_claim_family {
    uint64_t identity; /* a hash of the name: equal names in two databases have the same identity */
    const uint64_t *versions; /* 2 * version_count numbers; borrowed */
    uint32_t version_count;
} hg_claim_family;

typedef struct hg_claim {
    uint64_t identity; /* a hash of all fields below: equal claims in two databases have the same identity */
    hg_claim_family families[HG_CLAIM_FAMILIES];
    uint32_t family_count; /* more than HG_CLAIM_FAMILIES: they are not listed, and the claim states no family */
    uint32_t stacks; /* possible network stacks, as bits (sigcompiler/stacks.py); 0: not known */
    uint32_t kind; /* 0 specific, 1 generic, 2 program, 3 tool, 4 link, 5 any: see ClaimKind in the same file */
} hg_claim;

typedef enum hg_agreement {
    HG_NOT_COMPARABLE = 0, /* one claim says nothing about the system */
    HG_AGREE = 1, /* both claims fit one system */
    HG_NARROW = 2, /* the same, and together they are more exact than one of them alone */
    HG_CONTRADICT_STACK = 3,
    HG_CONTRADICT_FAMILY = 4, /* different families, one of which has no known stack */
    HG_CONTRADICT_VERSION = 5, /* the same family in different versions */
    HG_AGREEMENTS = 6
} hg_agreement;

/* Whether two claims can describe one system. All comparisons use this rule: if both name a family, its versions
 * decide; otherwise the stacks decide. Versions of different families are never compared. */
HG_API hg_agreement hg_claims_agree(const hg_claim *one, const hg_claim *other);
/* The claim of the label at this place in the section "labels". It points into the database. */
HG_API hg_claim hg_label_claim(const hg_database *database, uint32_t label);

/* Intersects two sets of version ranges. Both are as in hg_claim_family: no ranges stand for any version. Returns 1 if
 * they have versions in common. Then there are `*count` ranges, of which the first `capacity` are written to `out`, two
 * numbers each; one_count + other_count ranges are always enough. If both sets are empty, so is the result. Returns 0
 * if they have no version in common. `out` must not overlap the sets. */
HG_API int hg_versions_common(const uint64_t *one, uint32_t one_count, const uint64_t *other, uint32_t other_count,
                              uint64_t *out, uint32_t capacity, uint32_t *count);
/* Writes a set of versions in words, such as "7, 8 or 2008 R2", "4.19-6.15" or "6.16 or newer" (the grammar of flavors
 * in docs/reference/signature-format.md). `family` is the identity of their family. Returns the length of the text, 0
 * for no ranges; the first `capacity` bytes are written to `out`, without a NUL. */
HG_API size_t hg_versions_text(uint64_t family, const uint64_t *ranges, uint32_t count, char *out, size_t capacity);

typedef enum hg_statement {
    HG_STATED_USER_AGENT = 0,
    HG_STATED_CLIENT_HINT = 1, /* Sec-CH-UA-Platform-Version */
    HG_STATED_SERVER = 2,
    HG_STATEMENTS = 3
} hg_statement;

/* The versions of the sender's system that a program states in a header. `family` is the identity of that
 * system. 1: `range` is the first and the last version. 0: none is stated, or only a token that programs have
 * frozen. */
HG_API int hg_stated_versions(hg_statement source, uint64_t family, const uint8_t *text, uint32_t length,
                              uint64_t range[2]);

/* The values that the confidence of an answer depends on. */
typedef struct hg_basis {
    uint64_t families[HG_CLAIM_FAMILIES]; /* identities */
    uint32_t family_count; /* families that fit */
    uint8_t manner; /* how the signature fits: 0 specific, 1 generic, 2 fuzzy */
    uint8_t weight; /* of its source: 0 unstated, 1 low, 2 medium, 3 high */
    uint8_t counts_families; /* 1: measurements of these families with labelled hosts count, too */
} hg_basis;

/* The measured share of answers with this basis whose family is right, 0.0 for more than two families; and the share
 * whose versions are right, NAN if not measured. Uses the database's own tables or, without them, the tables of the
 * default database. */
HG_API void hg_confidence(const hg_database *database, const hg_basis *basis, double *share, double *version_share);

/* How often the label of a ClientHello signature was right, as measured share of its matches; NAN: not measured.
 * `hello` is the signature's index in the section hellos. */
HG_API double hg_client_confidence(const hg_database *database, uint32_t hello);

typedef enum hg_answer_text {
    HG_ANSWER_FAMILY = 0, /* one or two families; empty if more fit */
    HG_ANSWER_FAMILIES = 1, /* all that fit */
    HG_ANSWER_CANDIDATES = 2, /* the other labels */
    HG_ANSWER_EVIDENCE = 3, /* reasons, in words */
    HG_ANSWER_TEXTS = 4
} hg_answer_text;

/* The combined statement of the signature that matched a handshake and all others that fit equally well. */
typedef struct hg_answer {
    double confidence; /* of the family; 0.0: unknown */
    double version_confidence; /* NAN: no versions are stated, or it is not measured */
    double version_share; /* the same, but also present if no versions are stated */
    hg_basis basis;
    uint32_t ends[HG_ANSWER_TEXTS]; /* of its texts */
} hg_answer;

/* Gives the answer to row `row`, which is a SYN or SYN+ACK. Its texts follow one another in `texts`; each text of a
 * list ends with a newline. `*length` is their full length, and they are complete if it is at most `capacity`. 0: no
 * signature fits, so there is no answer. HG_E_ARGUMENT: the row is not a handshake, or has an index that the database
 * lacks. */
HG_API hg_status hg_row_answer(const hg_batch *batch, const hg_database *database, uint32_t row, hg_answer *out,
                               char *texts, size_t capacity, size_t *length, hg_error *error);

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

/* Records of batches as Arrow tables: either one table with a column for each field of a record, or one table for each
 * kind of event, with the fields of that kind. docs/reference/events.md describes the columns, their types and
 * their order. Columns of repeated texts are dictionary-encoded; invalid UTF-8 is replaced. */
typedef struct hg_records hg_records;

/* `hash_key` should be secret if untrusted senders choose the packets. */
HG_API hg_status hg_records_new(int by_kind, const uint64_t hash_key[2], hg_records **out, hg_error *error);
HG_API void hg_records_free(hg_records *records);
/* Adds the first `count` rows of a batch, which is not needed afterwards. `database` and `capture` (the name of the
 * packets' capture) may be NULL; the database is borrowed until a call passes another one. `hides_private`: without
 * personal data. HG_E_ARGUMENT: no engine writes such a row. After other errors the tables are empty. */
HG_API hg_status hg_records_add(hg_records *records, const hg_batch *batch, uint32_t count, const hg_database *database,
                                const char *capture, int hides_private, hg_error *error);
/* The number of rows in the table for this kind of event (hg_event); 0 for the single table of all kinds. */
HG_API uint32_t hg_records_count(const hg_records *records, uint32_t event);
/* Moves that table to `out` without copying, and begins a new one. `out->release` frees it, even after
 * hg_records_free. */
HG_API hg_status hg_records_take(hg_records *records, uint32_t event, hg_arrow_array *out, hg_error *error);

/* Copies the rows selected by three sets of bits: kinds of events, findings (hg_host_finding_name) and news about
 * devices (hg_device_change). All texts are copied. HG_E_ARGUMENT: `out` has no room for all rows and texts of `batch`,
 * or a row belongs to no reader. */
HG_API hg_status hg_batch_select(const hg_batch *batch, uint64_t events, uint64_t findings, uint32_t devices,
                                 hg_batch *out, hg_error *error);

/* Copies value i of `count` values, of `value_bytes` each, to element rows[i] of `out`. Other elements are not changed:
 * the caller fills them with the value for "none" first. */
HG_API void hg_spread_values(const uint8_t *values, uint32_t value_bytes, const uint32_t *rows, uint32_t count,
                             uint8_t *out);

/* Clears the column `outer` in those of `count` rows that have no tunnel. The core does not set it there, because few
 * rows have a tunnel and the core does not read the others. */
HG_API void hg_clear_outer(const uint8_t *tunnel, uint32_t count, uint8_t *outer);

/* Most bytes in the text of an address (RFC 5952). */
#define HG_MAX_ADDRESS 45

/* Texts that are made from a hello on request. */
typedef enum hg_hello_text {
    HG_HELLO_JA4 = 0,
    HG_HELLO_JA4_R = 1, /* the lists in place of their digests */
    HG_HELLO_JA4_O = 2, /* the lists in the order sent */
    HG_HELLO_JA4_RO = 3, /* both */
    HG_HELLO_JA4_STABLE = 4,
    HG_HELLO_JA4_STABLE_R = 5,
    HG_HELLO_JA3_TEXT = 6, /* the only text of a ServerHello: its JA3S */
    HG_HELLO_TEXTS = 7
} hg_hello_text;

/* Writes a text of row `row`, whose event is a hello. `*length` is the full length, 0 if the row has no such text; the
 * text is complete if `*length` is at most `capacity`. HG_E_ARGUMENT: the event is not a hello. */
HG_API hg_status hg_hello_write(const hg_batch *batch, uint32_t row, hg_hello_text which, char *out, size_t capacity,
                                size_t *length, hg_error *error);

/* Lists of a hello, in the order sent, including GREASE values. */
typedef enum hg_hello_list {
    HG_HELLO_CIPHERS = 0, /* numbers of 24 bits in SSL 2.0's format */
    HG_HELLO_EXTENSIONS = 1, /* the types of the extensions */
    HG_HELLO_GROUPS = 2,
    HG_HELLO_KEY_SHARES = 3, /* the groups of the key shares */
    HG_HELLO_SIGNATURE_ALGORITHMS = 4,
    HG_HELLO_VERSIONS = 5, /* from the extension supported_versions */
    HG_HELLO_LISTS = 6
} hg_hello_list;

/* Writes the values of a list to `out`, as many as fit; `*count` is how many there are. HG_E_ARGUMENT as above. */
HG_API hg_status hg_hello_codes(const hg_batch *batch, uint32_t row, hg_hello_list which, uint32_t *out,
                                uint32_t capacity, uint32_t *count, hg_error *error);
/* The content of the first extension of this type: `*data` points into the batch; NULL: there is none. */
HG_API hg_status hg_hello_extension(const hg_batch *batch, uint32_t row, uint32_t type, const uint8_t **data,
                                    uint32_t *length, hg_error *error);

/* Whether the results of different readers about a connection's client fit one system. A proxy, a VPN exit
 * and a container look like contradictions. */
typedef enum hg_verdict {
    HG_VERDICT_NOT_CHECKED = 0, /* one of the results is missing or unknown */
    HG_VERDICT_CONSISTENT = 1,
    HG_VERDICT_CONTRADICTS = 2,
    HG_VERDICTS = 3
} hg_verdict;

/* The verdict in words; NULL past the last. */
HG_API const char *hg_verdict_name(uint32_t verdict);
/* Most bytes in the reason of a verdict. */
#define HG_WHY_BYTES 320

/* Whether a request comes from the browser that its User-Agent names. A changed User-Agent, an intercepting proxy or
 * antivirus product, a privacy mode and a desktop-site setting look like a mismatch. */
typedef enum hg_client_check {
    HG_CLIENT_NOT_CHECKED = 0, /* the User-Agent names no known browser, or a proxy passed the request on */
    HG_CLIENT_CONSISTENT = 1,
    HG_CLIENT_MISMATCH = 2,
    HG_CLIENT_CHECKS = 3
} hg_client_check;

/* The result in words; NULL past the last. */
HG_API const char *hg_client_check_name(uint32_t check);

/* The result of a check. `why` quotes requests and databases: it is neither escaped nor terminated. */
typedef struct hg_client_judgement {
    hg_client_check check;
    uint32_t facts; /* length of the first part of `why`: two facts, or the reason. The usual causes follow. */
    uint32_t length; /* bytes of `why` */
    char why[HG_WHY_BYTES];
} hg_client_judgement;

/* Checks a recorded request. `hello` is the signature of a ClientHello of the connection, or HG_NOT_SEEN;
 * `in_order` is 1 if the headers are in the order received. `database` may be NULL. */
HG_API void hg_client_judge_fields(const hg_database *database, const hg_http_fields *fields, uint32_t hello,
                                   int in_order, hg_client_judgement *out);

/* The client that a User-Agent and the client hint Sec-CH-UA-Platform state, as two texts that end with a zero: a
 * browser with its version ("Chrome 150"), and a system ("Windows"). Empty: unknown. `database` may be NULL. */
#define HG_STATED_BYTES 64
HG_API void hg_client_state(const hg_database *database, const uint8_t *agent, uint32_t agent_length,
                            const uint8_t *platform, uint32_t platform_length, char browser[HG_STATED_BYTES],
                            char system[HG_STATED_BYTES]);

/* Names of TLS numbers; NULL: the core has no name for it. Names of ciphers omit the "TLS_" at the beginning. */
HG_API const char *hg_tls_version_name(uint16_t version);
HG_API const char *hg_tls_cipher_name(uint16_t cipher);
HG_API const char *hg_tls_group_name(uint16_t group);
/* Writes the name of a QUIC version: "1", "2", "draft-29", "T051"; in hex if it has no name. Ends with a zero. */
#define HG_QUIC_VERSION_TEXT 12
HG_API void hg_quic_version_text(uint32_t version, char out[HG_QUIC_VERSION_TEXT]);
/* The version that a downgraded server chose, such as "TLS 1.2"; NULL for HG_DOWNGRADE_NONE and past the last. */
HG_API const char *hg_downgrade_name(uint32_t downgrade);

/* Which header values are shown. Values of optional headers and possible secrets never are. */
typedef enum hg_http_visibility {
    HG_HTTP_SHOW_COMMON = 0, /* headers of p0f's common list, headers for which the database has values (with
                              * hg_config.http_values all), and the software */
    HG_HTTP_SHOW_ALL = 1, /* as p0f does */
    HG_HTTP_SHOW_PRIVATE = 2 /* only headers of the common list, no server software */
} hg_http_visibility;

/* Writes the signature of row `row`, whose event is a request or response, in p0f's notation. `database` may be NULL.
 * `*length` is the full length; the text is complete if it is at most `capacity`. HG_E_ARGUMENT: another event. */
HG_API hg_status hg_http_write(const hg_batch *batch, const hg_database *database, uint32_t row,
                               hg_http_visibility shown, char *out, size_t capacity, size_t *length, hg_error *error);
/* The name of header `index` in that message, as sent: `*name` points into the batch; NULL: past the last. */
HG_API hg_status hg_http_header(const hg_batch *batch, uint32_t row, uint32_t index, const uint8_t **name,
                                uint32_t *length, hg_error *error);

/* Writes all signatures of the database that fit the head, at most `capacity`; `*count` is how many fit. */
HG_API hg_status hg_http_match_row(const hg_batch *batch, const hg_database *database, uint32_t row, hg_http_match *out,
                                   uint32_t capacity, uint32_t *count, hg_error *error);

#define HG_LANGUAGE_NONE 0
#define HG_LANGUAGE_UNKNOWN 255
/* The English name of a language, as in p0f; NULL for the two above and past the last. */
HG_API const char *hg_language_name(uint8_t language);

/* Bytes of a Community ID: "1:" and 28 characters of base64. */
#define HG_COMMUNITY_BYTES 30

/* Writes the Community ID v1 (seed 0) of rows `first` to `last` - 1, HG_COMMUNITY_BYTES each. */
HG_API void hg_community_ids(const hg_batch *batch, uint32_t first, uint32_t last, char *out);

/* cdef:end */

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif
