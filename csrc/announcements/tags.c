/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "announcements/tags.h"

static int is_blank(uint8_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

hg_span hg_tag_word(hg_cursor *in)
{
    while (in->at < in->end && is_blank(*in->at))
        in->at++;
    const uint8_t *begin = in->at;
    while (in->at < in->end && !is_blank(*in->at))
        in->at++;
    return hg_span_of(begin, (size_t)(in->at - begin));
}

int hg_tag_until(hg_cursor *in, char end, hg_span *out)
{
    const uint8_t *found = in->at == in->end ? NULL : memchr(in->at, end, (size_t)(in->end - in->at));
    if (found == NULL)
        return 0;
    *out = hg_span_of(in->at, (size_t)(found - in->at));
    in->at = found + 1;
    return 1;
}

hg_span hg_tag_local(hg_span name, hg_span *prefix)
{
    hg_cursor in = hg_cursor_of(name);
    if (!hg_tag_until(&in, ':', prefix)) {
        *prefix = hg_span_of(name.data, 0);
        return name;
    }
    return hg_span_of(in.at, (size_t)(in.end - in.at));
}

hg_tag_state hg_tag_next(hg_cursor *in, hg_tag *out)
{
    if (!hg_tag_until(in, '<', &out->text))
        return HG_TAG_NONE;
    if (!hg_tag_until(in, '>', &out->inside))
        return HG_TAG_CUT;
    hg_cursor rest = *in;
    if (!hg_tag_until(&rest, '<', &out->text))
        out->text = hg_span_of(in->at, 0);
    return HG_TAG_READ;
}

int hg_tag_begins(const hg_tag *tag)
{
    return tag->inside.length > 0 && strchr("?!/", tag->inside.text[0]) == NULL;
}
