/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * upnp.h - descriptions of devices that control points fetch by HTTP (UPnP Device Architecture 2.0, 2.3).
 */
#pragma once

#include "flow/reader.h"

#define HG_UPNP_URL "http://"
enum { HG_UPNP_MOST = 4096 /* bytes of a body that are read */ };

typedef enum hg_upnp_state {
    HG_UPNP_OTHER, /* the body is no description, or has nothing to announce */
    HG_UPNP_MORE,  /* more of the body is needed */
    HG_UPNP_FOUND  /* the device was announced: the finding is that of HG_EVENT_DISCOVERY */
} hg_upnp_state;

/* Whether a description may begin like this. */
int hg_upnp_begins(hg_span body);
/* A number for the path in a URL or of a request, never HG_UPNP_SEVERAL, which is for requests before an answer. */
enum { HG_UPNP_SEVERAL = 1 };
uint32_t hg_upnp_place(hg_span url);
/* Reads a response's body as far as it was sent, always from its first byte on. `place`: of its path; 0: not known. */
hg_upnp_state hg_upnp_read(hg_span body, uint32_t place, const hg_reader_output *to);
