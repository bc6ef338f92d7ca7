/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * left_out.c - counts what packets hold that are not analysed, if hg_config.left_out asks for it.
 *
 * Workers name the packets of their blocks; the ordered stage counts the names. There is a counter for every name, so
 * the result depends neither on the order of the packets nor on their number.
 */
#include "blocks/block.h"

void hg_left_out_name(hg_block *block, const hg_stages *stages)
{
    const hg_packet *packet = block->packets, *end = packet + block->packet_count;
    const uint8_t *plain = stages->sieves ? block->plain_bits : NULL;
    block->left_out_count = 0;
    if (block->left_out == NULL)
        block->left_out = malloc(block->capacity * sizeof *block->left_out);
    for (uint32_t i = 0; block->left_out != NULL && i < block->frame_count; i++) {
        const int is_analysed = packet < end && packet->frame == i;
        packet += is_analysed;
        if (!is_analysed && block->frames[i].linktype != HG_LINKTYPE_FILTERED &&
            (plain == NULL || (plain[i / HG_DETECTED_TOGETHER] >> i % HG_DETECTED_TOGETHER & 1) == 0))
            block->left_out[block->left_out_count++] = hg_left_out_key(block->frames + i, stages->read_bits);
    }
}

void hg_left_out_count(const hg_block *block, uint64_t *counts)
{
    for (uint32_t i = 0; i < block->left_out_count; i++)
        counts[block->left_out[i]]++;
    counts[HG_DROP_FILTERED] += block->drops[HG_DROP_FILTERED];
}

uint32_t hg_left_out_list(const uint64_t *counts, hg_left_out out[HG_MOST_LEFT_OUT])
{
    uint32_t count = 0;
    for (uint32_t key = 0; counts != NULL && key < HG_LEFT_OUT_KEYS; key++) {
        if (counts[key] == 0 || (count == HG_MOST_LEFT_OUT && counts[key] <= out[count - 1].packets))
            continue;
        uint32_t at = count < HG_MOST_LEFT_OUT ? count++ : count - 1;
        for (; at > 0 && out[at - 1].packets < counts[key]; at--)
            out[at] = out[at - 1];
        out[at] = (hg_left_out){counts[key], key >> HG_LEFT_OUT_SPACE_SHIFT, key & HG_LEFT_OUT_NUMBER};
    }
    return count;
}
