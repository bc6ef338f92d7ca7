/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "announcements/head.h"

hg_span hg_head_trimmed(hg_span text)
{
    while (text.length > 0 && text.data[text.length - 1] <= ' ')
        text.length--;
    while (text.length > 0 && text.data[0] <= ' ')
        text = hg_span_of(text.data + 1, text.length - 1);
    return text;
}

int hg_head_line(hg_span *rest, hg_span *line)
{
    const uint8_t *end = rest->length == 0 ? NULL : memchr(rest->data, '\n', rest->length);
    if (rest->length == 0)
        return 0;
    line->data = rest->data;
    line->length = end == NULL ? rest->length : (uint32_t)(end - rest->data);
    const uint32_t taken = end == NULL ? rest->length : line->length + 1;
    *rest = hg_span_of(rest->data + taken, rest->length - taken);
    return 1;
}

int hg_head_field(hg_span line, hg_span *name, hg_span *value)
{
    const uint8_t *colon = line.length == 0 ? NULL : memchr(line.data, ':', line.length);
    if (colon == NULL)
        return 0;
    const uint32_t length = (uint32_t)(colon - line.data);
    *name = hg_head_trimmed(hg_span_of(line.data, length));
    *value = hg_head_trimmed(hg_span_of(colon + 1, line.length - length - 1));
    return 1;
}
