/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * oids.h - object identifiers of certificates that have a meaning here.
 */
#pragma once

#include "base/span.h"

typedef struct hg_known_oid {
    const char *oid; /* content bytes */
    uint16_t length;
    uint16_t kind; /* hg_oid_kind */
    uint16_t value;
    const char *name;
} hg_known_oid;

typedef enum hg_oid_kind { HG_OID_SIGNATURE, HG_OID_KEY, HG_OID_CURVE, HG_OID_ATTRIBUTE /* of a name */ } hg_oid_kind;

/* NULL: it is not known. The value of a signature is its weakness, of a key its type, of a curve its bits. */
const hg_known_oid *hg_oid_find(hg_oid_kind kind, hg_span oid);

/* An identifier as its name, or as numbers with dots between them; "?" where it is malformed or too long. */
char *hg_put_oid(char *p, const hg_known_oid *known, hg_span oid);
