/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "industrial/protocol.h"

#include "announcements/head.h"

/* The text up to its first NUL, without blanks around it. */
static hg_span trimmed(hg_span text)
{
    text = hg_head_trimmed(text); /* a NUL counts as blank */
    const uint8_t *end = text.length > 0 ? memchr(text.data, 0, text.length) : NULL;
    return end == NULL ? text : hg_head_trimmed(hg_span_first(text, (uint32_t)(end - text.data)));
}

void hg_state_text(hg_announcing *to, const char *word, hg_span text)
{
    text = trimmed(text);
    if (to != NULL && text.length > 0)
        hg_announce_after(to, HG_SAYS_INDUSTRIAL, word, text.data, text.length);
}

void hg_state_number(hg_announcing *to, const char *word, uint32_t number)
{
    if (to != NULL)
        HG_ANNOUNCE_PIECES(to, HG_SAYS_INDUSTRIAL, word, number);
}

void hg_state_version(hg_announcing *to, const char *word, const uint8_t *parts, uint32_t count)
{
    if (to == NULL)
        return;
    hg_announce_open(to, HG_SAYS_INDUSTRIAL);
    hg_announce_word(to, word);
    for (uint32_t i = 0; i < count; i++)
        HG_ANNOUNCE_MORE(to, i > 0 ? "." : "", parts[i]);
    hg_announce_close(to);
}

void hg_state_name(hg_announcing *to, hg_span name)
{
    name = trimmed(name);
    if (to != NULL && name.length > 0)
        hg_announce(to, HG_SAYS_NAME, name.data, name.length);
}
