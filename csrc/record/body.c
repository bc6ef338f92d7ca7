/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * body.c - what all formats of JSON have: what the event tells.
 *
 * Which kind of event has which fields, their keys and their order come from
 * sigcompiler/record.py; here is a function for the value of each. window_kind says how the window
 * relates to the MSS: "mss" and "mtu" come with the multiple, "literal" with 0.
 */
#include "record/body.h"

#include "record/common.h"
#include "record/kinds.h"
#include "record/params.h"

/* The row and what the database says of it. */
typedef struct named_row {
    hg_row row;
    const hg_name *name;
} named_row;

/* The value of a field, after its key. */
#define VALUE_OF(FIELD) static inline char *put_##FIELD(char *p, named_row of)
#define SHARED(column) (of.row.columns->column[of.row.index])
#define TCP(column) (of.row.columns->tcp.column[of.row.at])
#define NUMBER(FIELD, column)             \
    VALUE_OF(FIELD)                       \
    {                                     \
        return hg_put_u32(p, TCP(column)); \
    }

VALUE_OF(VERSION)
{
    *p++ = SHARED(version) == 6 ? '6' : '4';
    return p;
}

NUMBER(TTL, ttl)
NUMBER(ITTL, ittl)

VALUE_OF(DISTANCE)
{
    return hg_put_i32(p, TCP(distance));
}

NUMBER(OLEN, olen)
NUMBER(MSS, mss)
NUMBER(WSIZE, wsize)

VALUE_OF(WINDOW_KIND)
{
    switch (TCP(window_kind)) {
    case HG_WINDOW_MSS:
        return HG_AFTER(p, "\"mss\"");
    case HG_WINDOW_MTU:
        return HG_AFTER(p, "\"mtu\"");
    default:
        return HG_AFTER(p, "\"literal\"");
    }
}

NUMBER(WINDOW_MULTIPLE, window_multiple)
NUMBER(WSCALE, wscale)

VALUE_OF(OLAYOUT)
{
    *p++ = '"';
    p = hg_put_olayout(p, of.row);
    *p++ = '"';
    return p;
}

VALUE_OF(QUIRKS)
{
    *p++ = '[';
    p = hg_put_quirks(p, TCP(quirks), '"');
    *p++ = ']';
    return p;
}

VALUE_OF(PCLASS)
{
    return TCP(pclass) ? HG_AFTER(p, "\"+\"") : HG_AFTER(p, "\"0\"");
}

NUMBER(DSCP, dscp)

VALUE_OF(SYN_SEEN)
{
    return hg_put_bool(p, TCP(syn_seen));
}

VALUE_OF(SIGNATURE)
{
    *p++ = '"';
    p = hg_put_raw_signature(p, of.row);
    *p++ = '"';
    return p;
}

VALUE_OF(PARAMS)
{
    *p++ = '[';
    p = hg_put_params(p, of.row, of.name, ',', '"');
    *p++ = ']';
    return p;
}

NUMBER(MTU, mtu)
NUMBER(UPTIME_MINUTES, uptime_minutes)
NUMBER(MODULO_DAYS, modulo_days)
NUMBER(FREQUENCY_HZ, frequency_hz)

VALUE_OF(RAW_FREQUENCY_HZ)
{
    return hg_put_shortest(p, TCP(raw_frequency_hz));
}

VALUE_OF(RELIABLE)
{
    return hg_put_bool(p, TCP(doubt) == HG_DOUBT_NONE);
}

VALUE_OF(WHY)
{
    const char *doubt = hg_doubt_reason(TCP(doubt));
    return doubt == NULL ? HG_AFTER(p, "null") : hg_put_quoted(p, doubt);
}

#define PUT_VALUE(FIELD)            \
    HG_PUT(p, "," HG_JSON_##FIELD); \
    p = put_##FIELD(p, of);
#define PUT_NAMED(what) p = hg_put_bytes(p, of.name->text, of.name->host);
#define BODY(KIND, number)                              \
    static char *put_body_##KIND(char *p, named_row of) \
    {                                                   \
        HG_FIELDS_##KIND(PUT_VALUE, PUT_NAMED)          \
        return p;                                       \
    }
HG_RECORD_EVENTS(BODY)

char *hg_put_body(char *p, hg_row row, const hg_name *name)
{
    named_row of = {row, name};
#define CASE(KIND, number) \
    case HG_EVENT_##KIND:  \
        return put_body_##KIND(p, of);
    switch ((hg_event)SHARED(event)) {
        HG_RECORD_EVENTS(CASE)
    case HG_EVENT_KINDS: /* no kind; rows are checked before */
        break;
    }
    return p;
}
