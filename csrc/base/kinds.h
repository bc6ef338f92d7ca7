/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * kinds.h - sets of kinds of events. The sets are those of sigcompiler/schema/rows.py; nothing compares
 * kinds by their order.
 */
#ifndef HG_BASE_KINDS_H
#define HG_BASE_KINDS_H

#include "huginn.h"

#include "hg_layout.h"
#include "hg_records.h"

#define HG_CHECK(KIND, number) \
    _Static_assert(HG_EVENT_##KIND == (number), "sigcompiler/schema/rows.py and huginn.h disagree about " #KIND);
HG_RECORD_EVENTS(HG_CHECK)
#undef HG_CHECK
#define HG_ONE(KIND, number) +1
_Static_assert(HG_EVENT_KINDS == 0 HG_RECORD_EVENTS(HG_ONE), "sigcompiler/schema/rows.py lacks a kind of events");
#undef HG_ONE

/* A SYN or SYN+ACK. */
static inline int hg_event_is_handshake(uint8_t event)
{
    return event < HG_EVENT_KINDS && (HG_HANDSHAKE_EVENTS >> event & 1);
}

/* The uptime of either end. */
static inline int hg_event_is_uptime(uint8_t event)
{
    return event < HG_EVENT_KINDS && (HG_UPTIME_EVENTS >> event & 1);
}

/* A ClientHello or a ServerHello. */
static inline int hg_event_is_hello(uint8_t event)
{
    return event < HG_EVENT_KINDS && (HG_HELLO_EVENTS >> event & 1);
}

/* A request or an HTTP response. */
static inline int hg_event_is_http(uint8_t event)
{
    return event < HG_EVENT_KINDS && (HG_HTTP_EVENTS >> event & 1);
}

/* What a device announces. */
static inline int hg_event_is_device(uint8_t event)
{
    return event < HG_EVENT_KINDS && (HG_DEVICE_EVENTS >> event & 1);
}

/* Of an end of an SSH connection. */
static inline int hg_event_is_ssh(uint8_t event)
{
    return event < HG_EVENT_KINDS && (HG_SSH_EVENTS >> event & 1);
}

#endif
