/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - the interface of readers. Stream readers get the first bytes of connections, in order; datagram readers
 * get single datagrams.
 *
 *     open ─▶ begins, follow (in order, one thread) ─▶ write (in parallel)
 *                 └ forget, when a flow ends
 *
 *     begins, look (in parallel) ─▶ read (in order, one thread) ─▶ write (in parallel)      of datagrams
 *
 * The TCP reader looks at headers of every packet, so it is called directly (tcp/conversation.h);
 * it shares the flows, the events and the way that rows are written.
 *
 * A new reader has its own folder, its event, protocol and columns in huginn.h, and a place in hg_readers_list
 * (engine/readers.c). One of datagrams stands in the list of devices/readers.h.
 */
#pragma once

#include "base/saved.h"
#include "flow/streams.h"
#include "hg_columns.h"
#include "packet/parse.h"

#include <string.h>

/* What `follow` found, for `write`: as the reader likes. */
typedef struct hg_finding {
    uint64_t words[16];
} hg_finding;

/* What a reader says after it was given bytes. */
typedef struct hg_reader_result {
    uint32_t keep; /* bytes from this offset on are needed again, unless it is done; of whole streams it may be up
                    * to HG_MOST_PASSED behind their end */
    uint8_t done;  /* 1: it needs nothing more of this direction */
    uint8_t again; /* 1: it is asked again with the same bytes, as they may hold another event; `keep` is not looked at */
    uint8_t has_event; /* 1: `event` happened, and `finding` holds what `write` needs */
    uint8_t event; /* hg_event */
    uint32_t examined; /* bytes that were examined in this call; 0: as many as are new */
} hg_reader_result;

/* The matches of a flow's client so far, for readers of later packets. */
typedef struct hg_client_matches {
    uint32_t syn;   /* the signature that named its SYN, HG_NO_SIGNATURE, or HG_NOT_SEEN */
    uint32_t hello; /* the same of its hello */
} hg_client_matches;

/* What shows who sent what a reader reads; the scope of its rows follows from it (engine/scope.h). */
typedef enum hg_proof {
    HG_PROOF_UNSTATED = 0,
    HG_PROOF_NONE,      /* nothing: the source address may be forged */
    HG_PROOF_LINK,      /* the protocol stays on the link, and its packets must show that they do */
    HG_PROOF_NEAR,      /* a connection; else, packets to one host count weakly if no router passed them on */
    HG_PROOF_HANDSHAKE  /* a connection; else it counts weakly */
} hg_proof;

/* Where `follow` puts its findings. */
typedef struct hg_reader_output {
    hg_batch *batch; /* texts that the event has; there is room for `most_text` bytes */
    hg_stats *stats; /* for things that are only counted */
    const hg_database *database; /* or NULL */
    hg_finding *finding;
    hg_client_matches *matches; /* the flow's matches; read and update; NULL for a datagram */
    const hg_packet *packet; /* with which the last of the bytes came */
    const hg_frame *frame;   /* that it lay in */
    uint64_t *first_packet; /* of a datagram: the number of its connection's first packet; it is its own unless set */
    uint8_t *scope; /* hg_scope of the event; the reader may change it */
} hg_reader_output;

typedef struct hg_reader {
    hg_protocol protocol;
    hg_proof proof;
    uint32_t stream_bytes; /* that it reads of each direction: the first ones, */
    uint8_t whole_streams; /* 1: or all, with hg_config.http_all */
    /* Most bytes of text that one call of `follow` adds to a batch. */
    uint32_t most_text;
    /* Of its state, which begins with an hg_flow_memory. 0: it has none. */
    size_t state_bytes;
    /* Sets what the state has behind its memory, zeros at first. Returns how many bytes of each flow it remembers. Borrows
     * `config` for the call. */
    size_t (*open)(const hg_config *config, void *state);
    /* 1 when data of a connection whose handshake was not captured begin as its client's would, 2
     * when as its server's would, 0 when as neither's. */
    int (*begins)(const uint8_t *data, uint32_t length);
    /* Looks at bytes in order, of which those that it kept were there before. Packets come here in
     * order; texts that its event has are put into the batch here. */
    hg_reader_result (*follow)(void *state, hg_index flow, int from_server, const hg_bytes *bytes,
                         const hg_reader_output *to);
    /* Writes the row of an event into its own columns, at `at`; `row` is that in the shared ones. */
    void (*write)(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding);
    /* Bytes of a direction were displaced: the reader must forget all that it read after the last bytes it kept, or
     * with `all` everything. The bytes are then given to it again from there. NULL: it has no state to undo. */
    void (*rewind)(void *state, hg_index flow, int from_server, int all);
    /* The flow is over. NULL: what it remembers of it becomes zeros. */
    void (*forget)(void *state, hg_index flow);
    /* The database is another one from here on. NULL: nothing of it is remembered. */
    void (*forget_names)(void *state);
    /* 0: what was loaded of a flow must not be used. NULL: any bytes will do. */
    int (*is_sound)(const void *state, const void *of);
} hg_reader;

static inline int hg_reader_is_on(const hg_reader *reader, const hg_config *config)
{
    return config->protocols >> reader->protocol & 1;
}

/* ---- datagrams -------------------------------------------------------------------------- */

/* A UDP datagram, or the content of a frame without IP. */
typedef struct hg_datagram_in {
    const hg_packet *packet;
    const hg_frame *frame;
    const uint8_t *data;
    uint32_t length; /* it is there as a whole */
    uint64_t number; /* of the packet, from 1 over all input */
    const void *peek; /* what hg_datagram_look put out; NULL: the reader has none */
    void *state; /* the reader's own; NULL: it has none */
    hg_index flow; /* of its two ends; 0: none */
    uint8_t side; /* end of the flow that sent it: 0 the client, 1 the server */
} hg_datagram_in;

/* What `read` found. */
typedef enum hg_datagram_event {
    HG_DATAGRAM_NOTHING = 0,
    HG_DATAGRAM_CLIENT = 1, /* an event, and the sender is the client, or one of equals */
    HG_DATAGRAM_SERVER = 2, /* an event, and the sender is the server */
    HG_DATAGRAM_QUESTION = 3 /* HG_EVENT_DNS, of a reader of any protocol */
} hg_datagram_event;

/* Counts a datagram that is no message of its protocol. */
static inline hg_datagram_event hg_malformed(uint64_t *count)
{
    ++*count;
    return HG_DATAGRAM_NOTHING;
}

/* Of a reader that looks at each datagram alone before `read`: any number of them at once. */
typedef struct hg_datagram_look {
    /* Makes the state of one worker, when first needed. */
    hg_status (*open)(const hg_config *config, void **worker, hg_error *error);
    void (*close)(void *worker);
    /* The most bytes that `look` writes for `length` bytes of input. */
    uint32_t (*room)(uint32_t length);
    /* Writes the result for a datagram alone (its peek) to `out`, which is aligned for all types. Returns its size. */
    uint32_t (*look)(void *worker, const hg_database *database, const uint8_t *data, uint32_t length, uint8_t *out);
} hg_datagram_look;

/* Of a reader that remembers something of flows over UDP, which have a table of their own. A flow begins where `begins` says so; one without an event is the first to make room. */
typedef struct hg_datagram_memory {
    /* `stats`, borrowed for good, receive what is counted before the first `read`. */
    hg_status (*open)(const hg_config *config, hg_index flows, hg_stats *stats, void **state, hg_error *error);
    void (*close)(void *state);
    void (*reset)(void *state);
    /* 1 when the datagram begins a connection; `*from_server`: it is the server's. */
    int (*begins)(const hg_datagram_in *of, int *from_server);
    void (*forget)(void *state, hg_index flow);
    void (*save)(const void *state, hg_saving *to);
    hg_status (*load)(void *state, hg_index flows, hg_loading *from);
} hg_datagram_memory;

/* Bytes of hg_config.max_stream_bytes that are for what readers of datagrams remember; the rest is for TCP. */
static inline uint64_t hg_bytes_of_datagrams(const hg_config *config)
{
    return config->max_stream_bytes / 4;
}

enum { HG_MOST_READER_PORTS = 4 };

typedef struct hg_datagram_reader {
    hg_protocol protocol;
    hg_proof proof;
    hg_event events[2]; /* that it reports: of a client, of a server */
    uint16_t ports[HG_MOST_READER_PORTS]; /* of UDP, at either end; then zeros */
    uint64_t link_protocol; /* as in hg_requirements; 0: none */
    uint8_t any_port; /* 1: datagrams on all ports must come here */
    /* 1 when a datagram on any port, of which `length` of `whole` bytes are there, is one of its; NULL: ports say so. */
    int (*begins)(const uint8_t *data, uint32_t length, uint32_t whole);
    /* Looks at one datagram. Packets come here in order; the batch has room for `most_text` bytes. */
    hg_datagram_event (*read)(const hg_config *config, const hg_datagram_in *of, const hg_reader_output *to);
    uint32_t most_text;
    /* As in hg_reader. */
    void (*write)(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding);
    const hg_datagram_look *look; /* or NULL */
    const hg_datagram_memory *memory; /* or NULL */
} hg_datagram_reader;

/* ---- texts ------------------------------------------------------------------------------- */

/* Room for text in the batch, as much as there is. */
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

/* A function `write` of a reader whose finding is a row of its columns, and what puts that there. */
#define HG_ROW_WRITER(function, reader)                                                              \
    void function(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding)   \
    {                                                                                                \
        hg_##reader##_values of;                                                                     \
        memcpy(&of, finding, sizeof of);                                                             \
        hg_write_row_##reader(&columns->reader, at, row, &of);                                           \
    }
#define HG_IS_FINDING(type) _Static_assert(sizeof(type) <= sizeof(hg_finding), "hg_finding is too small")
