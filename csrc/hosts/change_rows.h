/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * change_rows.h - rows of changes, findings and news, which are inserted after the rows of packets.
 */
#pragma once

#include "hosts/hosts.h"

enum { HG_CHANGE_VALUE = 64 /* most bytes of a device's value in a row */ };
/* A row to insert: a change, a finding or news about a device. */
struct hg_change_row {
    hg_change change;
    uint8_t *shared; /* values of the shared columns, HG_SHARED_BYTES; NULL: copied from `row` */
    uint32_t row; /* the row after which it is inserted; UINT32_MAX: before the first row, and `shared` is set */
    uint8_t is_reported; /* 1: in huginn's own formats too; 0: only in p0f's log */
    uint8_t event; /* hg_event */
    uint8_t finding; /* hg_host_finding */
    uint8_t handshake; /* hg_finding_handshake */
    uint8_t finding_mac[HG_MAC_LENGTH]; /* zeros: not known */
    hg_devices_values news; /* of HG_EVENT_DEVICE_CHANGE */
    uint16_t value_bytes;
    uint8_t values[(HG_DEVICE_VALUES + 3) * (2 + HG_CHANGE_VALUE)]; /* of the device, encoded as in announced.h */
};

enum { HG_NO_ROW = UINT32_MAX };
/* Notes new findings about a host (bits by hg_host_finding), and the row that triggered them, or HG_NO_ROW. */
void hg_host_add_findings(hg_hosts *hosts, hg_index index, uint32_t row, uint64_t findings);
/* Notes a change that a row shows. 0: no memory. */
int hg_host_note_change(hg_hosts *hosts, uint32_t row, const hg_change *change, int is_reported);
/* Adds a row of news, which the caller fills in, after an announcement or with own shared columns. NULL: no memory. */
hg_change_row *hg_host_note_device(hg_hosts *hosts, uint32_t row, hg_device_change change, const uint8_t *shared);
/* Where a finding is reported: after the row of the packet that shows it, or, if it has none, after the row before. */
typedef struct hg_finding_place {
    int64_t time_ns;
    uint32_t row;
    const uint8_t *shared; /* the event's shared columns, HG_SHARED_BYTES; NULL: the row's values */
    const uint8_t *mac; /* of the host that it is about; NULL: not known */
} hg_finding_place;
/* Makes a row for a finding; `handshake`: hg_finding_handshake. 0: no memory. */
int hg_host_note_finding(hg_hosts *hosts, uint32_t finding, uint8_t handshake, const hg_finding_place *now);
/* Sets the shared columns of an event about a packet without a row (HG_SHARED_BYTES, zeroed by the caller). */
void hg_share_packet(uint8_t *shared, int64_t time_ns, uint64_t number, uint64_t segment);
/* Forgets the changes and findings of the previous batch. */
void hg_hosts_begin_changes(hg_hosts *hosts);
/* Copies the batch added last, with each change after the row that shows it. `*out` (or NULL) is replaced. */
hg_status hg_hosts_insert_changes(const hg_hosts *hosts, const hg_batch *batch, hg_batch **out, hg_error *error);
