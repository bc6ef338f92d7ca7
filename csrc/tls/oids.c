/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/oids.h"

#include "base/value.h"

#define OID(kind, bytes, value, name) {bytes, sizeof bytes - 1, HG_OID_##kind, value, name}

static const hg_known_oid OIDS[] = {
    OID(SIGNATURE, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0B", 0, "sha256WithRSAEncryption"),
    OID(SIGNATURE, "\x2A\x86\x48\xCE\x3D\x04\x03\x02", 0, "ecdsa-with-SHA256"),
    OID(SIGNATURE, "\x2A\x86\x48\xCE\x3D\x04\x03\x03", 0, "ecdsa-with-SHA384"),
    OID(SIGNATURE, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0C", 0, "sha384WithRSAEncryption"),
    OID(SIGNATURE, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0D", 0, "sha512WithRSAEncryption"),
    OID(SIGNATURE, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x05", HG_WEAK_SHA1, "sha1WithRSAEncryption"),
    OID(SIGNATURE, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A", 0, "rsassaPss"),
    OID(SIGNATURE, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x04", HG_WEAK_MD5, "md5WithRSAEncryption"),
    OID(SIGNATURE, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0E", 0, "sha224WithRSAEncryption"),
    OID(SIGNATURE, "\x2A\x86\x48\xCE\x3D\x04\x03\x04", 0, "ecdsa-with-SHA512"),
    OID(SIGNATURE, "\x2A\x86\x48\xCE\x3D\x04\x01", HG_WEAK_SHA1, "ecdsa-with-SHA1"),
    OID(SIGNATURE, "\x2A\x86\x48\xCE\x38\x04\x03", HG_WEAK_SHA1, "dsa-with-SHA1"),
    OID(SIGNATURE, "\x60\x86\x48\x01\x65\x03\x04\x03\x02", 0, "dsa-with-SHA256"),
    OID(SIGNATURE, "\x2B\x65\x70", 0, "ED25519"),
    OID(SIGNATURE, "\x2B\x65\x71", 0, "ED448"),
    OID(SIGNATURE, "\x60\x86\x48\x01\x65\x03\x04\x03\x11", 0, "ML-DSA-44"),
    OID(SIGNATURE, "\x60\x86\x48\x01\x65\x03\x04\x03\x12", 0, "ML-DSA-65"),
    OID(SIGNATURE, "\x60\x86\x48\x01\x65\x03\x04\x03\x13", 0, "ML-DSA-87"),
    OID(SIGNATURE, "\x2B\x0E\x03\x02\x1D", HG_WEAK_SHA1, "sha1WithRSA"),
    OID(KEY, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01", HG_KEY_RSA, ""),
    OID(KEY, "\x2A\x86\x48\xCE\x3D\x02\x01", HG_KEY_EC, ""),
    OID(KEY, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A", HG_KEY_RSA_PSS, ""),
    OID(KEY, "\x2A\x86\x48\xCE\x38\x04\x01", HG_KEY_DSA, ""),
    OID(KEY, "\x2B\x65\x70", HG_KEY_ED25519, ""),
    OID(KEY, "\x2B\x65\x71", HG_KEY_ED448, ""),
    OID(KEY, "\x60\x86\x48\x01\x65\x03\x04\x03\x11", HG_KEY_ML_DSA_44, ""),
    OID(KEY, "\x60\x86\x48\x01\x65\x03\x04\x03\x12", HG_KEY_ML_DSA_65, ""),
    OID(KEY, "\x60\x86\x48\x01\x65\x03\x04\x03\x13", HG_KEY_ML_DSA_87, ""),
    OID(CURVE, "\x2A\x86\x48\xCE\x3D\x03\x01\x07", 256, ""), /* P-256 */
    OID(CURVE, "\x2B\x81\x04\x00\x22", 384, ""),             /* P-384 */
    OID(CURVE, "\x2B\x81\x04\x00\x23", 521, ""),             /* P-521 */
    OID(CURVE, "\x2B\x81\x04\x00\x21", 224, ""),             /* P-224 */
    OID(CURVE, "\x2A\x86\x48\xCE\x3D\x03\x01\x01", 192, ""), /* P-192 */
    OID(CURVE, "\x2B\x81\x04\x00\x0A", 256, ""),             /* secp256k1 */
    OID(CURVE, "\x2B\x24\x03\x03\x02\x08\x01\x01\x07", 256, ""), /* brainpoolP256r1 */
    OID(CURVE, "\x2B\x24\x03\x03\x02\x08\x01\x01\x0B", 384, ""),
    OID(CURVE, "\x2B\x24\x03\x03\x02\x08\x01\x01\x0D", 512, ""),
    OID(ATTRIBUTE, "\x55\x04\x03", 0, "CN"),
    OID(ATTRIBUTE, "\x55\x04\x0A", 0, "O"),
    OID(ATTRIBUTE, "\x55\x04\x06", 0, "C"),
    OID(ATTRIBUTE, "\x55\x04\x0B", 0, "OU"),
    OID(ATTRIBUTE, "\x55\x04\x07", 0, "L"),
    OID(ATTRIBUTE, "\x55\x04\x08", 0, "ST"),
    OID(ATTRIBUTE, "\x55\x04\x05", 0, "serialNumber"),
    OID(ATTRIBUTE, "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x01", 0, "emailAddress"),
    OID(ATTRIBUTE, "\x09\x92\x26\x89\x93\xF2\x2C\x64\x01\x19", 0, "DC"),
};

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
