/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * text_lines.h - lines of a host record for people: a key, then values.
 */
#pragma once

#include "base/writer.h"
#include "hosts/write.h"

/* A key, and values from column 11 on. */
void hg_begin_line(hg_writer *to, const char *key);
void hg_write_percent(hg_writer *to, double share);
/* The packets that a source reads, as "SYN: "; empty: the source has none of its own. */
const char *hg_source_word(uint8_t source);

/* Lines under one key, of which the first few are written. */
typedef struct hg_text_items {
    hg_writer *to;
    const char *key;
    uint32_t count;
} hg_text_items;

/* 0: there are enough. */
int hg_begin_item(hg_text_items *of);
/* Says how many were left out. */
void hg_end_items(hg_text_items *of);

/* Whether handshakes of the host were captured, */
static inline int hg_has_handshakes(const hg_host_entry *host)
{
    return host->syns + (uint64_t)host->syn_acks > 0;
}

/* and whether its announcements are all that is known. */
int hg_is_only_device(const hg_host_view *of);

uint64_t hg_syns_of_tools(const hg_host_view *of);

/* Parts of the record: "Why:" and "But:" (write_reasons.c), "Ended:" (write_ended.c). */
void hg_write_evidence(hg_writer *to, const hg_host_view *view);
void hg_write_contradictions(hg_writer *to, const hg_host_view *view);
void hg_write_ended_lines(hg_writer *to, const hg_host_view *of);
