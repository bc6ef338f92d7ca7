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

/* "Ended:" (write_ended.c). */
void hg_write_ended_lines(hg_writer *to, const hg_host_view *of);
