/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * text_lines.c - lines of a host record for people: a key, then values.
 */

#include "hg_hosts.h"
#include "hosts/text_lines.h"

/* A key, and values from column 11 on. */
void hg_begin_line(hg_writer *to, const char *key)
{
    static const char BLANKS[8] = "        ";
    const size_t length = strlen(key);
    HG_WRITE_WITH(to, "  ", hg_write, key, length);
    hg_write(to, BLANKS, sizeof BLANKS - length);
}

void hg_write_percent(hg_writer *to, double share)
{
    HG_WRITE_MADE(to, HG_PERCENT_BYTES, hg_put_percent, share);
}

const char *hg_source_word(uint8_t source)
{
    static const char *const WORDS[HG_HOST_SOURCES] = {
#define HG_SAID(name, word) [HG_SOURCE_##name] = word ": ",
        HG_SOURCE_WORDS(HG_SAID)
#undef HG_SAID
    };
    return source < HG_HOST_SOURCES && WORDS[source] != NULL ? WORDS[source] : "";
}
