/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * names.h - the names given to hosts, each stored once.
 *
 * A name includes its meaning (claim, fitting families, confidence), so that it outlives the database that gave it.
 * Names with the same texts but different meanings are different names.
 */
#pragma once

#include "base/pool.h"
#include "base/bytes.h"
#include "base/value.h"
#include "flow/index.h"

typedef enum hg_name_kind {
    HG_NAME_SYSTEM = 0,
    HG_NAME_TOOL = 1,
    HG_NAME_PROGRAM = 2,
    HG_NAME_CLAIMED = 3,   /* a system that a program states */
    HG_NAME_LINK = 4,
    HG_NAME_SIGNATURE = 5, /* the raw signature of a handshake without a database match */
    HG_NAME_JA4 = 6,       /* the JA4 of a ClientHello without a database match */
    HG_NAME_MISMATCH = 7,  /* a contradiction, as text */
    HG_NAME_SEGMENTS = 8,  /* the system that all segments together point to */
    HG_NAME_SILENCE = 9,   /* the reason why segments point to no system */
    HG_NAME_SERVICE = 10,  /* a server name that clients request */
    HG_NAME_CRYPTOGRAPHY = 11 /* cryptography that a server uses */
} hg_name_kind;

/* Bits of hg_host_name.flags. */
enum {
    HG_NAMED_GENERIC = 1,
    HG_NAMED_FUZZY = 2,
    HG_NAMED_ANYTHING = 4,
    HG_NAMED_WEAK = 8,
    HG_NAMED_STATED = 16, /* the sender states its version, as in a User-Agent or greeting */
    HG_NAMED_CONFIRMED = 32 /* see hg_is_confirmed */
};

/* A system family that fits a name. */
typedef struct hg_named_family {
    uint64_t identity;
    hg_span name;
    uint32_t stacks;
} hg_named_family;

/* The least confidence of a family that is named, or that a finding rests on. */
#define HG_LEAST_CONFIDENCE 0.5

typedef struct hg_host_name {
    hg_span name;
    hg_span flavor;
    hg_claim claim; /* of the label; its versions are stored with the texts */
    hg_named_family families[HG_MAX_FAMILIES]; /* of all fitting signatures; for a claimed system, of its claim */
    hg_basis basis;
    double confidence;
    double version_share; /* measured share of right versions; NAN: not measured */
    void *copies; /* memory of all texts and versions of a kept name */
    uint32_t family_count; /* 0 if more than HG_MAX_FAMILIES fit */
    hg_index next_in_chain;
    uint32_t hash;
    uint8_t kind;  /* hg_name_kind */
    uint8_t flags;
} hg_host_name;

static inline int hg_same_label(const hg_host_name *one, const hg_host_name *other)
{
    return hg_span_equal(one->name, other->name) && hg_span_equal(one->flavor, other->flavor);
}

/* Whether only one of two systems can be right. */
int hg_names_exclude(const hg_host_name *one, const hg_host_name *other);

/* Whether a system was last seen five minutes before another was first seen, or earlier. Systems closer to each other
 * may share the address. */
static inline int hg_name_is_over(int64_t last_ns, int64_t next_ns)
{
    return hg_elapsed_ns(last_ns, next_ns) > 300 * UINT64_C(1000000000);
}

/* Whether senders can make up any number of such names. At most HG_HOST_INVENTED of them are stored. */
static inline int hg_is_invented(const hg_host_name *name)
{
    return name->kind == HG_NAME_CLAIMED || name->kind == HG_NAME_SIGNATURE || name->kind == HG_NAME_JA4 ||
           name->kind == HG_NAME_MISMATCH || name->kind == HG_NAME_SERVICE || name->kind == HG_NAME_CRYPTOGRAPHY ||
           (name->flags & HG_NAMED_STATED) != 0;
}

/* Whether a tool is a scanner. Other tools craft packets, perhaps with a false source address. */
static inline int hg_is_scanner(const hg_host_name *name)
{
    static const char *const SCANNERS[] = {"NMap", "ZMap", "masscan"};
    for (size_t i = 0; i < sizeof SCANNERS / sizeof *SCANNERS; i++)
        if (hg_span_is(name->name, SCANNERS[i]))
            return 1;
    return 0;
}

typedef struct hg_names {
    hg_pool pool;
    hg_chains chains;
    uint32_t invented; /* number of names that senders can make up */
    uint8_t may_invent; /* 1: the current row's host may have one more name that senders can make up */
    size_t invented_bytes; /* of the texts of such names */
    uint64_t hash_key;
} hg_names;

/* `hash_key` as in hg_config. 0: no memory. */
int hg_names_init(hg_names *names, uint64_t hash_key);
void hg_names_clear(hg_names *names);

/* The number of the name with this content, from 1; a new name is added. 0: too many names (see `may_invent`), or no
 * memory. The claim's versions and all texts are copied. */
uint32_t hg_names_take(hg_names *names, const hg_host_name *wanted);

static inline const hg_host_name *hg_host_name_at(const hg_names *names, uint32_t number)
{
    return hg_pool_at(&names->pool, number);
}
