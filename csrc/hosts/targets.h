/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * targets.h - turns rows into connection attempts of a host to a target, and answers to them.
 */
#pragma once

#include "hosts/hosts.h"

/* A SYN of a host. The findings that it completes, as bits. */
uint32_t hg_call_take(hg_hosts *hosts, hg_index index, hg_row row, int is_retry);
/* A packet says something of a SYN: it came after the row `before`. Where findings are reported, a scan that it completes
 * is one of them; others note it at `row`, if there is any. */
void hg_call_follow(hg_hosts *hosts, const hg_completion *of, uint32_t row, uint32_t before);
/* A host asks all stations of the link for an address of 16 bytes. The same. */
uint32_t hg_call_ask(hg_hosts *hosts, hg_index index, const uint8_t *address, uint8_t version, int64_t time_ns);
/* The station with the address answers. */
void hg_call_reply(hg_hosts *hosts, const uint8_t *asker, const uint8_t *address, uint8_t version);
/* A SYN+ACK: its server answers a client, which may be known. */
void hg_call_answer(hg_hosts *hosts, hg_row row);
/* A host sends data: it was answered, also where the answer was not captured. */
void hg_call_go_on(hg_hosts *hosts, hg_index index, hg_row row);
/* Whether the host is to be judged because of connections that it completed. It is, then. */
int hg_targets_are_due(const hg_hosts *hosts, const hg_host_entry *host);
void hg_targets_release(hg_hosts *hosts, uint32_t record);
void hg_targets_free(hg_hosts *hosts);
