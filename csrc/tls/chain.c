/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * chain.c - a chain of certificates as a row.
 */
#include "base/bytes.h"
#include "base/value.h"
#include "tls/certificate.h"
#include "tls/certificate_fields.h"
#include "tls/der.h"
#include "tls/oids.h"

/* ---- names ----------------------------------------------------------------------------------------- */

/* Copies a text with a backslash before what separates parts, or other types in hex behind '#' (RFC 4514). */
static char *put_attribute(char *p, const char *end, uint8_t tag, hg_span value)
{
    const int is_text = tag == HG_DER_UTF8 || tag == HG_DER_PRINTABLE || tag == HG_DER_IA5;
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
    for (hg_cursor names = hg_der_inside(name); p < end && hg_der_take(&names, HG_DER_SET, &set);)
        for (hg_cursor in = hg_der_inside(set); p < end && hg_der_take(&in, HG_DER_SEQUENCE, &pair);) {
            hg_cursor parts = hg_der_inside(pair);
            if (!hg_der_take(&parts, HG_DER_OID, &oid) || !hg_der_next(&parts, &tag, &value))
                break;
            if (p != text)
                p = HG_AFTER(p, ", ");
            p = hg_put_oid(p, hg_oid_find(HG_OID_ATTRIBUTE, oid), oid);
            p = put_attribute(HG_AFTER(p, "="), end, tag, value);
        }
    return hg_batch_put_text(batch, (const uint8_t *)text, p < end ? (uint32_t)(p - text) : HG_MOST_CERTIFICATE_NAME);
}

/* The DNS names and addresses, with commas between them, as far as there is room. Others than names of hosts are left
 * out: what reads them may take a comma or a NUL for an end. */
static hg_text_place put_site_names(hg_batch *batch, hg_span names)
{
    enum { DNS = HG_DER_PLAIN_0 + 2, ADDRESS = HG_DER_PLAIN_0 + 7 };
    char text[HG_MOST_SITE_NAMES + HG_MAX_ADDRESS + HG_RENDER_SLACK], *p = text;
    uint8_t tag;
    hg_span one;
    for (hg_cursor in = hg_der_inside(names); hg_der_next(&in, &tag, &one);) {
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

/* The next certificate of a chain. 0: none, or its length is wrong. */
static int next_of_chain(hg_cursor *in, hg_span *der)
{
    if (in->end - in->at < LENGTH_BYTES)
        return 0;
    const uint32_t length = hg_be24(in->at);
    if (in->end - in->at - LENGTH_BYTES < (ptrdiff_t)length)
        return 0;
    *der = hg_span_of(in->at + LENGTH_BYTES, length);
    in->at += LENGTH_BYTES + length;
    return 1;
}

static void put_leaf(const hg_certificate *of, int shows_names, hg_batch *batch, hg_certificates_values *out)
{
    char text[HG_MOST_ALGORITHM + HG_RENDER_SLACK];
    const size_t length = (size_t)(hg_put_oid(text, hg_oid_find(HG_OID_SIGNATURE, of->algorithm), of->algorithm) - text);
    *out = (hg_certificates_values){.not_before = of->not_before, .not_after = of->not_after, .key_bits = of->key_bits,
                                    .key_type = of->key_type, .self_signed = of->self_signed};
    /* Nobody relies on the signature of a trust anchor; its key is used all the same. */
    out->weaknesses = of->weaknesses & (of->self_signed ? HG_WEAK_RSA : UINT8_MAX);
    out->signature_algorithm = hg_batch_put_text(batch, (const uint8_t *)text, (uint32_t)length);
    if (!shows_names)
        return;
    out->subject = put_name(batch, of->subject);
    out->issuer = put_name(batch, of->issuer);
    out->site_names = put_site_names(batch, of->site_names);
}

static int read_chain(const hg_chain_reader *reader, hg_span chain, hg_batch *batch, hg_certificates_values *out)
{
    hg_certificate one;
    hg_span der, other;
    hg_cursor in = hg_der_inside(chain), rest;
    if (chain.length < LENGTH_BYTES || hg_be24(in.at) != chain.length - LENGTH_BYTES)
        return 0;
    in.at += LENGTH_BYTES;
    if (!next_of_chain(&in, &der))
        return 0;
    for (rest = in; next_of_chain(&rest, &other);)
        ;
    if (rest.at != rest.end || !hg_certificate_read(der, &one))
        return 0;
    put_leaf(&one, reader->shows_names, batch, out);
    hg_sha256_of(reader->blocks, der.data, der.length, out->sha256);
    while (next_of_chain(&in, &der))
        if (hg_certificate_read(der, &one) && !one.self_signed)
            out->weaknesses |= one.weaknesses;
    return 1;
}

/* ---- chains that come again ------------------------------------------------------------------------- */

/* Its place in the memo: by the end of the signature of its first certificate. */
static hg_remembered_chain *place_of(hg_chain_reader *reader, hg_span chain)
{
    enum { BEFORE = 2 * LENGTH_BYTES, SAMPLE = 8 };
    if (chain.length < BEFORE + SAMPLE || chain.length > HG_MOST_REMEMBERED)
        return NULL;
    const uint32_t first = hg_be24(chain.data + LENGTH_BYTES), most = chain.length - BEFORE;
    const uint32_t end = BEFORE + (first < SAMPLE ? SAMPLE : first < most ? first : most);
    const uint64_t sample = hg_be64(chain.data + end - SAMPLE) ^ chain.length;
    return reader->memo + (sample * UINT64_C(0x9E3779B97F4A7C15) >> 32) % HG_CHAIN_MEMO;
}

static void shift(hg_certificates_values *found, uint32_t by)
{
    hg_text_place *const places[] = {&found->signature_algorithm, &found->subject, &found->issuer, &found->site_names};
    for (uint32_t i = 0; i < sizeof places / sizeof *places; i++)
        places[i]->offset += places[i]->length > 0 ? by : 0;
}

static void remember(hg_remembered_chain *place, hg_span chain, const hg_certificates_values *found, hg_span texts,
                     uint32_t offset)
{
    place->found = *found;
    shift(&place->found, 0U - offset);
    place->length = chain.length;
    place->text_length = texts.length;
    memcpy(place->chain, chain.data, chain.length);
    memcpy(place->texts, texts.data, texts.length);
}

int hg_chain_read(hg_chain_reader *reader, hg_span chain, hg_batch *batch, hg_certificates_values *out)
{
    const uint32_t offset = batch->text_count;
    hg_remembered_chain *place = place_of(reader, chain);
    if (place != NULL && place->length == chain.length && memcmp(place->chain, chain.data, chain.length) == 0) {
        *out = place->found;
        shift(out, hg_batch_put_text(batch, place->texts, place->text_length).offset);
        return 1;
    }
    if (!read_chain(reader, chain, batch, out))
        return 0;
    if (place != NULL)
        remember(place, chain, out, hg_span_of(batch->texts + offset, batch->text_count - offset), offset);
    return 1;
}

HG_ROW_WRITER(hg_certificate_write, certificates)
