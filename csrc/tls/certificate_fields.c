/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/certificate_fields.h"

#include "base/error.h"

int hg_is_site_name(hg_span name)
{
    for (uint32_t i = 0; i < name.length; i++) {
        const char c = name.text[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= ':') ||
              strchr("-.*_", c) != NULL) ||
            c == 0)
            return 0;
    }
    return name.length > 0;
}

static int is_time(int64_t seconds)
{
    const int64_t first = INT64_C(-62167219200), last = INT64_C(253402300799); /* the years 0 to 9999 */
    return seconds == HG_NO_CERTIFICATE_TIME || (seconds >= first && seconds <= last);
}

hg_status hg_check_certificate(const hg_batch *batch, const hg_row *row, hg_error *error)
{
    const hg_certificate_columns *c = &batch->columns.certificates;
    const uint32_t at = row->at;
    if (!HG_HAS_TEXT(batch, at, certificates.signature_algorithm, HG_MOST_ALGORITHM) ||
        !HG_HAS_TEXT(batch, at, certificates.subject, HG_MOST_CERTIFICATE_NAME) ||
        !HG_HAS_TEXT(batch, at, certificates.issuer, HG_MOST_CERTIFICATE_NAME) ||
        !HG_HAS_TEXT(batch, at, certificates.site_names, HG_MOST_SITE_NAMES))
        return hg_fail(error, HG_E_ARGUMENT, "row %u has texts too long or outside the batch", row->index);
    int is_sound = c->key_type[at] < HG_KEY_TYPES && c->self_signed[at] <= 1 && c->weaknesses[at] < HG_WEAKNESSES &&
                   is_time(c->not_before[at]) && is_time(c->not_after[at]);
    const hg_span names = HG_TEXT_OF(*row, certificates, site_names);
    uint32_t length = 0; /* of all names with a comma after each: one more than that of the text if no name is empty */
    for (hg_span rest = names, name; hg_span_next(&rest, &name); length += name.length + 1)
        is_sound = is_sound && hg_is_site_name(name);
    is_sound = is_sound && length == names.length + (names.length > 0);
    return is_sound ? HG_OK : hg_fail(error, HG_E_ARGUMENT, "row %u has invalid certificate values", row->index);
}

char *hg_put_certificate_hash(char *p, hg_row row)
{
    return hg_put_hex(p, row.columns->certificates.sha256[row.at], HG_SHA256_LENGTH);
}

char *hg_put_certificate_time(char *p, int64_t seconds)
{
    hg_calendar calendar;
    hg_calendar_utc(seconds, &calendar);
    return HG_AFTER(hg_put_calendar(p, &calendar, '-', 'T'), "Z");
}

char *hg_put_site_names(char *p, hg_row row, char quote)
{
    hg_span rest = HG_TEXT_OF(row, certificates, site_names), name;
    const char *const first = p;
    while (hg_span_next(&rest, &name))
        p = hg_put_item(p, first, name, ',', quote);
    return p;
}

char *hg_put_weaknesses(char *p, hg_row row, char quote)
{
    static const char *const WORDS[] = {"rsa_below_2048", "md5_signature", "sha1_signature"};
    const char *const first = p;
    for (uint32_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if ((row.columns->certificates.weaknesses[row.at] >> i & 1) != 0)
            p = hg_put_item(p, first, hg_span_of_word(WORDS[i]), ',', quote);
    return p;
}
