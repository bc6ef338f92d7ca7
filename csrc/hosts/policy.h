/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#pragma once

#include "hosts/verdict.h"

/* The key of Suricata's host-os-policy: how a host reassembles what came in pieces. NULL where the verdict fits none,
 * or several. */
const char *hg_host_policy(const hg_host_verdict *of);
