/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - writes the announcements of devices into records. Personal data is left out unless the row allows it.
 */
#pragma once

#include "announcements/announced.h"
#include "base/value.h"

/* HG_E_ARGUMENT: the row's announcements are too long or outside the batch. */
hg_status hg_check_device(const hg_batch *batch, const hg_row *row, hg_error *error);
/* The most bytes that the row's values take in a record, beyond HG_RENDER_FIXED. */
size_t hg_device_bound(hg_row row);

/* The first text of a kind; length 0: none. */
hg_span hg_device_text(hg_row row, uint8_t kind);
/* Writes all texts of a kind: with `quote` as JSON strings separated by commas, otherwise as they are, separated by
 * HG_TEXTS_BETWEEN. */
char *hg_put_device_texts(char *p, hg_row row, uint8_t kind, char quote);
/* Writes a list in the same form: all texts of kinds that signatures can name, each after the word for its kind.
 * `hides`: 1 leaves out personal data even if the row allows it. */
char *hg_put_announced(char *p, hg_row row, int hides, char quote);
/* Writes the numbers in the first text of a kind, separated by commas; `quote` has no effect. */
char *hg_put_device_numbers(char *p, hg_row row, uint8_t kind, char quote);
/* Writes a MAC as "00:00:5e:00:53:23". */
char *hg_put_mac(char *p, const uint8_t *mac);
enum { HG_MAC_TEXT = 3 * HG_MAC_LENGTH - 1 + HG_RENDER_SLACK };
/* Whether a MAC is locally administered, so that no manufacturer assigned it. */
int hg_mac_is_local(const uint8_t *mac);
/* Whether a hypervisor gave a locally administered MAC to a virtual machine, which keeps it. */
int hg_mac_is_virtual(const uint8_t *mac);
/* The name of a value of the column `message`, "other" for an unknown type; NULL: the message has no type. */
const char *hg_dhcp_message_name(uint8_t message);
/* The kind of text that lists the options requested by the client: DHCP's or DHCPv6's. */
uint8_t hg_dhcp_list_kind(hg_row row);
