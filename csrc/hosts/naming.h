/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * naming.h - the names that a row gives its sender, as numbers; 0: no room for the name.
 */
#pragma once

#include "hosts/hosts.h"

/* A SYN or SYN+ACK. */
uint32_t hg_name_of_handshake(hg_hosts *hosts, const hg_batch *batch, hg_row row);
/* Whether a tool made it. */
int hg_is_of_tool(const hg_hosts *hosts, hg_row row);
/* The link of an MTU; 0 also where nothing names it. */
uint32_t hg_name_of_link(hg_hosts *hosts, hg_row row);
/* The program behind a ClientHello, a request or a response. */
uint32_t hg_name_of_hello(hg_hosts *hosts, hg_row row);
uint32_t hg_name_of_http(hg_hosts *hosts, hg_row row);
/* The same with the version that the User-Agent of a browser states, where `known` leaves it open. */
uint32_t hg_name_of_browser(hg_hosts *hosts, hg_row row, uint32_t known);
/* The system that a request states, and by what. */
uint32_t hg_name_of_claim(hg_hosts *hosts, const hg_row *row, hg_host_source *source);
/* The system that an announcement states; 0 also where it states none. */
uint32_t hg_name_of_device(hg_hosts *hosts, uint32_t signature);
/* The version of Windows that the Server header states; 0: none. */
uint32_t hg_name_of_server_claim(hg_hosts *hosts, hg_row row);
/* The program of an SSH identification or a greeting, and the system that it states, 0 also where it states none. 0: nothing names it. */
int hg_names_of_banner(hg_hosts *hosts, hg_row row, uint32_t *program, uint32_t *system);
/* What a ClientHello or a request contradicts. */
uint32_t hg_name_of_mismatch(hg_hosts *hosts, const char *why, size_t length);
/* The family that all segments point to, or why they point to none. */
uint32_t hg_name_of_segments(hg_hosts *hosts, hg_row row);
