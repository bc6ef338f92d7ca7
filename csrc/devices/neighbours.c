/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "devices/neighbours.h"

#include "base/ascii.h"

void hg_say_capabilities(hg_announcing *to, uint32_t capabilities)
{
    static const char *const WORDS[] = {"bridge", "wlan", "router", "telephone", "station", "repeater", "docsis"};
    int is_first = 1;
    hg_announce_open(to, HG_SAYS_LLDP_CAPABILITIES);
    for (uint32_t bit = 0; bit < sizeof WORDS / sizeof *WORDS; bit++) {
        if ((capabilities >> bit & 1) == 0)
            continue;
        if (!is_first)
            hg_announce_word(to, "+");
        hg_announce_word(to, WORDS[bit]);
        is_first = 0;
    }
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
