/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * template.c - the byte parser takes 15 to 20 ns where layouts vary, this takes 8.
 *
 * Templates look at the 40 bytes that end with the options. At least 40 bytes of headers
 * stand before them, so these bytes are always part of the frame.
 */
#include "template.h"

#include "bytes.h"

enum { HIGHEST_USUAL_WSCALE = 14 }; /* RFC 7323, section 2.3 */

typedef struct {
    uint64_t word[HG_TEMPLATE_WORDS];
} option_area;

static inline option_area load_area(const hg_packet *packet)
{
    const uint8_t *end = hg_tcp_options(packet) + packet->options_length;
    option_area area;
    for (int i = 0; i < (int)HG_TEMPLATE_WORDS; i++)
        area.word[i] = hg_le64(end - HG_TEMPLATE_BYTES + 8 * i);
    return area;
}

static inline uint32_t slot_hash(const option_area *area, const hg_db_template_length *length)
{
    static const uint64_t multipliers[HG_TEMPLATE_WORDS] = HG_TEMPLATE_MULTIPLIERS;
    uint64_t total = 0;
    for (int i = 0; i < (int)HG_TEMPLATE_WORDS; i++)
        total += (area->word[i] & length->mask[i]) * multipliers[i];
    return (uint32_t)(total >> 32);
}

static inline int fits(const option_area *area, const hg_db_template *template)
{
    uint64_t differing = 0;
    for (int i = 0; i < (int)HG_TEMPLATE_WORDS; i++)
        differing |= (area->word[i] ^ template->value[i]) & template->mask[i];
    return differing == 0;
}

static inline const hg_db_template *find(const hg_tables *t, const option_area *area, uint32_t options_length)
{
    const hg_db_template_length *length = t->template_lengths + options_length / 4;
    uint32_t start = slot_hash(area, length);
    for (uint32_t probe = 0; probe < HG_TEMPLATE_PROBES; probe++) {
        uint32_t number = t->template_slots[length->first_slot + ((start + probe) & length->slot_mask)].template;
        if (number == HG_NO_INDEX)
            return NULL;
        if (fits(area, t->templates + number))
            return t->templates + number;
    }
    return NULL;
}

int hg_template_read(const hg_tables *t, const hg_packet *packet, hg_observation *o, uint32_t *layout)
{
    option_area area = load_area(packet);
    const hg_db_template *found = find(t, &area, packet->options_length);
    if (found == NULL)
        return 0;
    const uint8_t *options = hg_tcp_options(packet);
    uint32_t quirks = 0;
    uint64_t pad = 0;
    if ((found->has & HG_TEMPLATE_MSS) != 0)
        o->mss = hg_be16(options + found->mss_at);
    if ((found->has & HG_TEMPLATE_WSCALE) != 0) {
        o->wscale = options[found->wscale_at];
        quirks |= o->wscale > HIGHEST_USUAL_WSCALE ? HG_QUIRK_EXWS : 0u;
    }
    if ((found->has & HG_TEMPLATE_TS) != 0) {
        o->ts1 = hg_be32(options + found->ts_at);
        quirks |= o->ts1 == 0 ? HG_QUIRK_TS1_MINUS : 0u;
        quirks |= packet->type == HG_SYN && hg_be32(options + found->ts_at + 4) != 0 ? HG_QUIRK_TS2_PLUS : 0u;
    }
    for (int i = 0; i < (int)HG_TEMPLATE_WORDS; i++)
        pad |= area.word[i] & found->pad[i];
    o->quirks |= pad != 0 ? quirks | HG_QUIRK_OPT_PLUS : quirks;
    hg_set_olayout(o, (const uint8_t *)(t->layouts + found->layout));
    *layout = found->layout;
    return 1;
}
