/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/keys.h"

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
