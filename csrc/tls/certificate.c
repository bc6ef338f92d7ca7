/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/certificate.h"

#include <string.h>

#include "base/value.h"
#include "tls/certificate_fields.h"

/* ---- DER (X.690) ----------------------------------------------------------------------------------- */

enum {
    TAG_BOOLEAN = 0x01,
    TAG_INTEGER = 0x02,
    TAG_BITS = 0x03,
    TAG_BYTES = 0x04,
    TAG_OID = 0x06,
    TAG_UTF8 = 0x0C,
    TAG_PRINTABLE = 0x13,
    TAG_IA5 = 0x16,
    TAG_UTC_TIME = 0x17,
    TAG_TIME = 0x18,
    TAG_SEQUENCE = 0x30,
    TAG_SET = 0x31,
    TAG_PLAIN_0 = 0x80, /* of a context, 0 to 30 */
    TAG_OWN_0 = 0xA0    /* the same with elements inside */
};

static hg_cursor inside(hg_span content)
{
    return (hg_cursor){content.data, content.data + content.length};
}

/* The next element, whose length must be written in the fewest bytes. 0: there is none. */
static int next(hg_cursor *in, uint8_t *tag, hg_span *content)
{
    enum { LONG = 0x80, MOST_LENGTH_BYTES = 3, LONG_TAG = 0x1F };
    if (in->end - in->at < 2 || (in->at[0] & LONG_TAG) == LONG_TAG)
        return 0;
    const uint8_t *at = in->at + 2;
    uint32_t length = in->at[1], bytes = 0;
    if (length >= LONG) {
        bytes = length - LONG;
        length = 0;
        if (bytes == 0 || bytes > MOST_LENGTH_BYTES || in->end - at < (ptrdiff_t)bytes || at[0] == 0)
            return 0;
        for (uint32_t i = 0; i < bytes; i++)
            length = length << 8 | at[i];
        at += bytes;
    }
    if ((bytes > 0 && length < LONG) || in->end - at < (ptrdiff_t)length)
        return 0;
    *tag = in->at[0];
    *content = hg_span_of(at, length);
    in->at = at + length;
    return 1;
}

/* The next element, if it has this tag. 0: it has not, and the position is as before. */
static int take(hg_cursor *in, uint8_t tag, hg_span *content)
{
    hg_cursor at = *in;
    uint8_t found;
    if (!next(&at, &found, content) || found != tag)
        return 0;
    *in = at;
    return 1;
}

/* The content of a string of bits, which has no unused ones. */
static int take_bits(hg_cursor *in, hg_span *content)
{
    if (!take(in, TAG_BITS, content) || content->length < 1 || content->data[0] != 0)
        return 0;
    *content = hg_span_of(content->data + 1, content->length - 1);
    return 1;
}

/* ---- identifiers ----------------------------------------------------------------------------------- */

typedef struct known_oid {
    const char *oid; /* content bytes */
    uint16_t length;
    uint16_t value;
    const char *name;
} known_oid;

#define OID(bytes, value, name) {bytes, sizeof bytes - 1, value, name}

static const known_oid *find(const known_oid *table, size_t count, hg_span oid)
{
    for (size_t i = 0; i < count; i++)
        if (hg_span_equal(oid, hg_span_of(table[i].oid, table[i].length)))
            return table + i;
    return NULL;
}
#define FIND(table, oid) find(table, sizeof(table) / sizeof *(table), oid)

static const known_oid SIGNATURES[] = {
    OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0B", 0, "sha256WithRSAEncryption"),
    OID("\x2A\x86\x48\xCE\x3D\x04\x03\x02", 0, "ecdsa-with-SHA256"),
    OID("\x2A\x86\x48\xCE\x3D\x04\x03\x03", 0, "ecdsa-with-SHA384"),
    OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0C", 0, "sha384WithRSAEncryption"),
    OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0D", 0, "sha512WithRSAEncryption"),
    OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x05", HG_WEAK_SHA1, "sha1WithRSAEncryption"),
    OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A", 0, "rsassaPss"),
    OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x04", HG_WEAK_MD5, "md5WithRSAEncryption"),
    OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0E", 0, "sha224WithRSAEncryption"),
    OID("\x2A\x86\x48\xCE\x3D\x04\x03\x04", 0, "ecdsa-with-SHA512"),
    OID("\x2A\x86\x48\xCE\x3D\x04\x01", HG_WEAK_SHA1, "ecdsa-with-SHA1"),
    OID("\x2A\x86\x48\xCE\x38\x04\x03", HG_WEAK_SHA1, "dsa-with-SHA1"),
    OID("\x60\x86\x48\x01\x65\x03\x04\x03\x02", 0, "dsa-with-SHA256"),
    OID("\x2B\x65\x70", 0, "ED25519"),
    OID("\x2B\x65\x71", 0, "ED448"),
    OID("\x60\x86\x48\x01\x65\x03\x04\x03\x11", 0, "ML-DSA-44"),
    OID("\x60\x86\x48\x01\x65\x03\x04\x03\x12", 0, "ML-DSA-65"),
    OID("\x60\x86\x48\x01\x65\x03\x04\x03\x13", 0, "ML-DSA-87"),
    OID("\x2B\x0E\x03\x02\x1D", HG_WEAK_SHA1, "sha1WithRSA"),
};

static const known_oid KEYS[] = {
    OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01", HG_KEY_RSA, ""),
    OID("\x2A\x86\x48\xCE\x3D\x02\x01", HG_KEY_EC, ""),
    OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A", HG_KEY_RSA_PSS, ""),
    OID("\x2A\x86\x48\xCE\x38\x04\x01", HG_KEY_DSA, ""),
    OID("\x2B\x65\x70", HG_KEY_ED25519, ""),
    OID("\x2B\x65\x71", HG_KEY_ED448, ""),
    OID("\x60\x86\x48\x01\x65\x03\x04\x03\x11", HG_KEY_ML_DSA, ""),
    OID("\x60\x86\x48\x01\x65\x03\x04\x03\x12", HG_KEY_ML_DSA, ""),
    OID("\x60\x86\x48\x01\x65\x03\x04\x03\x13", HG_KEY_ML_DSA, ""),
};

static const known_oid CURVES[] = {
    OID("\x2A\x86\x48\xCE\x3D\x03\x01\x07", 256, ""), /* P-256 */
    OID("\x2B\x81\x04\x00\x22", 384, ""),             /* P-384 */
    OID("\x2B\x81\x04\x00\x23", 521, ""),             /* P-521 */
    OID("\x2B\x81\x04\x00\x21", 224, ""),             /* P-224 */
    OID("\x2A\x86\x48\xCE\x3D\x03\x01\x01", 192, ""), /* P-192 */
    OID("\x2B\x81\x04\x00\x0A", 256, ""),             /* secp256k1 */
    OID("\x2B\x24\x03\x03\x02\x08\x01\x01\x07", 256, ""), /* brainpoolP256r1 */
    OID("\x2B\x24\x03\x03\x02\x08\x01\x01\x0B", 384, ""),
    OID("\x2B\x24\x03\x03\x02\x08\x01\x01\x0D", 512, ""),
};

static const known_oid ATTRIBUTES[] = {
    OID("\x55\x04\x03", 0, "CN"),
    OID("\x55\x04\x0A", 0, "O"),
    OID("\x55\x04\x06", 0, "C"),
    OID("\x55\x04\x0B", 0, "OU"),
    OID("\x55\x04\x07", 0, "L"),
    OID("\x55\x04\x08", 0, "ST"),
    OID("\x55\x04\x05", 0, "serialNumber"),
    OID("\x2A\x86\x48\x86\xF7\x0D\x01\x09\x01", 0, "emailAddress"),
    OID("\x09\x92\x26\x89\x93\xF2\x2C\x64\x01\x19", 0, "DC"),
};

/* An identifier as its name, or as numbers with dots between them; "?" where it is malformed or too long. */
static char *put_oid(char *p, const known_oid *known, hg_span oid)
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
        if (p == first) { /* the first two numbers are one */
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

/* ---- times ----------------------------------------------------------------------------------------- */

/* A number of `count` digits; -1: something else. */
static int32_t digits(const uint8_t *at, uint32_t count)
{
    int32_t number = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9')
            return -1;
        number = 10 * number + (at[i] - '0');
    }
    return number;
}

static int32_t days_of(int32_t year, int32_t month)
{
    static const uint8_t DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return DAYS[month - 1] + (month == 2 && is_leap);
}

/* Days since 1970. Years begin in March, so that the day of leap years is their last. */
static int64_t day_number(int32_t year, int32_t month, int32_t day)
{
    enum { CYCLE = 400 /* years, so that none is negative */, EPOCH = 865565 /* from the first day of year -400 on */ };
    const int32_t y = year + CYCLE - (month <= 2), m = (month + 9) % 12;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - EPOCH;
}

/* UTCTime ends in 2049; both have seconds and are UTC (RFC 5280, 4.1.2.5). */
static int64_t take_time(hg_cursor *in)
{
    uint8_t tag;
    hg_span text;
    if (!next(in, &tag, &text))
        return HG_NO_CERTIFICATE_TIME;
    const uint32_t year_digits = tag == TAG_TIME ? 4 : 2;
    if ((tag != TAG_TIME && tag != TAG_UTC_TIME) || text.length != year_digits + 11 || text.data[text.length - 1] != 'Z')
        return HG_NO_CERTIFICATE_TIME;
    const uint8_t *at = text.data + year_digits;
    int32_t year = digits(text.data, year_digits);
    const int32_t month = digits(at, 2), day = digits(at + 2, 2), hour = digits(at + 4, 2), minute = digits(at + 6, 2),
                  second = digits(at + 8, 2);
    if (year >= 0 && tag == TAG_UTC_TIME)
        year += year < 50 ? 2000 : 1900;
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > days_of(year, month) || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59 || second < 0 || second > 59)
        return HG_NO_CERTIFICATE_TIME;
    return day_number(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
}

/* ---- keys and signatures --------------------------------------------------------------------------- */

/* Bits of a number; 0: there is none, or it is negative. */
static uint32_t bits_of(hg_cursor in)
{
    hg_span number;
    if (!take(&in, TAG_INTEGER, &number) || number.length == 0 || number.data[0] >= 0x80)
        return 0;
    while (number.length > 0 && number.data[0] == 0)
        number = hg_span_of(number.data + 1, number.length - 1);
    uint32_t bits = 8 * number.length;
    for (uint32_t first = number.length > 0 ? number.data[0] : 0x80; first < 0x80; first <<= 1)
        bits--;
    return bits;
}

/* An algorithm and its parameters. */
static int take_algorithm(hg_cursor *in, hg_span *oid, hg_cursor *parameters)
{
    hg_span content;
    if (!take(in, TAG_SEQUENCE, &content))
        return 0;
    *parameters = inside(content);
    return take(parameters, TAG_OID, oid);
}

static int read_key(hg_span content, hg_certificate *out)
{
    enum { LEAST_RSA = 2048 };
    hg_cursor in = inside(content), parameters;
    hg_span oid, key, numbers;
    if (!take_algorithm(&in, &oid, &parameters) || !take_bits(&in, &key) || in.at != in.end)
        return 0;
    const known_oid *known = FIND(KEYS, oid);
    hg_cursor inner = inside(key);
    out->key_type = (uint8_t)(known == NULL ? HG_KEY_OTHER : known->value);
    if (out->key_type == HG_KEY_RSA || out->key_type == HG_KEY_RSA_PSS) {
        out->key_bits = take(&inner, TAG_SEQUENCE, &numbers) ? bits_of(inside(numbers)) : 0;
        if (out->key_bits == 0)
            return 0;
        out->weaknesses |= out->key_bits < LEAST_RSA ? HG_WEAK_RSA : 0;
    } else if (out->key_type == HG_KEY_DSA) {
        out->key_bits = take(&parameters, TAG_SEQUENCE, &numbers) ? bits_of(inside(numbers)) : 0;
    } else if (out->key_type == HG_KEY_EC) {
        const known_oid *curve = take(&parameters, TAG_OID, &oid) ? FIND(CURVES, oid) : NULL;
        out->key_bits = curve == NULL ? 0 : curve->value;
    }
    return 1;
}

/* The hash of RSASSA-PSS is the first of its parameters, and SHA-1 without one (RFC 4055). */
static uint8_t weakness_of_pss(hg_cursor in)
{
    hg_span content, oid;
    hg_cursor parameters, none;
    if (!take(&in, TAG_SEQUENCE, &content))
        return HG_WEAK_SHA1;
    parameters = inside(content);
    if (!take(&parameters, TAG_OWN_0, &content))
        return HG_WEAK_SHA1;
    parameters = inside(content);
    if (!take_algorithm(&parameters, &oid, &none))
        return 0;
    return hg_span_equal(oid, hg_span_of("\x2B\x0E\x03\x02\x1A", 5)) ? HG_WEAK_SHA1 : 0;
}

static uint8_t weakness_of_signature(hg_span oid, hg_cursor parameters)
{
    const known_oid *known = FIND(SIGNATURES, oid);
    if (known == NULL)
        return 0;
    return strcmp(known->name, "rsassaPss") == 0 ? weakness_of_pss(parameters) : (uint8_t)known->value;
}

/* ---- extensions ------------------------------------------------------------------------------------ */

typedef struct key_ids {
    hg_span own;
    hg_span issuer;
} key_ids;

static void read_extension(hg_span oid, hg_cursor value, hg_certificate *out, key_ids *ids)
{
    hg_span content;
    if (oid.length != 3 || oid.data[0] != 0x55 || oid.data[1] != 0x1D)
        return;
    switch (oid.data[2]) {
    case 0x0E: /* subjectKeyIdentifier */
        (void)take(&value, TAG_BYTES, &ids->own);
        break;
    case 0x11: /* subjectAltName */
        (void)take(&value, TAG_SEQUENCE, &out->site_names);
        break;
    case 0x23: /* authorityKeyIdentifier */
        if (take(&value, TAG_SEQUENCE, &content)) {
            hg_cursor in = inside(content);
            (void)take(&in, TAG_PLAIN_0, &ids->issuer);
        }
        break;
    default:
        break;
    }
}

/* The version and unique identifiers that may come before them are passed. */
static int read_extensions(hg_cursor in, hg_certificate *out, key_ids *ids)
{
    hg_span content, one, oid, flag, value;
    (void)take(&in, TAG_PLAIN_0 + 1, &content);
    (void)take(&in, TAG_PLAIN_0 + 2, &content);
    if (in.at == in.end)
        return 1;
    if (!take(&in, TAG_OWN_0 + 3, &content) || in.at != in.end)
        return 0;
    in = inside(content);
    if (!take(&in, TAG_SEQUENCE, &content) || in.at != in.end)
        return 0;
    for (hg_cursor list = inside(content); list.at != list.end;) {
        if (!take(&list, TAG_SEQUENCE, &one))
            return 0;
        hg_cursor parts = inside(one);
        if (!take(&parts, TAG_OID, &oid))
            return 0;
        (void)take(&parts, TAG_BOOLEAN, &flag);
        if (!take(&parts, TAG_BYTES, &value) || parts.at != parts.end)
            return 0;
        read_extension(oid, inside(value), out, ids);
    }
    return 1;
}

/* ---- certificates ---------------------------------------------------------------------------------- */

static int read_signed_part(hg_cursor in, hg_certificate *out)
{
    hg_span content, oid, validity, key;
    hg_cursor parameters;
    key_ids ids = {0};
    (void)take(&in, TAG_OWN_0, &content); /* the version */
    if (!take(&in, TAG_INTEGER, &content) || !take_algorithm(&in, &oid, &parameters) ||
        !take(&in, TAG_SEQUENCE, &out->issuer) || !take(&in, TAG_SEQUENCE, &validity) ||
        !take(&in, TAG_SEQUENCE, &out->subject) || !take(&in, TAG_SEQUENCE, &key) || !read_key(key, out) ||
        !read_extensions(in, out, &ids))
        return 0;
    hg_cursor times = inside(validity);
    out->not_before = take_time(&times);
    out->not_after = take_time(&times);
    out->self_signed = (uint8_t)(hg_span_equal(out->issuer, out->subject) &&
                                 (ids.own.length == 0 || ids.issuer.length == 0 || hg_span_equal(ids.own, ids.issuer)));
    return 1;
}

int hg_certificate_read(hg_span der, hg_certificate *out)
{
    hg_cursor in = inside(der), parameters;
    hg_span whole, content, signature;
    *out = (hg_certificate){0};
    if (!take(&in, TAG_SEQUENCE, &whole) || in.at != in.end)
        return 0;
    in = inside(whole);
    if (!take(&in, TAG_SEQUENCE, &content) || !take_algorithm(&in, &out->algorithm, &parameters) ||
        !take_bits(&in, &signature) || in.at != in.end || !read_signed_part(inside(content), out))
        return 0;
    out->weaknesses |= weakness_of_signature(out->algorithm, parameters);
    return 1;
}

/* ---- names ----------------------------------------------------------------------------------------- */

/* Copies a text with a backslash before what separates parts, or other types in hex behind '#' (RFC 4514). */
static char *put_attribute(char *p, const char *end, uint8_t tag, hg_span value)
{
    const int is_text = tag == TAG_UTF8 || tag == TAG_PRINTABLE || tag == TAG_IA5;
    if (!is_text)
        p = HG_AFTER(p, "#");
    for (uint32_t i = 0; i < value.length && p < end; i++) {
        if (!is_text) {
            p = hg_put_hex_byte(p, value.data[i]);
            continue;
        }
        if (value.text[i] == ',' || value.text[i] == '\\')
            *p++ = '\\';
        *p++ = value.text[i];
    }
    return p;
}

/* "C=US, O=Example, CN=example.org": the attributes in their order, as far as there is room. */
static hg_text_place put_name(hg_batch *batch, hg_span name)
{
    enum { SLACK = 2 + 256 /* a separator, and an identifier */ };
    char text[HG_MOST_CERTIFICATE_NAME + SLACK], *p = text, *const end = text + HG_MOST_CERTIFICATE_NAME;
    hg_span set, pair, oid, value;
    uint8_t tag;
    for (hg_cursor names = inside(name); p < end && take(&names, TAG_SET, &set);)
        for (hg_cursor in = inside(set); p < end && take(&in, TAG_SEQUENCE, &pair);) {
            hg_cursor parts = inside(pair);
            if (!take(&parts, TAG_OID, &oid) || !next(&parts, &tag, &value))
                break;
            if (p != text)
                p = HG_AFTER(p, ", ");
            p = put_oid(p, FIND(ATTRIBUTES, oid), oid);
            p = put_attribute(HG_AFTER(p, "="), end, tag, value);
        }
    return hg_batch_put_text(batch, (const uint8_t *)text, p < end ? (uint32_t)(p - text) : HG_MOST_CERTIFICATE_NAME);
}

/* The DNS names and addresses, with commas between them, as far as there is room. Others than names of hosts are left
 * out: what reads them may take a comma or a NUL for an end. */
static hg_text_place put_site_names(hg_batch *batch, hg_span names)
{
    enum { DNS = TAG_PLAIN_0 + 2, ADDRESS = TAG_PLAIN_0 + 7 };
    char text[HG_MOST_SITE_NAMES + HG_MAX_ADDRESS + HG_RENDER_SLACK], *p = text;
    uint8_t tag;
    hg_span one;
    for (hg_cursor in = inside(names); next(&in, &tag, &one);) {
        char *const before = p;
        if (p != text)
            *p++ = ',';
        if (tag == DNS && hg_is_site_name(one) && p + one.length <= text + HG_MOST_SITE_NAMES)
            p = hg_put_bytes(p, one.text, one.length);
        else if (tag == ADDRESS && (one.length == 4 || one.length == 16))
            p = hg_put_address(p, one.length == 4 ? 4 : 6, one.data);
        else
            p = before;
        if (p > text + HG_MOST_SITE_NAMES)
            p = before;
    }
    return hg_batch_put_text(batch, (const uint8_t *)text, (uint32_t)(p - text));
}

/* ---- chains ---------------------------------------------------------------------------------------- */

enum { LENGTH_BYTES = 3 };

static uint32_t length_at(const uint8_t *at)
{
    return (uint32_t)at[0] << 16 | (uint32_t)at[1] << 8 | at[2];
}

/* The next certificate of a chain. 0: there is none, or its length is wrong. */
static int next_of_chain(hg_cursor *in, hg_span *der)
{
    if (in->end - in->at < LENGTH_BYTES)
        return 0;
    const uint32_t length = length_at(in->at);
    if (in->end - in->at - LENGTH_BYTES < (ptrdiff_t)length)
        return 0;
    *der = hg_span_of(in->at + LENGTH_BYTES, length);
    in->at += LENGTH_BYTES + length;
    return 1;
}

static void put_leaf(const hg_certificate *of, int shows_names, hg_batch *batch, hg_certificate_finding *out)
{
    char text[HG_MOST_ALGORITHM + HG_RENDER_SLACK];
    const size_t length = (size_t)(put_oid(text, FIND(SIGNATURES, of->algorithm), of->algorithm) - text);
    *out = (hg_certificate_finding){.not_before = of->not_before, .not_after = of->not_after, .key_bits = of->key_bits,
                                    .key_type = of->key_type, .self_signed = of->self_signed};
    /* Nobody relies on the signature of a trust anchor; its key is used all the same. */
    out->weaknesses = of->weaknesses & (of->self_signed ? HG_WEAK_RSA : UINT8_MAX);
    out->algorithm = hg_batch_put_text(batch, (const uint8_t *)text, (uint32_t)length);
    if (!shows_names)
        return;
    out->subject = put_name(batch, of->subject);
    out->issuer = put_name(batch, of->issuer);
    out->site_names = put_site_names(batch, of->site_names);
}

int hg_chain_read(hg_span chain, hg_sha256_blocks blocks, int shows_names, hg_batch *batch, hg_certificate_finding *out)
{
    hg_certificate one;
    hg_span der, other;
    hg_cursor in = inside(chain), rest;
    if (chain.length < LENGTH_BYTES || length_at(in.at) != chain.length - LENGTH_BYTES)
        return 0;
    in.at += LENGTH_BYTES;
    if (!next_of_chain(&in, &der))
        return 0;
    for (rest = in; next_of_chain(&rest, &other);)
        ;
    if (rest.at != rest.end || !hg_certificate_read(der, &one))
        return 0;
    put_leaf(&one, shows_names, batch, out);
    hg_sha256_of(blocks, der.data, der.length, out->sha256);
    while (next_of_chain(&in, &der))
        if (hg_certificate_read(der, &one) && !one.self_signed)
            out->weaknesses |= one.weaknesses;
    return 1;
}

void hg_certificate_write(const hg_columns *columns, uint32_t at, uint32_t row, const hg_finding *finding)
{
    const hg_certificate_columns *c = &columns->certificates;
    hg_certificate_finding found;
    memcpy(&found, finding, sizeof found);
    c->row[at] = row;
    c->not_before[at] = found.not_before;
    c->not_after[at] = found.not_after;
    c->key_bits[at] = found.key_bits;
    c->key_type[at] = found.key_type;
    c->self_signed[at] = found.self_signed;
    c->weaknesses[at] = found.weaknesses;
    memcpy(c->sha256[at], found.sha256, sizeof found.sha256);
#define PLACE(column, place)                   \
    c->column##_offset[at] = found.place.offset; \
    c->column##_length[at] = found.place.length;
    PLACE(signature_algorithm, algorithm)
    PLACE(subject, subject)
    PLACE(issuer, issuer)
    PLACE(site_names, site_names)
}
