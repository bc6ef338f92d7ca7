/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "engine/ahead.h"

#include <stdlib.h>

/* The memory of a block, the most credit, and the looks at each block without any. */
enum { MOST_BYTES = 1 << 20, MOST_CREDIT = 4096, FREE_LOOKS = 8 };

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

/* Looks at a segment's data. 1: the reader found something. */
static int look_at(hg_ahead *ahead, const hg_readers *readers, const hg_database *database, hg_ahead_memory memory,
                   hg_span data, uint32_t packet)
{
    const uint32_t number = readers->looks[data.data[0]] - 1u;
    hg_look *look = (hg_look *)(void *)(ahead->bytes + ahead->used);
    const uint32_t bytes =
        readers->readers[number]->look(readers->states[number], memory + number, database, data, look + 1);
    if (bytes == 0)
        return 0;
    const uint32_t whole = (uint32_t)sizeof *look + bytes, unit = (uint32_t)_Alignof(hg_look);
    *look = (hg_look){data.data, readers->readers[number], data.length, packet, (whole + unit - 1) / unit * unit};
    ahead->used += look->bytes;
    return 1;
}

void hg_ahead_take(hg_ahead *ahead, const hg_readers *readers, const hg_database *database, hg_ahead_memory memory,
                   hg_ahead_credit *credit, const hg_packet *packets, uint32_t count, const hg_frame *frames)
{
    const int_fast32_t now = atomic_load_explicit(credit, memory_order_relaxed);
    const uint32_t most = now > FREE_LOOKS ? (uint32_t)now : FREE_LOOKS;
    uint32_t taken = 0;
    ahead->used = ahead->next = 0;
    for (uint32_t i = 0; i < count && taken < most; i++) {
        const uint8_t *data;
        if (packets[i].payload == 0 || hg_is_datagram(packets + i) || hg_is_handshake(packets + i))
            continue;
        const uint32_t length = hg_packet_data(packets + i, frames + packets[i].frame, &data);
        if (length == 0 || readers->looks[data[0]] == 0)
            continue;
        if (ahead->bytes == NULL && (ahead->bytes = malloc(MOST_BYTES)) == NULL)
            return;
        if (MOST_BYTES - ahead->used < sizeof(hg_look) + HG_MOST_LOOK + _Alignof(hg_look))
            break;
        taken += (uint32_t)look_at(ahead, readers, database, memory, hg_span_of(data, length), i);
    }
    if (taken > 0)
        atomic_fetch_sub_explicit(credit, (int_fast32_t)taken, memory_order_relaxed);
}
