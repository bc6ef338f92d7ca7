/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "devices/neighbours.h"

#include "base/ascii.h"

void hg_say_capabilities(hg_announcing *to, const hg_bit_word *words, uint32_t count, uint32_t capabilities)
{
    hg_announce_open(to, HG_SAYS_LLDP_CAPABILITIES);
    hg_announce_bits(to, words, count, capabilities);
    hg_announce_close(to);
}

void hg_say_lines(hg_announcing *to, uint8_t kind, const uint8_t *text, uint32_t length)
{
    int is_first = 1;
    hg_announce_open(to, kind);
    for (uint32_t at = 0; at < length;) {
        uint32_t next = at, end;
        while (next < length && !hg_ends_line(text[next]))
            next++;
        for (end = next; end > at && text[end - 1] <= ' ';)
            end--;
        if (end > at) {
            if (!is_first)
                hg_announce_word(to, " ");
            hg_announce_piece(to, text + at, end - at);
            is_first = 0;
        }
        at = next + 1;
    }
    hg_announce_close(to);
}
