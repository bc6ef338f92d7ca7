/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write.h - writes the record of one host, as JSON or as text.
 */
#pragma once

#include "devices/fields.h"
#include "facts/changes.h"
#include "facts/clocks.h"
#include "facts/devices.h"
#include "facts/ended.h"
#include "facts/words.h"
#include "hg_hosts.h"

/* Sources that name programs, as bits by hg_host_source. */
enum {
    HG_CLIENT_PROGRAMS = 1 << HG_SOURCE_CLIENT_HELLO | 1 << HG_SOURCE_HTTP_CLIENT | 1 << HG_SOURCE_SSH_CLIENT,
    HG_SERVER_PROGRAMS = 1 << HG_SOURCE_SERVER_HEADER | 1 << HG_SOURCE_SSH_SERVER | 1 << HG_SOURCE_GREETING
};

enum { HG_DEVICE_MEMBERS = 64 /* most hosts of a device that its record uses */ };

/* A host, and values derived from its data. */
struct hg_host_view {
    const hg_hosts *hosts;
    const hg_host_entry *host;
    const hg_host_extra *extra;
    const hg_host_clock *clock; /* NULL: none */
    const hg_scores *scores;
    hg_systems_count systems;
    hg_scans scans;
    hg_support_ends ended;
    uint64_t findings; /* bits by hg_host_finding */
    hg_host_conclusion conclusion;
    const hg_device *known_device; /* NULL: it announced nothing */
    hg_device_conclusion device;
    char version[256]; /* of the device, from the conclusion */
};

/* Computes the values. `hosts` must be locked while `*out` is used. */
void hg_host_view_of(const hg_hosts *hosts, const hg_host_entry *host, hg_host_view *out);

/* The host's own MAC, as its device has it; NULL: none. */
static inline const uint8_t *hg_host_mac(const hg_host_view *view)
{
    return hg_host_has_mac(view->hosts, view->host) ? view->known_device->mac : NULL;
}

/* The MAC that claimed the host's address besides its own; NULL: none. */
static inline const uint8_t *hg_host_claimant(const hg_host_view *view)
{
    return view->known_device != NULL && view->known_device->is_disputed ? view->known_device->claimant : NULL;
}

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

/* The functions that write the values of keys, which sigcompiler/schema/hosts.csv lists: a key without a function does
 * not link. */
#define HG_DECLARE(key) void hg_put_host_##key(hg_json *to, const hg_host_view *view);
HG_HOST_KEYS(HG_DECLARE)
HG_HOST_INNER_KEYS(HG_DECLARE)
#undef HG_DECLARE
/* Defines such a function, by hg_json_##kind. */
#define HG_HOST_VALUE(key, kind, ...)                             \
    void hg_put_host_##key(hg_json *to, const hg_host_view *view) \
    {                                                             \
        hg_json_##kind(to, __VA_ARGS__);                          \
    }

/* The record as an object; `with_values`: with further members for programs, such as sightings and claims. */
void hg_host_write_json(hg_json *to, const hg_host_view *view, int with_values);
/* The host's object in the answer about one connection. */
void hg_host_write_brief(hg_json *to, const hg_host_view *view);
/* Writes a line of the text, such as "  Serves: example.com", if `put` writes a value. The key has 10 characters. */
void hg_host_write_line(hg_writer *to, const hg_host_view *view, const char *key,
                        void (*put)(hg_writer *to, const hg_host_view *view));
/* A block of lines that ends with an empty one. */
void hg_host_write_text(hg_writer *to, const hg_host_view *view);

/* Writes local devices as objects, at most `most` and until they have `bytes`. Returns how many are left out. */
uint64_t hg_write_local_devices(hg_json *to, const hg_hosts *hosts, uint32_t most, size_t bytes);

/* ---- the device of a host ---- */

/* The JSON key of an enum hg_device_field. */
const char *hg_device_field(uint32_t value);
/* The confidence of the first known value (the type, if known); 0 if nothing is known. */
double hg_device_confidence(const hg_device_conclusion *conclusion);
/* The device as an object; null if nothing is known. */
void hg_json_device(hg_json *to, const hg_device_conclusion *conclusion);
/* Writes one piece of evidence for a device as an object. */
void hg_device_write_claim(hg_json *to, const hg_device_reading *reading);
/* Writes a system name from packets, with the keys of an announcement's claim. */
void hg_json_system_claim(hg_json *to, const hg_name_relation *relation);
/* The maker of the network card with this MAC (NULL: no card). hg_put_card writes ", network card: MAKER". */
void hg_put_card(hg_writer *to, const hg_hosts *hosts, const uint8_t *mac);
void hg_json_card(hg_json *to, const hg_hosts *hosts, const uint8_t *mac);
/* null if `mac` is NULL */
void hg_json_mac(hg_json *to, const uint8_t *mac);
void hg_write_mac(hg_writer *to, const uint8_t *mac);
/* "printer HP LaserJet" */
void hg_device_put(hg_writer *to, const hg_device_value values[HG_DEVICE_VALUES]);
void hg_device_put_claim(hg_writer *to, const hg_device_claim *claim);
/* The CPE 2.3 name (NISTIR 7695) of the announced system; if none was announced, of the only family in the conclusion.
 * See hg_cpe_name in huginn.h. */
void hg_json_cpe(hg_json *to, const hg_device_conclusion *announced, const hg_host_conclusion *shown);
