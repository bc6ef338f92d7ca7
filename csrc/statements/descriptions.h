/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * descriptions.h - whether a UPnP description is the server's own.
 */
#pragma once

#include "hosts/fact.h"

/* Notes where SSDP says that descriptions are. 0: the row is one that somebody else may have stored at the server. */
int hg_description_counts(const hg_host_event *row);
