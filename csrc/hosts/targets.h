/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * targets.h - turns rows into a host's connection attempts to targets, and the answers. Findings are bits by
 * hg_host_finding.
 */
#pragma once

#include "hosts/hosts.h"

/* Takes a SYN of a host, and returns the findings that it completes. */
uint32_t hg_call_take(hg_hosts *hosts, hg_index index, hg_row row, int is_retry);
/* Takes the outcome of a SYN, from a packet after the row `before`. A scan that it completes is noted at `row`, if
 * there is one; if findings are reported, it becomes a row after `before`. */
void hg_call_follow(hg_hosts *hosts, const hg_completion *of, uint32_t row, uint32_t before);
/* Takes a host's request on the link for an address of 16 bytes, and returns the findings that it completes. */
uint32_t hg_call_ask(hg_hosts *hosts, hg_index index, const uint8_t *address, uint8_t version, int64_t time_ns);
/* Takes the answer of the station with the address. */
void hg_call_reply(hg_hosts *hosts, const uint8_t *asker, const uint8_t *address, uint8_t version);
/* Takes a SYN+ACK, as an answer to its receiver. */
void hg_call_answer(hg_hosts *hosts, hg_row row);
/* Takes data of a host: it was answered, even if the answer was not captured. */
void hg_call_go_on(hg_hosts *hosts, hg_index index, hg_row row);
/* Whether to check the host for scans because it completed connections. If so, the caller checks it now. */
int hg_targets_are_due(const hg_hosts *hosts, const hg_host_entry *host);
void hg_targets_release(hg_hosts *hosts, uint32_t record);
void hg_targets_free(hg_hosts *hosts);
