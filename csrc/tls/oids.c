/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/oids.h"

#include "base/value.h"
#include "hg_oids.h"

#define OID(kind, bytes, value, name) {bytes, sizeof bytes - 1, HG_OID_##kind, value, name},

static const hg_known_oid OIDS[] = {HG_OIDS_ROWS(OID)};

const hg_known_oid *hg_oid_find(hg_oid_kind kind, hg_span oid)
{
    for (const hg_known_oid *one = OIDS; one < OIDS + sizeof OIDS / sizeof *OIDS; one++)
        if (one->kind == kind && hg_span_equal(oid, hg_span_of(one->oid, one->length)))
            return one;
    return NULL;
}

char *hg_put_oid(char *p, const hg_known_oid *known, hg_span oid)
{
    enum { MOST_OID = 32 };
    uint64_t number = 0;
    char *const first = p;
    if (known != NULL)
        return hg_put_word(p, known->name);
    if (oid.length == 0 || oid.length > MOST_OID || (oid.data[oid.length - 1] & 0x80) != 0)
        return HG_AFTER(p, "?");
    for (uint32_t i = 0; i < oid.length; i++) {
        if (number >> 56 != 0)
            return HG_AFTER(first, "?");
        number = number << 7 | (oid.data[i] & 0x7F);
        if ((oid.data[i] & 0x80) != 0)
            continue;
        if (p == first) { /* the first number encodes two */
            const uint64_t root = number < 80 ? number / 40 : 2;
            p = hg_put_u64(p, root);
            number -= 40 * root;
        }
        *p++ = '.';
        p = hg_put_u64(p, number);
        number = 0;
    }
    return p;
}
