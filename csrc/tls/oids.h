/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * oids.h - known object identifiers (OIDs) in certificates.
 */
#pragma once

#include "base/bytes.h"

typedef struct hg_known_oid {
    const char *oid; /* content bytes of the DER encoding */
    uint16_t length;
    uint16_t kind; /* hg_oid_kind */
    uint16_t value; /* signature algorithm: its hg_weakness; key: its hg_key_type; curve: its bits; attribute: 0 */
    const char *name; /* of a signature algorithm or attribute; otherwise empty */
} hg_known_oid;

typedef enum hg_oid_kind { HG_OID_SIGNATURE, HG_OID_KEY, HG_OID_CURVE, HG_OID_ATTRIBUTE /* in a name */ } hg_oid_kind;

/* Finds an identifier of this kind; NULL: unknown. */
const hg_known_oid *hg_oid_find(hg_oid_kind kind, hg_span oid);

/* Writes the name of `known`. If that is NULL, writes the numbers of `oid` separated by dots, or "?" if `oid` is
 * malformed or too long. */
char *hg_put_oid(char *p, const hg_known_oid *known, hg_span oid);
