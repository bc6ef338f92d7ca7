/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * kinds.h - sets of event kinds, which sigcompiler/schema/events.csv lists. Use them instead of comparing kinds by
 * their order.
 */
#pragma once

#include "huginn.h"

#include "hg_layout.h"
#include "hg_records.h"

#define HG_CHECK(KIND, number) \
    _Static_assert(HG_EVENT_##KIND == (number), "sigcompiler/schema/events.csv and huginn.h disagree about " #KIND);
HG_RECORD_EVENTS(HG_CHECK)
#undef HG_CHECK
#define HG_ONE(KIND, number) +1
_Static_assert(HG_EVENT_KINDS == 0 HG_RECORD_EVENTS(HG_ONE), "sigcompiler/schema/events.csv lacks a kind of events");
#undef HG_ONE

/* Defines hg_event_is_<name>: whether an event's kind is in a set. */
#define HG_EVENT_SET(name, EVENTS)                                          \
    static inline int hg_event_is_##name(uint8_t event)                     \
    {                                                                       \
        return event < HG_EVENT_KINDS && ((uint64_t)(EVENTS) >> event & 1); \
    }
HG_EVENT_SET(handshake, HG_HANDSHAKE_EVENTS) /* a SYN or SYN+ACK */
HG_EVENT_SET(uptime, HG_UPTIME_EVENTS)       /* the client's or the server's uptime */
HG_EVENT_SET(hello, HG_HELLO_EVENTS)         /* a ClientHello or a ServerHello */
HG_EVENT_SET(http, HG_HTTP_EVENTS)           /* an HTTP request or response */
HG_EVENT_SET(device, HG_DEVICE_EVENTS)       /* a device's announcement or change */
HG_EVENT_SET(resolution, HG_RESOLUTION_EVENTS) /* ARP or Neighbor Discovery */
HG_EVENT_SET(ssh, HG_SSH_EVENTS)             /* the client's or the server's side of an SSH connection */
