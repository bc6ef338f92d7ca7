/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * view.h - the values of a host that records need, computed once.
 */
#pragma once

#include "attacks/targets.h"
#include "devices/devices.h"
#include "handshakes/clocks.h"
#include "hosts/keys.h"
#include "sightings/changes.h"
#include "systems/conclusion.h"
#include "uses/ended.h"

enum { HG_DEVICE_MEMBERS = 64 /* most hosts of a device that its record uses */ };

/* A host, and values derived from its data. */
struct hg_host_view {
    union { /* first, see hg_host_shown */
        hg_shown_host shown;
        struct {
            const hg_hosts *hosts;
            const hg_host_entry *host;
            const hg_host_extra *extra;
        };
    };
    hg_index index; /* of the host; 0: not given */
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

/* Computes the values. `hosts` must be locked while `*out` is used. `index`: of the host, or 0. */
void hg_host_view_of(const hg_hosts *hosts, const hg_host_entry *host, hg_index index, hg_host_view *out);

/* The same without conclusions, and the findings, which need `ended`. */
void hg_host_view_begin(const hg_hosts *hosts, const hg_host_entry *host, hg_index index, hg_host_view *out);
void hg_host_view_find(hg_host_view *out);

/* The host's own MAC, as its device has it; NULL: none. */
static inline const uint8_t *hg_host_mac(const hg_host_view *view)
{
    return hg_host_mac_of(view->hosts, view->host);
}

/* The MAC that claimed the host's address besides its own; NULL: none. */
static inline const uint8_t *hg_host_claimant(const hg_host_view *view)
{
    return view->known_device != NULL && view->known_device->is_disputed ? view->known_device->claimant : NULL;
}
