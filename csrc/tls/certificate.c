/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/certificate.h"

#include "hg_crypto.h"

#include "base/asn1.h"
#include "tls/anchors.h"
#include "tls/oids.h"

/* ---- DER elements (X.690): strict, so lengths must fit and have the shortest form ---------------------- */

enum {
    DER_BOOLEAN = 0x01,
    DER_INTEGER = 0x02,
    DER_BITS = 0x03,
    DER_BYTES = 0x04,
    DER_OID = 0x06,
    DER_UTF8 = 0x0C,
    DER_PRINTABLE = 0x13,
    DER_TELETEX = 0x14,
    DER_IA5 = 0x16,
    DER_UTC_TIME = 0x17,
    DER_TIME = 0x18,
    DER_BMP = 0x1E,
    DER_SEQUENCE = 0x30,
    DER_SET = 0x31,
    DER_CONTEXT_0 = 0x80,    /* context-specific tag 0, primitive; the next tags follow */
    DER_CONSTRUCTED_0 = 0xA0 /* the same, constructed */
};

/* Reads the content of a BIT STRING; 0: there is none, or it has unused bits. */
static int der_take_bits(hg_cursor *in, hg_span *content)
{
    if (!hg_asn1_take(in, 1, DER_BITS, content) || content->length < 1 || content->data[0] != 0)
        return 0;
    *content = hg_span_of(content->data + 1, content->length - 1);
    return 1;
}

/* ---- times ----------------------------------------------------------------------------------------- */

/* Reads a UTCTime or GeneralizedTime, with seconds and in UTC. Years of a UTCTime are 1950 to 2049 (RFC 5280). */
static int64_t take_time(hg_cursor *in)
{
    uint8_t tag;
    hg_span text;
    if (!hg_asn1_next(in, 1, &tag, &text))
        return HG_NO_CERTIFICATE_TIME;
    const uint32_t year_digits = tag == DER_TIME ? 4 : 2;
    if ((tag != DER_TIME && tag != DER_UTC_TIME) || text.length != year_digits + 11 ||
        text.data[text.length - 1] != 'Z')
        return HG_NO_CERTIFICATE_TIME;
    const uint8_t *at = text.data + year_digits;
    int32_t year = hg_digits(text.data, year_digits);
    const int32_t month = hg_digits(at, 2), day = hg_digits(at + 2, 2), hour = hg_digits(at + 4, 2),
                  minute = hg_digits(at + 6, 2), second = hg_digits(at + 8, 2);
    if (year >= 0 && tag == DER_UTC_TIME)
        year += year < 50 ? 2000 : 1900;
    if (year < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        second < 0 || second > 59)
        return HG_NO_CERTIFICATE_TIME;
    const int64_t seconds =
        hg_days_of(year, (uint32_t)month, (uint32_t)day) * 86400 + hour * 3600 + minute * 60 + second;
    hg_calendar found;
    hg_calendar_utc(seconds, &found);
    return found.day == (uint32_t)day ? seconds : HG_NO_CERTIFICATE_TIME; /* otherwise the month has no such day */
}

/* One certificate. Spans lie in its bytes. */
typedef struct certificate {
    hg_span issuer;     /* content of the issuer's name */
    hg_span subject;
    hg_span site_names; /* content of the subjectAltName extension; length 0: none */
    hg_span algorithm;  /* identifier of the signature algorithm */
    int64_t not_before; /* seconds since the epoch; HG_NO_CERTIFICATE_TIME if it breaks RFC 5280 */
    int64_t not_after;
    uint32_t key_bits;  /* 0: implied by the key type, or unknown */
    uint8_t key_type;   /* hg_key_type */
    uint8_t self_signed; /* 1: it claims to be signed by its own key */
    uint8_t weaknesses; /* of key and signature; bits of hg_weakness */
} certificate;

/* ---- keys and signatures --------------------------------------------------------------------------- */

/* The bit length of an INTEGER; 0: missing or negative. */
static uint32_t bits_of(hg_cursor in)
{
    hg_span number;
    if (!hg_asn1_take(&in, 1, DER_INTEGER, &number) || number.length == 0 || number.data[0] >= 0x80)
        return 0;
    while (number.length > 0 && number.data[0] == 0)
        number = hg_span_of(number.data + 1, number.length - 1);
    uint32_t bits = 8 * number.length;
    for (uint32_t first = number.length > 0 ? number.data[0] : 0x80; first < 0x80; first <<= 1)
        bits--;
    return bits;
}

/* Reads an algorithm identifier and enters its parameters. */
static int take_algorithm(hg_cursor *in, hg_span *oid, hg_cursor *parameters)
{
    return hg_asn1_enter(in, 1, DER_SEQUENCE, parameters) && hg_asn1_take(parameters, 1, DER_OID, oid);
}

/* Reads the key and its algorithm (SubjectPublicKeyInfo). 0: it is malformed. */
static int read_key(hg_cursor in, certificate *out)
{
    hg_cursor parameters, numbers;
    hg_span oid, key;
    if (!take_algorithm(&in, &oid, &parameters) || !der_take_bits(&in, &key) || in.at != in.end)
        return 0;
    const hg_known_oid *known = hg_oid_find(HG_OID_KEY, oid);
    hg_cursor inner = hg_cursor_of(key);
    out->key_type = (uint8_t)(known == NULL ? HG_KEY_OTHER : known->value);
    if (out->key_type == HG_KEY_RSA || out->key_type == HG_KEY_RSA_PSS) {
        out->key_bits = hg_asn1_enter(&inner, 1, DER_SEQUENCE, &numbers) ? bits_of(numbers) : 0;
        out->weaknesses |= out->key_bits != 0 && out->key_bits < HG_LEAST_RSA ? HG_WEAK_RSA : 0;
    } else if (out->key_type == HG_KEY_DSA) {
        out->key_bits = hg_asn1_enter(&parameters, 1, DER_SEQUENCE, &numbers) ? bits_of(numbers) : 0;
    } else if (out->key_type == HG_KEY_EC) {
        const hg_known_oid *curve = hg_asn1_take(&parameters, 1, DER_OID, &oid) ? hg_oid_find(HG_OID_CURVE, oid) : NULL;
        out->key_bits = curve == NULL ? 0 : curve->value;
    }
    return 1;
}

/* The first parameter of RSASSA-PSS names its hash, by default SHA-1 (RFC 4055). */
static uint8_t weakness_of_pss(hg_cursor in)
{
    hg_span oid;
    hg_cursor parameters, hash, none;
    if (!hg_asn1_enter(&in, 1, DER_SEQUENCE, &parameters) || !hg_asn1_enter(&parameters, 1, DER_CONSTRUCTED_0, &hash))
        return HG_WEAK_SHA1;
    if (!take_algorithm(&hash, &oid, &none))
        return 0;
    const hg_span sha1 = hg_span_of("\x2B\x0E\x03\x02\x1A", 5);
    return hg_span_equal(oid, sha1) ? HG_WEAK_SHA1 : 0;
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

static void read_extension(hg_span oid, hg_cursor value, certificate *out, key_ids *ids)
{
    hg_cursor inside;
    if (oid.length != 3 || oid.data[0] != 0x55 || oid.data[1] != 0x1D)
        return;
    if (oid.data[2] == 0x0E) /* subjectKeyIdentifier */
        (void)hg_asn1_take(&value, 1, DER_BYTES, &ids->own);
    else if (oid.data[2] == 0x11) /* subjectAltName */
        (void)hg_asn1_take(&value, 1, DER_SEQUENCE, &out->site_names);
    else if (oid.data[2] == 0x23 && hg_asn1_enter(&value, 1, DER_SEQUENCE, &inside)) /* authorityKeyIdentifier */
        (void)hg_asn1_take(&inside, 1, DER_CONTEXT_0, &ids->issuer);
}

/* Reads the extensions, after optional unique identifiers. 0: they are malformed. */
static int read_extensions(hg_cursor in, certificate *out, key_ids *ids)
{
    hg_span skipped, oid, value;
    hg_cursor block, list, parts;
    (void)hg_asn1_take(&in, 1, DER_CONTEXT_0 + 1, &skipped);
    (void)hg_asn1_take(&in, 1, DER_CONTEXT_0 + 2, &skipped);
    if (in.at == in.end)
        return 1;
    if (!hg_asn1_enter(&in, 1, DER_CONSTRUCTED_0 + 3, &block) || in.at != in.end ||
        !hg_asn1_enter(&block, 1, DER_SEQUENCE, &list) || block.at != block.end)
        return 0;
    while (list.at != list.end) {
        if (!hg_asn1_enter(&list, 1, DER_SEQUENCE, &parts) || !hg_asn1_take(&parts, 1, DER_OID, &oid))
            return 0;
        (void)hg_asn1_take(&parts, 1, DER_BOOLEAN, &skipped);
        if (!hg_asn1_take(&parts, 1, DER_BYTES, &value) || parts.at != parts.end)
            return 0;
        read_extension(oid, hg_cursor_of(value), out, ids);
    }
    return 1;
}

/* ---- certificates ---------------------------------------------------------------------------------- */

/* Reads the part of a certificate that its issuer signed (TBSCertificate). 0: it is malformed. */
static int read_signed_part(hg_cursor in, certificate *out)
{
    hg_span content, oid;
    hg_cursor parameters, times, key;
    key_ids ids = {0};
    (void)hg_asn1_take(&in, 1, DER_CONSTRUCTED_0, &content); /* the version */
    if (!hg_asn1_take(&in, 1, DER_INTEGER, &content) || !take_algorithm(&in, &oid, &parameters) ||
        !hg_asn1_take(&in, 1, DER_SEQUENCE, &out->issuer) || !hg_asn1_enter(&in, 1, DER_SEQUENCE, &times) ||
        !hg_asn1_take(&in, 1, DER_SEQUENCE, &out->subject) || !hg_asn1_enter(&in, 1, DER_SEQUENCE, &key) ||
        !read_key(key, out) || !read_extensions(in, out, &ids))
        return 0;
    out->not_before = take_time(&times);
    out->not_after = take_time(&times);
    out->self_signed = (uint8_t)(hg_span_equal(out->issuer, out->subject) &&
                                 (ids.own.length == 0 || ids.issuer.length == 0 || hg_span_equal(ids.own, ids.issuer)));
    return 1;
}

/* Reads a certificate. 0: it is malformed. */
static int read_certificate(hg_span der, certificate *out)
{
    hg_cursor outside = hg_cursor_of(der), in, signed_part, parameters;
    hg_span signature;
    *out = (certificate){0};
    if (!hg_asn1_enter(&outside, 1, DER_SEQUENCE, &in) || outside.at != outside.end ||
        !hg_asn1_enter(&in, 1, DER_SEQUENCE, &signed_part) || !take_algorithm(&in, &out->algorithm, &parameters) ||
        !der_take_bits(&in, &signature) || in.at != in.end || !read_signed_part(signed_part, out))
        return 0;
    out->weaknesses |= weakness_of_signature(out->algorithm, parameters);
    return 1;
}

/* ---- names in a row ----------------------------------------------------------------------------------------- */

enum { MOST_DECODED = HG_MOST_CERTIFICATE_NAME + 3 /* one more character */ };

/* Decodes a string to UTF-8, at most MOST_DECODED bytes. A TeletexString is read as Latin-1, as most programs do. Other
 * types become hexadecimal digits after '#'. */
static char *put_decoded(char *p, uint8_t tag, hg_span value)
{
    const char *const end = p + HG_MOST_CERTIFICATE_NAME;
    const int is_plain = tag == DER_UTF8 || tag == DER_PRINTABLE || tag == DER_IA5;
    const int is_hex = !is_plain && tag != DER_TELETEX && tag != DER_BMP;
    const uint32_t width = tag == DER_BMP ? 2 : 1;
    if (is_hex)
        *p++ = '#';
    for (uint32_t i = 0; i + width <= value.length && p <= end; i += width) {
        if (is_plain)
            *p++ = value.text[i];
        else if (is_hex)
            p = hg_put_hex_byte(p, value.data[i]);
        else
            p = hg_put_character(p, width == 2 ? hg_be16(value.data + i) : value.data[i]);
    }
    return p;
}

/* Writes a value, in quotes if it contains a comma or a quote; quotes inside are doubled. */
static char *put_attribute(char *p, uint8_t tag, hg_span value)
{
    char text[MOST_DECODED];
    const size_t length = (size_t)(put_decoded(text, tag, value) - text);
    if (memchr(text, ',', length) == NULL && memchr(text, '"', length) == NULL)
        return hg_put_bytes(p, text, length);
    *p++ = '"';
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"')
            *p++ = '"';
        *p++ = text[i];
    }
    *p++ = '"';
    return p;
}

/* Cuts a text at HG_MOST_CERTIFICATE_NAME bytes, between two characters; an ellipsis marks the cut. */
static char *cut(char *text, char *end)
{
    enum { ELLIPSIS = 3 };
    if (end - text <= HG_MOST_CERTIFICATE_NAME)
        return end;
    char *p = text + HG_MOST_CERTIFICATE_NAME - ELLIPSIS;
    while (p > text && (*p & 0xC0) == 0x80)
        p--;
    return HG_AFTER(p, "\xE2\x80\xA6");
}

/* Adds a name such as "C=US, O=Example, CN=example.org" to the batch. */
static hg_text_place put_name(hg_batch *batch, hg_span name)
{
    enum { MOST_ATTRIBUTE = 2 + 256 /* a separator and an identifier */ + 2 * MOST_DECODED + 2 };
    char text[HG_MOST_CERTIFICATE_NAME + MOST_ATTRIBUTE + HG_RENDER_SLACK], *p = text;
    const char *const end = text + HG_MOST_CERTIFICATE_NAME;
    hg_span oid, value;
    hg_cursor names = hg_cursor_of(name), in, parts;
    uint8_t tag;
    while (p <= end && hg_asn1_enter(&names, 1, DER_SET, &in))
        while (p <= end && hg_asn1_enter(&in, 1, DER_SEQUENCE, &parts)) {
            if (!hg_asn1_take(&parts, 1, DER_OID, &oid) || !hg_asn1_next(&parts, 1, &tag, &value))
                break;
            if (p != text)
                p = HG_AFTER(p, ", ");
            p = hg_put_oid(p, hg_oid_find(HG_OID_ATTRIBUTE, oid), oid);
            p = put_attribute(HG_AFTER(p, "="), tag, value);
        }
    return hg_batch_put_text(batch, (const uint8_t *)text, (uint32_t)(cut(text, p) - text));
}

/* Adds DNS names and addresses to the batch, separated by commas, as far as they fit. Names with characters that host
 * names do not have are left out, because a program that reads the list may stop at a comma or a NUL. */
static hg_text_place put_site_names(hg_batch *batch, hg_span names)
{
    enum { DNS = DER_CONTEXT_0 + 2, ADDRESS = DER_CONTEXT_0 + 7 };
    char text[HG_MOST_SITE_NAMES + HG_MAX_ADDRESS + HG_RENDER_SLACK], *p = text;
    uint8_t tag;
    hg_span one;
    for (hg_cursor in = hg_cursor_of(names); hg_asn1_next(&in, 1, &tag, &one);) {
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

/* Reads the next certificate of a chain; 0: none is left, or its length is wrong. */
static int next_in_chain(hg_cursor *in, hg_span *der)
{
    hg_span length;
    return hg_take_bytes(in, LENGTH_BYTES, &length) && hg_take_bytes(in, hg_be24(length.data), der);
}

/* Sets the values of the chain's first certificate, the server's own. */
static void put_leaf(const certificate *leaf, int shows_names, hg_batch *batch, hg_certificates_values *out)
{
    char text[HG_MOST_ALGORITHM + HG_RENDER_SLACK];
    const hg_known_oid *known = hg_oid_find(HG_OID_SIGNATURE, leaf->algorithm);
    const size_t length = (size_t)(hg_put_oid(text, known, leaf->algorithm) - text);
    *out = (hg_certificates_values){.not_before = leaf->not_before,
                                    .not_after = leaf->not_after,
                                    .key_bits = leaf->key_bits,
                                    .key_type = leaf->key_type,
                                    .self_signed = leaf->self_signed};
    out->signature_algorithm = hg_batch_put_text(batch, (const uint8_t *)text, (uint32_t)length);
    if (!shows_names)
        return;
    out->subject = put_name(batch, leaf->subject);
    out->issuer = put_name(batch, leaf->issuer);
    out->site_names = put_site_names(batch, leaf->site_names);
}

/* Writes the first bytes of the SHA-256 of a name in DER, with its tag and length. */
static void put_hash_of_name(const hg_chain_reader *reader, hg_span name, uint8_t out[HG_SUBJECT_HASH])
{
    uint8_t digest[HG_SHA256_LENGTH];
    const uint32_t header = name.length < 0x80 ? 2 : name.length < 0x100 ? 3 : name.length < 0x10000 ? 4 : 5;
    hg_sha256_of(reader->blocks, name.data - header, name.length + header, digest);
    memcpy(out, digest, HG_SUBJECT_HASH);
}

/* Whether clients have the subject's certificate as an anchor, so that this one's signature needs no check. */
static int is_cross_certificate(const certificate *one)
{
    const hg_span common_name = hg_span_of("\x55\x04\x03", 3);
    hg_cursor names = hg_cursor_of(one->subject), in, parts;
    hg_span oid, value;
    uint8_t tag;
    while (hg_asn1_enter(&names, 1, DER_SET, &in))
        if (hg_asn1_enter(&in, 1, DER_SEQUENCE, &parts) && hg_asn1_take(&parts, 1, DER_OID, &oid) &&
            hg_asn1_next(&parts, 1, &tag, &value) && hg_span_equal(oid, common_name) && hg_is_anchor_name(value))
            return 1;
    return 0;
}

/* Notes the weaknesses of the certificate at a position of the chain. Clients do not check the signature of a trust
 * anchor, so only its key can be too weak. */
static void note_weakness(const hg_chain_reader *reader, const certificate *one, uint32_t position,
                          hg_certificates_values *out)
{
    const int is_later = position > 0, is_anchor = one->self_signed || (is_later && is_cross_certificate(one));
    const uint8_t found = is_anchor ? one->weaknesses & (is_later ? 0 : HG_WEAK_RSA) : one->weaknesses;
    if (found != 0 && out->weaknesses == 0) {
        out->weak_position = (uint8_t)(position < UINT8_MAX ? position : UINT8_MAX);
        put_hash_of_name(reader, one->subject, out->weak_subject);
    }
    out->weaknesses |= found;
}

/* Reads a chain: the values of its first certificate, and the weaknesses of all, except of later trust anchors. */
static int read_chain(const hg_chain_reader *reader, hg_span chain, hg_batch *batch, hg_certificates_values *out)
{
    certificate one;
    hg_span der, other;
    hg_cursor in = hg_cursor_of(chain), rest;
    if (chain.length < LENGTH_BYTES || hg_be24(in.at) != chain.length - LENGTH_BYTES)
        return 0;
    in.at += LENGTH_BYTES;
    if (!next_in_chain(&in, &der))
        return 0;
    for (rest = in; next_in_chain(&rest, &other);)
        ;
    if (rest.at != rest.end || !read_certificate(der, &one))
        return 0;
    put_leaf(&one, reader->shows_names, batch, out);
    hg_sha256_of(reader->blocks, der.data, der.length, out->sha256);
    note_weakness(reader, &one, 0, out);
    for (uint32_t position = 1; next_in_chain(&in, &der); position++)
        if (read_certificate(der, &one))
            note_weakness(reader, &one, position, out);
    return 1;
}

/* ---- cached chains ----------------------------------------------------------------------------------- */

/* The cache slot of a chain, chosen by the chain's length and the last bytes of the first certificate, which belong to
 * its signature. NULL: the chain is too short or too long for the cache. */
static hg_remembered_chain *slot_of(hg_chain_reader *reader, hg_span chain)
{
    enum { BEFORE = 2 * LENGTH_BYTES, SAMPLE = 8 };
    if (chain.length < BEFORE + SAMPLE || chain.length > HG_MOST_REMEMBERED)
        return NULL;
    const uint32_t first = hg_be24(chain.data + LENGTH_BYTES), most = chain.length - BEFORE;
    const uint32_t end = BEFORE + (first < SAMPLE ? SAMPLE : first < most ? first : most);
    const uint64_t sample = hg_be64(chain.data + end - SAMPLE) ^ chain.length;
    return reader->memo + (sample * UINT64_C(0x9E3779B97F4A7C15) >> 32) % HG_CHAIN_MEMO;
}

/* Adds `by` to the offsets of the texts. Empty texts get the offset 0, which lies in every batch. */
static void shift(hg_certificates_values *found, uint32_t by)
{
    hg_text_place *const places[] = {&found->signature_algorithm, &found->subject, &found->issuer, &found->site_names};
    for (uint32_t i = 0; i < sizeof places / sizeof *places; i++)
        places[i]->offset = places[i]->length > 0 ? places[i]->offset + by : 0;
}

static void remember(hg_remembered_chain *slot, hg_span chain, const hg_certificates_values *found, hg_span texts,
                     uint32_t offset)
{
    slot->values = *found;
    shift(&slot->values, 0U - offset);
    slot->length = chain.length;
    slot->text_length = texts.length;
    memcpy(slot->chain, chain.data, chain.length);
    memcpy(slot->texts, texts.data, texts.length);
}

int hg_chain_read(hg_chain_reader *reader, hg_span chain, hg_batch *batch, hg_certificates_values *out)
{
    const uint32_t offset = batch->text_count;
    hg_remembered_chain *slot = slot_of(reader, chain);
    if (slot != NULL && slot->length == chain.length && memcmp(slot->chain, chain.data, chain.length) == 0) {
        *out = slot->values;
        shift(out, hg_batch_put_text(batch, slot->texts, slot->text_length).offset);
        return 1;
    }
    if (!read_chain(reader, chain, batch, out))
        return 0;
    if (slot != NULL)
        remember(slot, chain, out, hg_span_of(batch->texts + offset, batch->text_count - offset), offset);
    return 1;
}

HG_ROW_WRITER(hg_certificate_write, certificates)
