/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * template.c - where layouts vary, the byte parser mispredicts five branches a packet and this
 * one (cachegrind, SYNs of all p0f's signatures in random order).
 *
 * Templates look at the 32 bytes that end with the options. At least 40 bytes of headers
 * stand before them, so these bytes are always part of the frame.
 */
#include "template.h"

#include "bytes.h"

typedef struct {
    uint64_t word[HG_TEMPLATE_WORDS];
} option_window;

static inline option_window load_window(const uint8_t *at)
{
    option_window window;
    for (int i = 0; i < (int)HG_TEMPLATE_WORDS; i++)
        window.word[i] = hg_le64(at + 8 * i);
    return window;
}

static inline uint32_t slot_hash(const option_window *window, const hg_db_template_length *length)
{
    static const uint64_t multipliers[HG_TEMPLATE_WORDS] = HG_TEMPLATE_MULTIPLIERS;
    uint64_t total = 0;
    for (int i = 0; i < (int)HG_TEMPLATE_WORDS; i++)
        total += (window->word[i] & length->mask[i]) * multipliers[i];
    return (uint32_t)(total >> 32);
}

static inline int fits(const option_window *window, const hg_db_template *template)
{
    uint64_t differing = 0;
    for (int i = 0; i < (int)HG_TEMPLATE_WORDS; i++)
        differing |= (window->word[i] ^ template->value[i]) & template->mask[i];
    return differing == 0;
}

static inline const hg_db_template *find(const hg_tables *t, const option_window *window,
                                         uint32_t options_length)
{
    const hg_db_template_length *length = t->template_lengths + options_length / 4;
    uint32_t start = slot_hash(window, length);
    for (uint32_t probe = 0; probe < HG_TEMPLATE_PROBES; probe++) {
        uint32_t slot = length->first_slot + ((start + probe) & length->slot_mask);
        uint32_t number = t->template_slots[slot].template;
        if (number == HG_NO_INDEX)
            return NULL;
        if (fits(window, t->templates + number))
            return t->templates + number;
    }
    return NULL;
}

/* Values of options that are not there are masked out instead of branched on, which random
 * traffic mispredicts. */
static void read_values(const hg_db_template *template, const uint8_t *window, uint32_t pure_syn,
                        hg_observation *o)
{
    uint32_t peer_ts = hg_be32(window + template->ts_at + 4);
    o->mss = (uint16_t)(hg_be16(window + template->mss_at) & template->mss_mask);
    o->wscale = (uint8_t)(window[template->wscale_at] & template->wscale_mask);
    o->ts1 = hg_be32(window + template->ts_at) & template->ts_mask;
    o->quirks |= (o->wscale > HG_HIGHEST_USUAL_WSCALE ? HG_QUIRK_EXWS : 0u) |
                 ((o->ts1 == 0 ? HG_QUIRK_TS1_MINUS : 0u) & template->ts_mask) |
                 (((pure_syn & (peer_ts != 0)) != 0 ? HG_QUIRK_TS2_PLUS : 0u) & template->ts_mask);
}

int hg_template_read(const hg_tables *t, const hg_packet *packet, hg_observation *o, uint32_t *layout)
{
    if (packet->options_length > HG_TEMPLATE_BYTES)
        return 0;
    const uint8_t *at = hg_tcp_options(packet) + packet->options_length - HG_TEMPLATE_BYTES;
    option_window window = load_window(at);
    const hg_db_template *found = find(t, &window, packet->options_length);
    if (found == NULL)
        return 0;
    uint64_t pad = 0;
    for (int i = 0; i < (int)HG_TEMPLATE_WORDS; i++)
        pad |= window.word[i] & found->pad[i];
    o->quirks |= pad != 0 ? HG_QUIRK_OPT_PLUS : 0u;
    read_values(found, at, packet->type == HG_SYN, o);
    hg_set_olayout(o, (const uint8_t *)(t->layouts + found->layout));
    *layout = found->layout;
    return 1;
}
