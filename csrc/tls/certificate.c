/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/certificate.h"

#include "tls/der.h"
#include "tls/oids.h"

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
    if (!hg_der_next(in, &tag, &text))
        return HG_NO_CERTIFICATE_TIME;
    const uint32_t year_digits = tag == HG_DER_TIME ? 4 : 2;
    if ((tag != HG_DER_TIME && tag != HG_DER_UTC_TIME) || text.length != year_digits + 11 || text.data[text.length - 1] != 'Z')
        return HG_NO_CERTIFICATE_TIME;
    const uint8_t *at = text.data + year_digits;
    int32_t year = digits(text.data, year_digits);
    const int32_t month = digits(at, 2), day = digits(at + 2, 2), hour = digits(at + 4, 2), minute = digits(at + 6, 2),
                  second = digits(at + 8, 2);
    if (year >= 0 && tag == HG_DER_UTC_TIME)
        year += year < 50 ? 2000 : 1900;
    if (year < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 59)
        return HG_NO_CERTIFICATE_TIME;
    const int64_t seconds = day_number(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
    hg_calendar found;
    hg_calendar_utc(seconds, &found);
    return found.day == (uint32_t)day ? seconds : HG_NO_CERTIFICATE_TIME; /* else the month has no such day */
}

/* ---- keys and signatures --------------------------------------------------------------------------- */

/* Bits of a number; 0: none, or it is negative. */
static uint32_t bits_of(hg_cursor in)
{
    hg_span number;
    if (!hg_der_take(&in, HG_DER_INTEGER, &number) || number.length == 0 || number.data[0] >= 0x80)
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
    if (!hg_der_take(in, HG_DER_SEQUENCE, &content))
        return 0;
    *parameters = hg_der_inside(content);
    return hg_der_take(parameters, HG_DER_OID, oid);
}

static int read_key(hg_span content, hg_certificate *out)
{
    enum { LEAST_RSA = 2048 };
    hg_cursor in = hg_der_inside(content), parameters;
    hg_span oid, key, numbers;
    if (!take_algorithm(&in, &oid, &parameters) || !hg_der_take_bits(&in, &key) || in.at != in.end)
        return 0;
    const hg_known_oid *known = hg_oid_find(HG_OID_KEY, oid);
    hg_cursor inner = hg_der_inside(key);
    out->key_type = (uint8_t)(known == NULL ? HG_KEY_OTHER : known->value);
    if (out->key_type == HG_KEY_RSA || out->key_type == HG_KEY_RSA_PSS) {
        out->key_bits = hg_der_take(&inner, HG_DER_SEQUENCE, &numbers) ? bits_of(hg_der_inside(numbers)) : 0;
        out->weaknesses |= out->key_bits != 0 && out->key_bits < LEAST_RSA ? HG_WEAK_RSA : 0;
    } else if (out->key_type == HG_KEY_DSA) {
        out->key_bits = hg_der_take(&parameters, HG_DER_SEQUENCE, &numbers) ? bits_of(hg_der_inside(numbers)) : 0;
    } else if (out->key_type == HG_KEY_EC) {
        const hg_known_oid *curve = hg_der_take(&parameters, HG_DER_OID, &oid) ? hg_oid_find(HG_OID_CURVE, oid) : NULL;
        out->key_bits = curve == NULL ? 0 : curve->value;
    }
    return 1;
}

/* The hash of RSASSA-PSS is the first of its parameters, and SHA-1 without one (RFC 4055). */
static uint8_t weakness_of_pss(hg_cursor in)
{
    hg_span content, oid;
    hg_cursor parameters, none;
    if (!hg_der_take(&in, HG_DER_SEQUENCE, &content))
        return HG_WEAK_SHA1;
    parameters = hg_der_inside(content);
    if (!hg_der_take(&parameters, HG_DER_OWN_0, &content))
        return HG_WEAK_SHA1;
    parameters = hg_der_inside(content);
    if (!take_algorithm(&parameters, &oid, &none))
        return 0;
    return hg_span_equal(oid, hg_span_of("\x2B\x0E\x03\x02\x1A", 5)) ? HG_WEAK_SHA1 : 0;
}

static uint8_t weakness_of_signature(hg_span oid, hg_cursor parameters)
{
    const hg_known_oid *known = hg_oid_find(HG_OID_SIGNATURE, oid);
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
        (void)hg_der_take(&value, HG_DER_BYTES, &ids->own);
        break;
    case 0x11: /* subjectAltName */
        (void)hg_der_take(&value, HG_DER_SEQUENCE, &out->site_names);
        break;
    case 0x23: /* authorityKeyIdentifier */
        if (hg_der_take(&value, HG_DER_SEQUENCE, &content)) {
            hg_cursor in = hg_der_inside(content);
            (void)hg_der_take(&in, HG_DER_PLAIN_0, &ids->issuer);
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
    (void)hg_der_take(&in, HG_DER_PLAIN_0 + 1, &content);
    (void)hg_der_take(&in, HG_DER_PLAIN_0 + 2, &content);
    if (in.at == in.end)
        return 1;
    if (!hg_der_take(&in, HG_DER_OWN_0 + 3, &content) || in.at != in.end)
        return 0;
    in = hg_der_inside(content);
    if (!hg_der_take(&in, HG_DER_SEQUENCE, &content) || in.at != in.end)
        return 0;
    for (hg_cursor list = hg_der_inside(content); list.at != list.end;) {
        if (!hg_der_take(&list, HG_DER_SEQUENCE, &one))
            return 0;
        hg_cursor parts = hg_der_inside(one);
        if (!hg_der_take(&parts, HG_DER_OID, &oid))
            return 0;
        (void)hg_der_take(&parts, HG_DER_BOOLEAN, &flag);
        if (!hg_der_take(&parts, HG_DER_BYTES, &value) || parts.at != parts.end)
            return 0;
        read_extension(oid, hg_der_inside(value), out, ids);
    }
    return 1;
}

/* ---- certificates ---------------------------------------------------------------------------------- */

static int read_signed_part(hg_cursor in, hg_certificate *out)
{
    hg_span content, oid, validity, key;
    hg_cursor parameters;
    key_ids ids = {0};
    (void)hg_der_take(&in, HG_DER_OWN_0, &content); /* the version */
    if (!hg_der_take(&in, HG_DER_INTEGER, &content) || !take_algorithm(&in, &oid, &parameters) ||
        !hg_der_take(&in, HG_DER_SEQUENCE, &out->issuer) || !hg_der_take(&in, HG_DER_SEQUENCE, &validity) ||
        !hg_der_take(&in, HG_DER_SEQUENCE, &out->subject) || !hg_der_take(&in, HG_DER_SEQUENCE, &key) || !read_key(key, out) ||
        !read_extensions(in, out, &ids))
        return 0;
    hg_cursor times = hg_der_inside(validity);
    out->not_before = take_time(&times);
    out->not_after = take_time(&times);
    out->self_signed = (uint8_t)(hg_span_equal(out->issuer, out->subject) &&
                                 (ids.own.length == 0 || ids.issuer.length == 0 || hg_span_equal(ids.own, ids.issuer)));
    return 1;
}

int hg_certificate_read(hg_span der, hg_certificate *out)
{
    hg_cursor in = hg_der_inside(der), parameters;
    hg_span whole, content, signature;
    *out = (hg_certificate){0};
    if (!hg_der_take(&in, HG_DER_SEQUENCE, &whole) || in.at != in.end)
        return 0;
    in = hg_der_inside(whole);
    if (!hg_der_take(&in, HG_DER_SEQUENCE, &content) || !take_algorithm(&in, &out->algorithm, &parameters) ||
        !hg_der_take_bits(&in, &signature) || in.at != in.end || !read_signed_part(hg_der_inside(content), out))
        return 0;
    out->weaknesses |= weakness_of_signature(out->algorithm, parameters);
    return 1;
}
