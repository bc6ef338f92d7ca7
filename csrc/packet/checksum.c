/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "packet/checksum.h"

#include "base/bytes.h"

/* Adds bytes as numbers of 16 bits in the machine's own order, which does not matter for the sum. */
static uint64_t add(uint64_t sum, const uint8_t *bytes, uint32_t length)
{
    uint32_t word;
    uint16_t half = 0;
    for (; length >= sizeof word; bytes += sizeof word, length -= (uint32_t)sizeof word) {
        memcpy(&word, bytes, sizeof word);
        sum += word;
    }
    if (length >= sizeof half) {
        memcpy(&half, bytes, sizeof half);
        sum += half;
        bytes += sizeof half;
        length -= (uint32_t)sizeof half;
    }
    half = 0;
    memcpy(&half, bytes, length);
    return sum + half;
}

int hg_checksum_is_right(const hg_packet *packet, const uint8_t *data)
{
    const uint32_t address = packet->version == 4 ? 4 : sizeof(hg_address);
    const uint32_t length = (uint32_t)(data - packet->tcp) + packet->payload;
    const uint8_t pseudo[] = {0, 6, (uint8_t)(length >> 24), (uint8_t)(length >> 16), (uint8_t)(length >> 8), (uint8_t)length};
    uint64_t sum = add(0, (const uint8_t *)&packet->source, address);
    sum = add(sum, (const uint8_t *)&packet->destination, address);
    sum = add(sum, pseudo, sizeof pseudo);
    sum = add(sum, packet->tcp, length);
    while (sum >> 16 != 0)
        sum = (sum & 0xFFFF) + (sum >> 16);
    return sum == 0xFFFF;
}
