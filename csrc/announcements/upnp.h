/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * upnp.h - descriptions of devices that control points fetch by HTTP (UPnP Device Architecture 2.0, 2.3).
 */
#pragma once

#include "flow/reader.h"

enum { HG_UPNP_MOST = 4096 /* bytes of a body that are read */ };

typedef enum hg_upnp_state {
    HG_UPNP_OTHER, /* the body is no description, or has nothing to announce */
    HG_UPNP_MORE,  /* more of the body is needed */
    HG_UPNP_FOUND  /* the device was announced: the finding is that of HG_EVENT_DISCOVERY */
} hg_upnp_state;

/* Whether a description may begin like this. */
int hg_upnp_begins(hg_span body);
/* Reads a response's body as far as it was sent, always from its first byte on. */
hg_upnp_state hg_upnp_read(hg_span body, const hg_reader_output *to);
