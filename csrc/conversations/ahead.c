/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "conversations/ahead.h"

#include <stdlib.h>

/* The memory of a block, the most credit, and the looks at each block without any. */
enum { MOST_BYTES = 1 << 20, MOST_CREDIT = 4096, FREE_LOOKS = 8 };

/* The most bytes of two segments that are examined together, and how many messages may continue in later segments. */
enum { MOST_JOINED = 8192, MOST_BEGUN = 64 };

void hg_ahead_clear(hg_ahead *ahead)
{
    free(ahead->bytes);
    *ahead = (hg_ahead){0};
}

void hg_ahead_forget(hg_ahead_memory memory)
{
    for (uint32_t i = 0; i < HG_MOST_READERS; i++) {
        free(memory[i]);
        memory[i] = NULL;
    }
}

void hg_ahead_repay(hg_ahead_credit *credit, uint32_t used)
{
    const int_fast32_t now = atomic_load_explicit(credit, memory_order_relaxed);
    if (used > 0 && now < MOST_CREDIT)
        atomic_fetch_add_explicit(credit, 2 * (int_fast32_t)used, memory_order_relaxed);
}

/* What the looks at a block share. */
typedef struct looking {
    hg_ahead *ahead;
    const hg_readers *readers;
    const hg_database *database;
    void **memory;
    const hg_packet *packets;
    const hg_frame *frames;
    uint16_t begun[MOST_BEGUN]; /* by flow hash: packets with incomplete messages, counted from 1; 0: none */
} looking;

/* Looks at the data of a packet. Returns what hg_reader.look returns, and keeps what it found. */
static uint32_t look_at(const looking *with, uint32_t number, hg_span data, uint32_t packet)
{
    const hg_reader *reader = with->readers->readers[number];
    hg_ahead *ahead = with->ahead;
    hg_look *look = (hg_look *)(void *)(ahead->bytes + ahead->used);
    const uint32_t bytes =
        reader->look(with->readers->states[number], with->memory + number, with->database, data, look + 1);
    if (bytes == 0 || bytes == HG_LOOK_GOES_ON)
        return bytes;
    const uint32_t whole = (uint32_t)sizeof *look + bytes, unit = (uint32_t)_Alignof(hg_look);
    *look = (hg_look){data.data, reader, data.length, packet, (whole + unit - 1) / unit * unit, 0};
    ahead->used += look->bytes;
    return bytes;
}

/* Looks at the data of two segments together; the second one is `packet`. */
static uint32_t look_at_both(const looking *with, uint32_t number, hg_span first, hg_span second, uint32_t packet)
{
    hg_ahead *ahead = with->ahead;
    hg_look *look = (hg_look *)(void *)(ahead->bytes + ahead->used);
    uint8_t *joined = (uint8_t *)(look + 1) + HG_MOST_LOOK;
    memcpy(joined, first.data, first.length);
    memcpy(joined + first.length, second.data, second.length);
    const hg_span both = hg_span_of(joined, first.length + second.length);
    const uint32_t bytes = look_at(with, number, both, packet), unit = (uint32_t)_Alignof(hg_look);
    if (bytes == 0 || bytes == HG_LOOK_GOES_ON)
        return 0;
    look->data = memmove((uint8_t *)look + look->bytes, joined, both.length);
    look->is_joined = 1;
    look->bytes += (both.length + unit - 1) / unit * unit;
    ahead->used = (uint32_t)((uint8_t *)look - ahead->bytes) + look->bytes;
    return bytes;
}

/* 1 when a packet continues the data of an earlier one. Flows may have equal hashes: see hg_look_of. */
static int continues(const hg_packet *packet, const hg_packet *earlier)
{
    return packet->flow_hash == earlier->flow_hash && packet->source_port == earlier->source_port &&
           packet->seq == earlier->seq + earlier->payload;
}

/* Looks at the data of packet `i`, perhaps joined to the data that they continue. 1: a reader found something. */
static int look_at_packet(looking *with, hg_span data, uint32_t i)
{
    const hg_packet *packet = with->packets + i;
    uint16_t *begun = with->begun + packet->flow_hash % MOST_BEGUN;
    if (*begun > 0 && continues(packet, with->packets + *begun - 1)) {
        const hg_packet *before = with->packets + *begun - 1;
        hg_span first;
        first.length = hg_packet_data(before, with->frames + before->frame, &first.data);
        *begun = 0;
        return first.length + data.length <= MOST_JOINED &&
               look_at_both(with, with->readers->looks[first.data[0]] - 1u, first, data, i) != 0;
    }
    const uint32_t number = with->readers->looks[data.data[0]];
    const uint32_t bytes = number == 0 ? 0 : look_at(with, number - 1, data, i);
    if (bytes == HG_LOOK_GOES_ON)
        *begun = (uint16_t)(i + 1);
    return bytes > 0 && bytes != HG_LOOK_GOES_ON;
}

void hg_ahead_take(hg_ahead *ahead, const hg_readers *readers, const hg_database *database, hg_ahead_memory memory,
                   hg_ahead_credit *credit, const hg_packet *packets, uint32_t count, const hg_frame *frames)
{
    const int_fast32_t now = atomic_load_explicit(credit, memory_order_relaxed);
    const uint32_t most = now > FREE_LOOKS ? (uint32_t)now : FREE_LOOKS;
    looking with = {ahead, readers, database, memory, packets, frames, {0}};
    uint32_t taken = 0;
    ahead->used = ahead->next = 0;
    for (uint32_t i = 0; i < count && taken < most; i++) {
        const uint8_t *data;
        if (packets[i].payload == 0 || hg_is_datagram(packets + i) || hg_is_handshake(packets + i))
            continue;
        const uint32_t length = hg_packet_data(packets + i, frames + packets[i].frame, &data);
        if (length == 0 || (readers->looks[data[0]] == 0 && with.begun[packets[i].flow_hash % MOST_BEGUN] == 0))
            continue;
        if (ahead->bytes == NULL && (ahead->bytes = malloc(MOST_BYTES)) == NULL)
            return;
        if (MOST_BYTES - ahead->used < sizeof(hg_look) + HG_MOST_LOOK + MOST_JOINED + 2 * _Alignof(hg_look))
            break;
        taken += (uint32_t)look_at_packet(&with, hg_span_of(data, length), i);
    }
    if (taken > 0)
        atomic_fetch_sub_explicit(credit, (int_fast32_t)taken, memory_order_relaxed);
}
