/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - the announcements of devices in records.
 *
 * Personal data is left out unless the row says that it is shown.
 */
#pragma once

#include "base/value.h"
#include "devices/announced.h"

/* HG_E_ARGUMENT: the texts of a row of devices lie outside those of the batch. */
hg_status hg_check_device(const hg_batch *batch, const hg_row *row, hg_error *error);
/* Bytes that its values take in a record at most, beyond HG_RENDER_FIXED. */
size_t hg_device_bound(hg_row row);

/* The first text of a kind; length 0: none. */
hg_span hg_device_text(hg_row row, uint8_t kind);
/* All texts of a kind: as JSON strings with commas between them, or as they are with HG_TEXTS_BETWEEN. */
char *hg_put_device_texts(char *p, hg_row row, uint8_t kind, char quote);
/* All that signatures may name, each behind the word for its kind; as above. `hides`: personal data is
 * left out, whatever the row says. */
char *hg_put_announced(char *p, hg_row row, int hides, char quote);
/* The numbers of the first text of a kind, as a list has them. */
char *hg_put_device_numbers(char *p, hg_row row, uint8_t kind, char quote);
/* "00:00:5e:00:53:23" */
char *hg_put_mac(char *p, const uint8_t *mac);
enum { HG_MAC_TEXT = 3 * HG_MAC_LENGTH - 1 + HG_RENDER_SLACK };
/* Whether it is locally administered: made up by the device. */
int hg_mac_is_local(const uint8_t *mac);
/* The kind of a message of DHCP in lower case; NULL: it has none. */
const char *hg_dhcp_message_name(uint8_t message);
/* The kind of the list of options that the client asks for. */
uint8_t hg_dhcp_list_kind(hg_row row);
