/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * oids.h - the object identifiers in certificates that this program knows.
 */
#pragma once

#include "base/span.h"

typedef struct hg_known_oid {
    const char *oid; /* content bytes of the DER encoding */
    uint16_t length;
    uint16_t kind; /* hg_oid_kind */
    uint16_t value;
    const char *name;
} hg_known_oid;

typedef enum hg_oid_kind { HG_OID_SIGNATURE, HG_OID_KEY, HG_OID_CURVE, HG_OID_ATTRIBUTE /* of names */ } hg_oid_kind;

/* NULL: unknown. `value` is the weakness of a signature algorithm, the type of a key, or the bits of a curve. */
const hg_known_oid *hg_oid_find(hg_oid_kind kind, hg_span oid);

/* Writes the name of an identifier, or its numbers with dots between them; "?" if it is malformed or too long. */
char *hg_put_oid(char *p, const hg_known_oid *known, hg_span oid);
