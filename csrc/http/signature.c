/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "http/signature.h"

#include "base/value.h"
#include "http/lists.h"
#include "http/match.h"

/* The length of a value's part that is shown: up to the limit, or to a character that a signature cannot contain. */
static uint32_t shown_length(const uint8_t *value, uint32_t length, int ends_at_bar)
{
    uint32_t most = length < HG_HTTP_MOST_VALUE_SHOWN ? length : HG_HTTP_MOST_VALUE_SHOWN, i = 0;
    while (i < most && value[i] >= 0x20 && value[i] <= 0x7f && value[i] != ']' && !(ends_at_bar && value[i] == '|'))
        i++;
    return i;
}

/* Whether a field's value is shown; `lists` are p0f's lists that contain its name. */
static int shows_value(const hg_http_head *head, const hg_http_field *field, uint8_t lists, const hg_database *database,
                       hg_http_visibility shown)
{
    if ((lists & (HG_HTTP_OPTIONAL | HG_HTTP_SKIPPED)) != 0)
        return 0;
    if (shown == HG_HTTP_SHOW_ALL || (lists & HG_HTTP_COMMON) != 0)
        return 1;
    return shown == HG_HTTP_SHOW_COMMON && (head->shows_values || hg_database_has_values(database, head, field->name));
}

static char *put_field(char *p, const hg_http_head *head, const hg_http_field *field, const hg_database *database,
                       hg_http_visibility shown)
{
    const uint8_t *name = head->bytes + field->name.offset, *value = head->bytes + field->value.offset;
    const uint8_t lists = hg_http_lists_of(name, field->name.length, head->response);
    if ((lists & HG_HTTP_OPTIONAL) != 0)
        *p++ = '?';
    p = hg_put_bytes(p, (const char *)name, field->name.length);
    if (!shows_value(head, field, lists, database, shown) || hg_http_is_secret(name, field->name.length))
        return p;
    const uint32_t length = shown_length(value, field->value.length, lists != 0);
    if (length == 0)
        return p;
    p = hg_put_bytes(HG_AFTER(p, "=["), (const char *)value, length);
    return HG_AFTER(p, "]");
}

static int is_present(const hg_http_head *head, const char *name)
{
    for (uint32_t i = 0; i < head->field_count; i++)
        if (hg_is_like(head->bytes + head->fields[i].name.offset, head->fields[i].name.length, name))
            return 1;
    return 0;
}

static char *put_absent(char *p, const hg_http_head *head)
{
    const char *const first = p, *name;
    for (uint32_t i = 0; (name = hg_http_common(i, head->response)) != NULL; i++)
        if (!is_present(head, name))
            p = hg_put_item(p, first, hg_span_of_word(name), ',', 0);
    return p;
}

uint32_t hg_http_signature(const hg_http_head *head, const hg_database *database, hg_http_visibility shown,
                           uint8_t *out)
{
    char *p = (char *)out;
    *p++ = (char)('0' + head->version);
    *p++ = ':';
    for (uint32_t i = 0; i < head->field_count; i++) {
        if (i > 0)
            *p++ = ',';
        p = put_field(p, head, head->fields + i, database, shown);
    }
    *p++ = ':';
    p = put_absent(p, head);
    *p++ = ':';
    const hg_http_text software = hg_http_software(head);
    if (!head->response || shown != HG_HTTP_SHOW_PRIVATE)
        p = hg_put_bytes(p, (const char *)head->bytes + software.offset,
                         shown_length(head->bytes + software.offset, software.length, 0));
    return (uint32_t)(p - (char *)out);
}
