/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_device.h - the device of a host's record.
 */
#ifndef HG_HOSTS_WRITE_DEVICE_H
#define HG_HOSTS_WRITE_DEVICE_H

#include "base/json_writer.h"
#include "base/value.h"
#include "devices/fields.h"
#include "hosts/devices.h"

/* Of the first value that is known: the type, where there is one. */
double hg_device_confidence(const hg_device_verdict *of);
/* The object; null where nothing is known. */
void hg_device_write_json(hg_json *to, const hg_device_verdict *of);
/* "printer HP LaserJet", within a text. */
void hg_device_put(hg_writer *to, const hg_device_verdict *of);

#endif
