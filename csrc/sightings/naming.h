/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * naming.h - the names that a row gives its sender. The functions return the number of a name in hg_hosts.names; 0: no
 * room for the name.
 */
#pragma once

#include "hosts/hosts.h"

/* The name of a SYN or SYN+ACK. */
uint32_t hg_name_of_handshake(hg_hosts *hosts, const hg_batch *batch, hg_row row);
/* Whether a tool made the packet. */
int hg_is_of_tool(const hg_hosts *hosts, hg_row row);
/* The link that an MTU shows; 0 also without a database match. */
uint32_t hg_name_of_link(hg_hosts *hosts, hg_row row);
/* The program that sent a ClientHello, a request or a response. */
uint32_t hg_name_of_hello(hg_hosts *hosts, hg_row row);
uint32_t hg_name_of_http(hg_hosts *hosts, hg_row row);
/* `known`, or if that name leaves the version open, the same name with the browser's version in the User-Agent. */
uint32_t hg_name_of_browser(hg_hosts *hosts, hg_row row, uint32_t known);
/* The system that a request states. `*source` is the header that states it. */
uint32_t hg_name_of_claim(hg_hosts *hosts, const hg_row *row, hg_host_source *source);
/* The system that an announcement states; 0 also if it states none. */
uint32_t hg_name_of_device(hg_hosts *hosts, uint32_t signature);
/* The version of Windows or Linux that the Server header states; 0: none. */
uint32_t hg_name_of_server_claim(hg_hosts *hosts, hg_row row);
/* Names the program of an SSH identification or a greeting, and the system that it states (0 also if it states none).
 * The function returns 0 if no record of the database matches. */
int hg_names_of_banner(hg_hosts *hosts, hg_row row, uint32_t *program, uint32_t *system);
/* A hash of a label's name, whatever its letters' case; never 0. */
uint32_t hg_hash_of_label(hg_hosts *hosts, uint32_t label);
/* A name that is only a text, such as the reason of a contradiction. */
uint32_t hg_name_of_text(hg_hosts *hosts, hg_name_kind kind, const char *text, size_t length);
/* The family that all segments point to, or the reason why they point to none. */
uint32_t hg_name_of_segments(hg_hosts *hosts, hg_row row);
