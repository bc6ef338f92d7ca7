/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - the interface of readers. Stream readers get the first bytes of connections, in order; datagram readers
 * get single datagrams.
 *
 *     open ─▶ begins, follow (in order, one thread) ─▶ write (in parallel)
 *                 └ forget, when a flow ends
 *
 *     begins, hg_hello_look (in parallel) ─▶ read (in order, one thread) ─▶ write (in parallel)      of datagrams
 *
 * The TCP reader looks at headers of every packet, so it is called directly (tcp/conversation.h);
 * it shares the flows, the events and the writing of rows.
 *
 * A new reader has its own folder, its event, protocol and columns in huginn.h, and a place in hg_readers_list
 * (engine/readers.c). A datagram reader has a place in the list of devices/readers.h.
 */
#pragma once

#include "base/saved.h"
#include "flow/streams.h"
#include "hg_columns.h"
#include "packet/parse.h"

#include <string.h>

/* Passes the result of `follow` to `write`; each reader chooses its content. */
typedef struct hg_finding {
    uint64_t words[16];
} hg_finding;

/* A reader's answer to the bytes that it was given. */
typedef struct hg_reader_result {
    uint32_t keep; /* the reader needs bytes from this offset on again, unless it is done; in whole streams the offset
                    * may be up to HG_MOST_PASSED past the end of the bytes */
    uint8_t done;  /* 1: the reader needs nothing more of this direction */
    uint8_t again; /* 1: call it again with the same bytes, which may hold another event; `keep` is ignored */
    uint8_t has_event; /* 1: `event` happened, and `finding` holds what `write` needs */
    uint8_t event; /* hg_event */
    uint32_t examined; /* bytes examined in this call; 0: all new ones */
} hg_reader_result;

/* The matches of a flow's client so far, for readers of later packets. */
typedef struct hg_client_matches {
    uint32_t syn;   /* signature of its SYN, HG_NO_SIGNATURE, or HG_NOT_SEEN */
    uint32_t hello; /* signature of its ClientHello, HG_NO_SIGNATURE, or HG_NOT_SEEN */
} hg_client_matches;

/* How far a reader's bytes prove their sender; the scope of its rows follows from it (engine/scope.c). */
typedef enum hg_proof {
    HG_PROOF_UNSTATED = 0,
    HG_PROOF_NONE,      /* nothing: the source address may be forged */
    HG_PROOF_LINK,      /* the protocol stays on the link, and its packets must show that they do */
    HG_PROOF_NEAR,      /* a handshake proves it; without one, unicast packets that no router forwarded count weakly */
    HG_PROOF_HANDSHAKE  /* a handshake proves it; without one, the bytes count weakly */
} hg_proof;

/* Where `follow` puts its findings. */
typedef struct hg_reader_output {
    hg_batch *batch; /* takes the event's texts; there is room for `most_text` bytes */
    hg_stats *stats; /* counters */
    const hg_database *database; /* or NULL */
    hg_finding *finding;
    hg_client_matches *matches; /* the flow's matches; read and update; NULL for a datagram */
    const hg_packet *packet; /* the packet with the last of the bytes */
    const hg_frame *frame;   /* the frame that held it */
    uint64_t *first_packet; /* for a datagram: the number of its connection's first packet; its own number unless set */
    uint8_t *scope; /* hg_scope of the event; the reader may change it */
} hg_reader_output;

typedef struct hg_reader {
    hg_protocol protocol;
    hg_proof proof;
    uint32_t stream_bytes; /* how many bytes of each direction it reads, from the first on */
    uint8_t whole_streams; /* 1: it reads all bytes with hg_config.http_all */
    /* Most bytes of text that one call of `follow` adds to a batch. */
    uint32_t most_text;
    /* The size of its state, which begins with an hg_flow_memory. 0: it has none. */
    size_t state_bytes;
    /* Sets the members of the state after its hg_flow_memory, which are zeros. Returns how many bytes it keeps for each
     * flow. Borrows `config` for the call. */
    size_t (*open)(const hg_config *config, void *state);
    /* For the first data of a connection whose handshake was not captured: 1 if a client sends such data, 2 if a server
     * does, 0 if neither. */
    int (*begins)(const uint8_t *data, uint32_t length);
    /* Examines bytes in order, from the first that it kept. It is called in the order of packets, and puts the event's
     * texts into the batch. */
    hg_reader_result (*follow)(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                         const hg_reader_output *to);
    /* Writes the row of an event into the reader's columns, at `at`; `row` is its place in the shared columns. */
    void (*write)(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding);
    /* Bytes of a direction were replaced. The reader must forget everything that it read after the last bytes it kept, or
     * with `all` everything; then it gets the bytes from there again. NULL: it has no state to undo. */
    void (*rewind)(void *state, hg_index flow, int from_server, int all);
    /* The flow is over. NULL: its memory becomes zeros. */
    void (*forget)(void *state, hg_index flow);
    /* The database changes. NULL: the reader remembers nothing from it. */
    void (*forget_names)(void *state);
    /* 0: the loaded memory of a flow must not be used. NULL: any bytes are valid. */
    int (*is_sound)(const void *state, const void *of);
} hg_reader;

static inline int hg_reader_is_on(const hg_reader *reader, const hg_config *config)
{
    return config->protocols >> reader->protocol & 1;
}

/* ---- a stream reader's memory ---------------------------------------------------------------
 *
 * The same number of bytes for each flow, zeros at first. It is the first member of the reader's state. */

typedef struct hg_flow_memory {
    uint8_t *bytes;
    size_t each;
    hg_index flows; /* indexes of flows are below it */
} hg_flow_memory;

/* Makes the state of a reader; NULL: it has none, and the functions below do nothing with it. */
hg_status hg_flow_memory_open(const hg_reader *reader, const hg_config *config, hg_index flows, void **state, hg_error *error);
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

/* A UDP datagram, or the content of a frame without IP. */
typedef struct hg_datagram_in {
    const hg_packet *packet;
    const hg_frame *frame;
    const uint8_t *data;
    uint32_t length; /* all of them are captured */
    uint64_t number; /* the packet's number, counted from 1 over all input */
    const void *peek; /* the result of hg_hello_look; NULL: the datagram is for another reader */
    void *state; /* hg_hello_memory of the reader of hellos */
    hg_index flow; /* the flow between its two ends; 0: none */
    uint8_t side; /* end of the flow that sent it: 0 the client, 1 the server */
} hg_datagram_in;

/* The result of `read`. */
typedef enum hg_datagram_event {
    HG_DATAGRAM_NOTHING = 0,
    HG_DATAGRAM_CLIENT = 1, /* an event, and the sender is the client, or both ends are equal */
    HG_DATAGRAM_SERVER = 2, /* an event, and the sender is the server */
    HG_DATAGRAM_QUESTION = 3 /* HG_EVENT_DNS; any reader may report it */
} hg_datagram_event;

/* Counts a malformed datagram. */
static inline hg_datagram_event hg_malformed(uint64_t *count)
{
    ++*count;
    return HG_DATAGRAM_NOTHING;
}

/* The part of hg_config.max_stream_bytes for readers of datagrams; the rest is for TCP. */
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
    uint8_t any_port; /* 1: datagrams on all ports must come here */
    /* 1 if a datagram on any port belongs to the reader; `length` of its `whole` bytes are captured. NULL: only ports
     * decide. */
    int (*begins)(const uint8_t *data, uint32_t length, uint32_t whole);
    /* Reads one datagram. It is called in the order of packets; the batch has room for `most_text` bytes. */
    hg_datagram_event (*read)(const hg_config *config, const hg_datagram_in *of, const hg_reader_output *to);
    uint32_t most_text;
    /* As in hg_reader. */
    void (*write)(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding);
} hg_datagram_reader;

/* ---- texts ------------------------------------------------------------------------------- */

/* Reserves room for text in the batch, or as much as is left. */
static inline hg_text_place hg_batch_reserve_text(hg_batch *batch, uint32_t length)
{
    uint32_t room = batch->text_capacity - batch->text_count;
    hg_text_place place = {.offset = batch->text_count, .length = length < room ? length : room};
    batch->text_count += place.length;
    return place;
}

/* Copies text into the batch, as much as fits. */
static inline hg_text_place hg_batch_put_text(hg_batch *batch, const uint8_t *text, uint32_t length)
{
    hg_text_place place = hg_batch_reserve_text(batch, length);
    if (place.length > 0)
        memcpy(batch->texts + place.offset, text, place.length);
    return place;
}

/* ---- rows -------------------------------------------------------------------------------- */

/* Defines the function `write` of a reader whose finding holds a row of its columns. */
#define HG_ROW_WRITER(function, reader)                                                              \
    void function(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding)   \
    {                                                                                                \
        hg_##reader##_values of;                                                                     \
        memcpy(&of, finding, sizeof of);                                                             \
        hg_write_row_##reader(&columns->reader, at, row, &of);                                           \
    }
#define HG_IS_FINDING(type) _Static_assert(sizeof(type) <= sizeof(hg_finding), "hg_finding is too small")
