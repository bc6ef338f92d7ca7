/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * template.c - reads options of a known layout by comparing them with a template.
 *
 * Where layouts vary, the byte parser mispredicts five branches a packet and this one branch
 * (cachegrind, SYNs of all p0f's signatures in random order).
 */
#include "tcp/template.h"

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

static inline int fits(const option_window *window, const hg_db_template *template)
{
    uint64_t differing = 0;
    for (int i = 0; i < (int)HG_TEMPLATE_WORDS; i++)
        differing |= (window->word[i] ^ template->value[i]) & template->mask[i];
    return differing == 0;
}

/* Each step looks at a byte in which templates of this length differ. All packets take the same number
 * of steps, so no branch is mispredicted. */
const hg_db_template *hg_template_find(const hg_tables *t, const hg_packet *packet)
{
    if (packet->options_length > HG_TEMPLATE_BYTES)
        return NULL;
    const uint8_t *window = hg_template_window(packet);
    uint32_t next = t->template_roots[packet->options_length / 4].step;
    for (uint32_t step = 0; step < HG_TEMPLATE_STEPS; step++) {
        uint32_t byte = window[next % HG_TEMPLATE_BYTES];
        next = t->template_nodes[next / HG_TEMPLATE_BYTES].steps[byte % HG_TEMPLATE_BRANCHES];
    }
    uint32_t number = t->template_ends[next / HG_TEMPLATE_BYTES].template_number;
    return number == HG_NO_INDEX ? NULL : t->templates + number;
}

/* Values of options that are absent are masked out: branches would be mispredicted in random traffic. */
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

int hg_template_read(const hg_db_template *found, const hg_packet *packet, hg_observation *o)
{
    const uint8_t *at = hg_template_window(packet);
    option_window window = load_window(at);
    if (!fits(&window, found))
        return 0;
    uint64_t pad = 0;
    for (int i = 0; i < (int)HG_TEMPLATE_WORDS; i++)
        pad |= window.word[i] & found->pad[i];
    o->quirks |= pad != 0 ? HG_QUIRK_OPT_PLUS : 0u;
    read_values(found, at, packet->type == HG_SYN, o);
    return 1;
}
