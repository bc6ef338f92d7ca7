/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * link.h - link headers: where the IP header begins.
 */
#pragma once

#include "packet/view.h"

/* Moves `view` from the link header to the IP header. */
hg_drop hg_link_strip(uint32_t linktype, hg_view *view);
