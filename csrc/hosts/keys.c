/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/keys.h"

#include "announcements/fields.h"

void hg_write_mac(hg_writer *to, const uint8_t *mac)
{
    HG_WRITE_VALUE(to, HG_MAC_TEXT, hg_put_mac, mac);
}

void hg_json_mac(hg_json *to, const uint8_t *mac)
{
    hg_json_optional(to, mac != NULL, written, hg_write_mac, mac);
}

void hg_host_write_line(hg_writer *to, const hg_host_view *view, const char *key,
                        void (*put)(hg_writer *to, const hg_host_view *view))
{
    const size_t start = to->length;
    hg_write(to, key, HG_LINE_KEY);
    const size_t value = to->length;
    put(to, view);
    if (to->length == value)
        to->length = start;
    else
        hg_write_word(to, "\n");
}
