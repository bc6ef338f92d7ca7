/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write.h - writes the record of one host, as JSON or as text.
 */
#pragma once

#include "announcements/fields.h"
#include "hosts/keys.h"
#include "systems/words.h"
#include "views/view.h"

/* Sources that name programs, as bits by hg_host_source. */
enum {
    HG_CLIENT_PROGRAMS = 1 << HG_SOURCE_CLIENT_HELLO | 1 << HG_SOURCE_HTTP_CLIENT | 1 << HG_SOURCE_SSH_CLIENT,
    HG_SERVER_PROGRAMS = 1 << HG_SOURCE_SERVER_HEADER | 1 << HG_SOURCE_SSH_SERVER | 1 << HG_SOURCE_GREETING
};

/* The next sighting after `seen` (NULL: the first) that has a name of this kind, and whose source is in `sources` (bits
 * by hg_host_source). Repeated labels are skipped. NULL: no more. */
const hg_sighting *hg_next_label(const hg_host_view *view, const hg_sighting *seen, hg_name_kind kind,
                                 uint32_t sources);
/* Writes the ports that hosts use in a role, without duplicates, in rising order. */
void hg_json_ports(hg_json *to, const hg_hosts *hosts, const hg_host_entry *const *members, uint32_t member_count,
                   uint8_t role);

/* The least number of systems that share the address; 0: unknown. */
uint32_t hg_host_systems(const hg_host_view *view);

/* Whether several systems share the address, as behind address translation. Never true for a loopback address. */
int hg_host_is_shared(const hg_host_view *view);

/* The record as an object; `with_values`: with further members for programs, such as sightings and claims. */
void hg_host_write_json(hg_json *to, const hg_host_view *view, int with_values);
/* The host's object in the answer about one connection. */
void hg_host_write_brief(hg_json *to, const hg_host_view *view);
/* A block of lines that ends with an empty one. */
void hg_host_write_text(hg_writer *to, const hg_host_view *view);

/* Writes local devices as objects, at most `most` and until they have `bytes`. Returns how many are left out. */
uint64_t hg_write_local_devices(hg_json *to, const hg_hosts *hosts, uint32_t most, size_t bytes);

/* ---- scans of a host ---- */

/* "1,000 addresses at port 22 in 10 seconds, 100 a second, none answered" */
void hg_put_scan(hg_writer *to, const hg_scan *scan, uint32_t kind);
/* All scans of a host, as a list of such texts. */
void hg_json_scans(hg_json *to, const hg_scans *scans);

/* ---- the device of a host ---- */

/* Counts devices by type: of one host without a MAC, and of all hosts with MACs, where those with the same MAC are one
 * device. */
int hg_device_is_alone(const hg_host_view *view);
void hg_devices_count_with_mac(const hg_hosts *hosts, uint64_t counts[HG_DEVICE_TYPE_COUNT + 1]);
/* The hg_device_type of the host's device; HG_DEVICE_TYPE_COUNT: not known. */
uint8_t hg_device_type_of(const hg_host_view *view);
/* The JSON key of an enum hg_device_field. */
const char *hg_device_field(uint32_t value);
/* The first known value (the type, if known); an empty one if nothing is known. */
const hg_device_value *hg_device_first(const hg_device_conclusion *conclusion);
/* The device as an object; null if nothing is known. */
void hg_json_device(hg_json *to, const hg_device_conclusion *conclusion);
/* Writes the types that a device may have, unless one is stated: those of its evidence, else those of its maker. */
void hg_json_types(hg_json *to, const hg_device_conclusion *conclusion, int is_stated);
/* Writes one piece of evidence for a device as an object. */
void hg_device_write_claim(hg_json *to, const hg_device_reading *reading);
/* Writes a system name from packets, with the keys of an announcement's claim. */
void hg_json_system_claim(hg_json *to, const hg_name_relation *relation);
/* The maker of the network card with this MAC (NULL: no card). hg_put_card writes ", network card: MAKER". */
void hg_put_card(hg_writer *to, const hg_hosts *hosts, const uint8_t *mac);
void hg_json_card(hg_json *to, const hg_hosts *hosts, const uint8_t *mac);
/* "printer HP LaserJet" */
void hg_device_put(hg_writer *to, const hg_device_value values[HG_DEVICE_VALUES]);
void hg_device_put_claim(hg_writer *to, const hg_device_claim *claim);
/* The CPE 2.3 name (NISTIR 7695) of the announced system; if none was announced, of the only family in the conclusion.
 * See hg_cpe_name in huginn.h. */
void hg_json_cpe(hg_json *to, const hg_device_conclusion *announced, const hg_host_conclusion *shown);
