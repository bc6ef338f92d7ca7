/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * words.h - writes names, versions and reasons of hosts as text.
 */
#pragma once

#include "base/words.h"
#include "handshakes/systems.h"
#include "systems/conclusion.h"

/* "Linux 4.19-6.15". A flavor that repeats the families is written alone. */
void hg_put_label(hg_writer *to, const hg_host_name *name);
void hg_json_label(hg_json *to, const hg_host_name *name);
/* null if `version` is 0. */
void hg_json_host_address(hg_json *to, uint8_t version, const hg_address *address);
void hg_write_address(hg_writer *to, uint8_t version, const hg_address *address);
/* The value "macOS or iOS", or null. */
void hg_json_families(hg_json *to, const hg_host_conclusion *conclusion);
/* The versions of family `number` (from 0); its name precedes them if there are several `families`. */
void hg_put_family_versions(hg_writer *to, const hg_named_family *family, const uint64_t *versions, uint32_t count,
                            uint32_t number, uint32_t families);
/* "10.14 or newer", with the families if there are several; nothing without versions. */
void hg_put_versions(hg_writer *to, const hg_host_conclusion *conclusion);
/* These versions as a JSON value; null without a family. */
void hg_json_versions(hg_json *to, const hg_host_conclusion *conclusion);
/* Families and versions as one label; "???" if unknown. */
void hg_put_system(hg_writer *to, const hg_host_conclusion *conclusion);

/* Why `source` gives this conclusion: port range, clock, loopback address or middlebox; nothing for other sources. */
void hg_put_reason(hg_writer *to, const hg_host_conclusion *conclusion, hg_host_source source);
/* The kind of packets from which a source takes names, such as "SYN"; empty: it has no packets of its own. */
const char *hg_source_word(uint8_t source);
/* "SYN: Windows XP (3 packets)" */
void hg_put_statement(hg_writer *to, const hg_sighting *seen, const hg_host_name *name);
/* The number of reasons why an address has several systems; hg_put_witness writes one of them, from 0. */
uint32_t hg_count_reasons(const hg_systems_count *systems);
void hg_put_witness(hg_writer *to, const hg_hosts *hosts, const hg_systems_count *systems, uint32_t number);

/* "2014-04-08", from the number of the day since 1970 */
void hg_put_day(hg_writer *to, int32_t day);
/* With commas between thousands. */
void hg_put_number(hg_writer *to, uint64_t value);
/* "1,000 hosts", "1 host" */
void hg_put_plural(hg_writer *to, uint64_t count, const char *word, const char *end);

/* Writes values one after the other: words, spans (escaped), labels, numbers, and counts: "2 hosts". */
#define HG_SAY(to, ...) (HG_FOR_EACH(HG_SAY_ONE, to, __VA_ARGS__))
#define HG_SAY_ONE(to, value) _Generic((value), HG_SAID_BY_TYPE, default: hg_write_u64)((to), (value))
#define HG_SAID_BY_TYPE char * : hg_write_word, const char * : hg_write_word, hg_span : hg_write_span, HG_SAID_OF_HOSTS
#define HG_SAID_OF_HOSTS const hg_host_name * : hg_put_label, hg_counted : hg_put_counted
typedef struct hg_counted {
    uint64_t count;
    const char *word;
} hg_counted;
#define HG_COUNT(count, word) ((hg_counted){(count), (word)})
void hg_put_counted(hg_writer *to, hg_counted counted);
void hg_write_span(hg_writer *to, hg_span text);
/* "udp 53 server", "igmp", "protocol 200" */
void hg_put_use(hg_writer *to, const hg_host_use *use);
/* The address, and whether it is in a tunnel: "10.0.0.1 in a tunnel". */
void hg_write_host(hg_writer *to, const hg_hosts *hosts, const hg_host_entry *host);
/* "vxlan between 192.0.2.1 and 192.0.2.2, network 42"; nested tunnels as a digest. */
void hg_write_tunnel(hg_writer *to, const hg_tunnel_id *tunnel);

/* "2026-01-15 10:00:00" */
void hg_write_second(hg_writer *to, int64_t time_ns);
/* "2026-01-15 10:00:00 to 2026-01-15 10:00:01 UTC" */
void hg_put_span_of_time(hg_writer *to, int64_t first_ns, int64_t last_ns);
