/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - the interface of readers. Stream readers get the first bytes of connections, in order; datagram readers
 * get single datagrams.
 *
 *     stream readers      open ─▶ look (in parallel) ─▶ begins, follow (in order, one thread) ─▶ write (in parallel)
 *                                     └ forget, when a flow ends
 *     datagram readers    begins, hg_hello_look (in parallel) ─▶ read (in order, one thread) ─▶ write (in parallel)
 *
 * The TCP reader needs the headers of every packet, so it is not an hg_reader and is called directly
 * (tcp/conversation.h). It uses the same flows, events and rows.
 *
 * docs/internals/adding-a-reader.md shows what a new reader needs: files, lists and records.
 */
#pragma once

#include "flow/streams.h"
#include "hg_columns.h"
#include "packet/parse.h"

/* The result of `follow` or `read`, for `write`. Each reader chooses its content. */
typedef struct hg_event_values {
    uint64_t words[16];
} hg_event_values;

/* A reader's answer to the bytes that it was given. */
typedef struct hg_reader_result {
    uint32_t keep; /* offset of the first byte needed in the next call, unless done; in whole streams it may lie up
                    * to HG_MOST_PASSED past the end of the bytes */
    uint32_t examined; /* bytes examined in this call; 0: no more than the segment's own bytes */
    uint16_t renews; /* not 0: the server's bytes from `keep` on, and the client's from this offset on, begin another
                      * protocol, for which all readers begin anew */
    uint8_t done;  /* 1: the reader needs nothing more of this direction */
    uint8_t again; /* 1: call it again with the same bytes, which may hold another event; `keep` is ignored */
    uint8_t has_event; /* 1: `event` happened, and `values` is filled for `write` */
    uint8_t event; /* hg_event */
    uint8_t reversed; /* 1: the event is of the other end than the flow says, which was opened without its handshake */
    uint8_t resumes; /* 1, with an event: this reader needs the other direction again, from the first byte that the
                      * packet does not acknowledge on; its offsets begin with 1 */
} hg_reader_result;
_Static_assert(sizeof(hg_reader_result) == 16, "it is returned in registers");

/* The matches of a flow's client so far, for readers that need them later. */
typedef struct hg_client_matches {
    uint32_t syn; /* signature of its SYN, HG_NO_SIGNATURE, or HG_NOT_SEEN */
    uint32_t hello; /* signature of its ClientHello, HG_NO_SIGNATURE, or HG_NOT_SEEN */
} hg_client_matches;

/* How well a reader's bytes prove their sender. The scope of its rows follows from it (conversations/scope.c). */
typedef enum hg_proof {
    HG_PROOF_UNSTATED = 0,
    HG_PROOF_NONE, /* nothing: the source address may be forged */
    HG_PROOF_LINK, /* a link protocol; its packets count only if they show that they stayed on the link */
    HG_PROOF_NEAR, /* a handshake proves it; without one, the TTL must show no router, and most unicasts count
                    * weakly */
    HG_PROOF_HANDSHAKE /* a handshake proves it; without one, the bytes count weakly */
} hg_proof;

/* For `follow` and `read`: the destinations of their results, and the context of the bytes. */
typedef struct hg_reader_output {
    hg_batch *batch; /* for the event's texts; there is room for `most_text` bytes */
    hg_stats *stats; /* counters */
    const hg_database *database; /* or NULL */
    hg_event_values *values;
    hg_client_matches *matches; /* the flow's matches, to read and update; NULL for a datagram */
    const hg_packet *packet; /* the packet with the last of the bytes */
    const hg_frame *frame; /* the frame with this packet */
    uint64_t *first_packet; /* for a datagram: the reader sets it to the number of its connection's first packet; until
                             * then, it is the datagram's own number */
    uint8_t *scope; /* hg_scope of the event; the reader may change it */
    uint8_t is_answer; /* 1: the reader did not want the client's first bytes; it was not called for them */
    uint8_t greets; /* 1: the server spoke before the client's first bytes */
    uint8_t is_late; /* not 0: the packet's receiver sent the bytes, and the packet acknowledges them */
    const struct hg_look *look; /* at the packet, or NULL; see hg_look_of */
} hg_reader_output;

/* Where bytes are in a connection. HG_AT_ANSWER: as HG_AT_SERVER, but the reader did not want the client's first
 * bytes. */
typedef enum hg_place {
    HG_AT_CLIENT = 0, /* the client's first bytes */
    HG_AT_SERVER, /* the server's first bytes */
    HG_AT_ANSWER,
    HG_AT_LATER, /* later bytes of either side */
    HG_PLACES
} hg_place;

/* The end that sent the first data of a connection whose handshake was not captured, according to these data. */
typedef enum hg_beginner {
    HG_BEGINS_NOTHING = 0, /* the reader does not recognise the data */
    HG_BEGINS_CLIENT,
    HG_BEGINS_SERVER,
    HG_BEGINS_EITHER, /* both ends begin like this: the server has the lower port */
    HG_BEGINS_GREETING /* the server, if it has the lower port; otherwise the data are something else */
} hg_beginner;

/* The most bytes that hg_reader.look writes, and what it returns for a message that the data do not end. */
enum { HG_MOST_LOOK = 20480, HG_LOOK_GOES_ON = INT32_MAX };

typedef struct hg_reader {
    hg_protocol protocol;
    hg_proof proof;
    uint32_t stream_bytes; /* how many bytes it reads at the beginning of each direction */
    uint8_t whole_streams; /* 1: with hg_config.http_all it reads all bytes */
    /* The most bytes of text that one call of `follow` adds to a batch. */
    uint32_t most_text;
    /* How many bytes it keeps for each flow. 0: it has no state. */
    size_t flow_bytes;
    /* The size of its state, which begins with an hg_flow_memory. 0: it is nothing else. */
    size_t state_bytes;
    /* Sets the members of the state after its hg_flow_memory; they are zero before the call. It may lower `each` there.
     * `config` is borrowed for the call. NULL: there are none to set. */
    void (*open)(const hg_config *config, void *state);
    /* For the first data of a connection whose handshake was not captured. NULL: the reader needs the handshake. */
    hg_beginner (*begins)(const uint8_t *data, uint32_t length);
    /* 0: `follow` need not be called for bytes that begin with `first`, because it would find nothing there and keep
     * nothing. Then the reader is done with the direction or, if `seeks` is not 0, with these bytes. Without `seeks` it
     * is not asked about HG_AT_LATER, nor at all if it reads whole streams. NULL: 1 for all bytes. */
    int (*wants)(hg_place place, uint8_t first);
    /* 1: it also wants the first bytes of a direction if the third and fourth byte are 0, or not there yet. Frames may
     * begin with a number that has any value. */
    uint8_t wants_zeros;
    /* A reader that looks for its beginning in each segment: until it reports an event, `wants` also decides about
     * later bytes, up to this offset, where the reader is done. 0: it does not. */
    uint32_t seeks;
    /* Examines bytes in order, from the first one that it kept. It is called in the order of packets, and puts the
     * event's texts into the batch. */
    hg_reader_result (*follow)(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                               const hg_reader_output *to);
    /* The bytes with which data begin that `look` may find something in; NULL: none, and there is no `look`. */
    const char *looks_at;
    /* Examines the data of one segment alone, in any thread, so that `follow` has less to do if they begin a message
     * (hg_look_of). Writes at most HG_MOST_LOOK bytes to `out`, which is aligned for all types, and returns
     * how many; 0: it found nothing. HG_LOOK_GOES_ON: it may find something once it gets the data of the next segment,
     * too; such a reader writes no pointers to the data. Of the state it reads what `open` set. `*memory` is the
     * thread's own, NULL at first, and is freed with free. */
    uint32_t (*look)(const void *state, void **memory, const hg_database *database, hg_span data, void *out);
    /* Writes the row of an event into the reader's columns, at `at`; `row` is its place in the shared columns. */
    void (*write)(const hg_columns *columns, uint32_t at, uint32_t row, const hg_event_values *values);
    /* Called when a flow is over. NULL: the flow's memory is zeroed, nothing else. */
    void (*forget)(void *state, hg_index flow);
    /* Called when the database changes. NULL: the reader remembers nothing from it. */
    void (*forget_names)(void *state);
    /* 0: `memory`, the loaded memory of a flow, must not be used. NULL: any bytes are valid. */
    int (*is_sound)(const void *state, const void *memory);
} hg_reader;

/* A look at a segment (conversations/ahead.h). What the reader wrote follows it. */
typedef struct hg_look {
    _Alignas(max_align_t) const uint8_t *data; /* the segment's */
    const hg_reader *reader;
    uint32_t length;
    uint32_t packet; /* its index in the block */
    uint32_t bytes; /* with this struct, up to the next look */
    uint8_t is_joined; /* 1: `data` is a copy of two segments' data */
} hg_look;

/* What the reader found in the bytes; NULL: nothing, or they are not those that it looked at. */
static inline const void *hg_look_of(const hg_look *look, const hg_reader *reader, const hg_bytes *bytes)
{
    if (look == NULL || look->reader != reader || look->length != bytes->length)
        return NULL;
    const int fits =
        look->data == bytes->data || (look->is_joined && memcmp(look->data, bytes->data, bytes->length) == 0);
    return fits ? look + 1 : NULL;
}

static inline int hg_reader_is_on(const hg_reader *reader, const hg_config *config)
{
    return config->protocols >> reader->protocol & 1;
}

/* ---- a stream reader's memory about flows ---------------------------------------------------
 *
 * It has the same number of bytes for each flow, zeros at first. An hg_flow_memory begins the reader's state. */

typedef struct hg_flow_memory {
    uint8_t *bytes;
    size_t each; /* bytes for each flow */
    hg_index flows; /* indexes of flows are below it */
    uint8_t shows_names; /* hg_config.host_names */
    uint8_t reads_ntlm; /* 1: NTLM is read, wherever it is sent */
} hg_flow_memory;

/* Makes the state of a reader. `*state` becomes NULL if it has none; hg_flow_memory_of must not be called for NULL. */
hg_status hg_flow_memory_open(const hg_reader *reader, const hg_config *config, hg_index flows, void **state,
                              hg_error *error);
void hg_flow_memory_close(void *state);
/* Forgets everything. */
void hg_flow_memory_reset(void *state);
void hg_flow_memory_forget(const hg_reader *reader, void *state, hg_index flow);
/* Saves or loads the memory of flows with an index below `flows`, so that another engine can continue. */
void hg_flow_memory_transfer(const hg_reader *reader, void *state, hg_index flows, hg_saved *saved);

static inline void *hg_flow_memory_of(const void *state, hg_index flow)
{
    const hg_flow_memory *memory = state;
    return memory->bytes + flow * memory->each;
}

/* ---- datagrams -------------------------------------------------------------------------- */

/* Names of hosts that others asked for lately, each in the place that its hash gives it. */
enum { HG_ASKED_NAMES = 128 };
typedef struct hg_asked_names {
    struct hg_asked_name {
        uint64_t name, asker; /* hashes */
        int64_t time_ns;
    } at[HG_ASKED_NAMES];
} hg_asked_names;

/* A UDP datagram, or the content of a frame without IP. */
typedef struct hg_datagram_in {
    struct hg_asked_names *asked;
    const hg_packet *packet;
    const hg_frame *frame;
    const uint8_t *data;
    uint32_t length; /* of `data`, all of which is captured */
    uint64_t number; /* the packet's number, counted from 1 over all input */
    const void *peek; /* the result of hg_hello_look; NULL for other readers than the reader of hellos */
    void *state; /* the hg_hello_memory, for the reader of hellos */
    hg_index flow; /* for the reader of hellos: the flow between the two ends; 0: none */
    uint8_t side; /* the end of the flow that sent it: 0 the client, 1 the server */
    uint8_t is_unlikely; /* for the reader of hellos: 1: its checksum is wrong */
    uint8_t hops; /* that it has left */
} hg_datagram_in;

/* The result of `read`. */
typedef enum hg_datagram_event {
    HG_DATAGRAM_NOTHING = 0, /* no event */
    HG_DATAGRAM_CLIENT = 1, /* an event of the client, or of a protocol without client and server */
    HG_DATAGRAM_SERVER = 2, /* an event of the server */
    HG_DATAGRAM_QUESTION = 3 /* HG_EVENT_DNS, whatever the reader's `events` are: the sender asks for a name */
} hg_datagram_event;

/* Counts a malformed datagram. */
static inline hg_datagram_event hg_malformed(uint64_t *count)
{
    ++*count;
    return HG_DATAGRAM_NOTHING;
}

/* The part of hg_config.max_stream_bytes for hellos in datagrams, if they are read; the rest is for TCP. */
static inline uint64_t hg_bytes_of_datagrams(const hg_config *config)
{
    return config->max_stream_bytes / 4;
}

enum { HG_MOST_READER_PORTS = 4 };

typedef struct hg_datagram_reader {
    hg_protocol protocol;
    hg_proof proof;
    hg_event events[2]; /* for a client, for a server */
    uint16_t ports[HG_MOST_READER_PORTS]; /* UDP ports, at either end; then zeros */
    uint64_t link_protocol; /* as in hg_requirements; 0: none */
    uint8_t any_port; /* 1: the reader needs datagrams on all ports */
    uint8_t needs_both; /* 1: a datagram belongs to the reader if it has a port and `begins` */
    /* 1 if the datagram belongs to the reader, whatever its ports. `length` of its `whole` bytes are captured. NULL:
     * only ports decide. */
    int (*begins)(const uint8_t *data, uint32_t length, uint32_t whole);
    /* Reads one datagram. It is called in the order of packets; the batch has room for `most_text` bytes. */
    hg_datagram_event (*read)(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to);
    uint32_t most_text;
    /* As in hg_reader. */
    void (*write)(const hg_columns *columns, uint32_t at, uint32_t row, const hg_event_values *values);
} hg_datagram_reader;

/* ---- texts ------------------------------------------------------------------------------- */

/* Reserves room for `length` bytes of text in the batch, or as much as is left. */
static inline hg_text_place hg_batch_reserve_text(hg_batch *batch, uint32_t length)
{
    uint32_t room = batch->text_capacity - batch->text_count;
    hg_text_place place = {.offset = batch->text_count, .length = length < room ? length : room};
    batch->text_count += place.length;
    return place;
}

/* Copies as much of the text into the batch as fits. */
static inline hg_text_place hg_batch_put_text(hg_batch *batch, const uint8_t *text, uint32_t length)
{
    hg_text_place place = hg_batch_reserve_text(batch, length);
    if (place.length > 0)
        memcpy(batch->texts + place.offset, text, place.length);
    return place;
}

/* ---- rows -------------------------------------------------------------------------------- */

/* Defines the function `write` of a reader whose event values are a row of its columns. */
#define HG_ROW_WRITER(function, reader)                                                              \
    void function(const hg_columns *columns, uint32_t at, uint32_t row, const hg_event_values *from) \
    {                                                                                                \
        hg_write_row_##reader(&columns->reader, at, row, (const void *)from);                        \
    }
/* Checks that a value of this type fits into hg_event_values. */
#define HG_FITS_EVENT(type) _Static_assert(sizeof(type) <= sizeof(hg_event_values), "hg_event_values is too small")
