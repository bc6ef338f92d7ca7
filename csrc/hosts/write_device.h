/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_device.h - the device of a host's record.
 */
#pragma once

#include "base/writer.h"
#include "devices/fields.h"
#include "hosts/devices.h"

/* The key of an hg_device_value_kind. */
const char *hg_device_field(uint32_t value);
/* The confidence of the first known value: of the type, if there is one. */
double hg_device_confidence(const hg_device_verdict *of);
/* The object; null where nothing is known. */
void hg_json_device(hg_json *to, const hg_device_verdict *of);
/* A piece of its evidence. */
void hg_device_write_claim(hg_json *to, const hg_device_reading *of);
/* Who made the network card of a MAC (or NULL): for people after the MAC, and as the value of a key. */
void hg_put_card(hg_writer *to, const hg_hosts *hosts, const uint8_t *mac);
void hg_json_card(hg_json *to, const hg_hosts *hosts, const uint8_t *mac);
/* null of a MAC that is NULL */
void hg_json_mac(hg_json *to, const uint8_t *mac);
void hg_write_mac(hg_writer *to, const uint8_t *mac);
/* "printer HP LaserJet", within a text. */
void hg_device_put(hg_writer *to, const hg_device_value values[HG_DEVICE_VALUES]);
void hg_device_put_claim(hg_writer *to, const hg_device_claim *of);
