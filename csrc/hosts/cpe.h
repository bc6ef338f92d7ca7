/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * cpe.h - the CPE 2.3 name (NISTIR 7695) of the system of a host; huginn.h has the rule, hg_cpe_name.
 */
#pragma once

#include "devices/verdict.h"
#include "hosts/words.h"

/* Writes the CPE name of the system that a host announces, or else that its packets show; or null. */
void hg_json_cpe(hg_json *to, const hg_device_verdict *announced, const hg_host_verdict *shown);
