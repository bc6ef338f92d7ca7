/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "industrial/protocol.h"

static int is_blank(uint8_t c)
{
    return c <= ' ';
}

/* The text up to its first NUL, without blanks around it. */
static hg_span trimmed(hg_span text)
{
    while (text.length > 0 && is_blank(text.data[0]))
        text = hg_span_from(text, 1);
    const uint8_t *end = text.length > 0 ? memchr(text.data, 0, text.length) : NULL;
    if (end != NULL)
        text.length = (uint32_t)(end - text.data);
    while (text.length > 0 && is_blank(text.data[text.length - 1]))
        text.length--;
    return text;
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
