/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_device.c - the device of a host's record.
 */
#include <math.h>
#include <string.h>

#include "hosts/write_device.h"

static const char *const FIELDS[HG_DEVICE_VALUES] = {"type", "manufacturer", "model", "system", "version"};

/* ---- JSON ------------------------------------------------------------------------------------------- */

static void write_text(hg_json *to, const char *text, uint32_t length)
{
    if (length == 0)
        hg_json_null(to);
    else
        hg_json_text(to, text, length);
}

static void write_claim(hg_json *to, const hg_device_reading *of)
{
    const hg_device_claim *claim = of->claim;
    char mac[HG_MAC_TEXT];
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "source", word, hg_announcement_name(claim->kind));
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++) {
        hg_json_key(to, FIELDS[i]);
        write_text(to, hg_device_claim_text(claim, i), claim->lengths[i]);
    }
    HG_JSON_KEY(to, "packets", u64, of->packets);
    HG_JSON_KEY(to, "first_seen", time, of->first_ns);
    HG_JSON_KEY(to, "last_seen", time, of->last_ns);
    HG_JSON_KEY(to, "scope", word, hg_scope_name(of->scope));
    hg_json_key(to, "mac");
    if (claim->has_mac)
        hg_json_text(to, mac, (size_t)(hg_put_mac(mac, claim->mac) - mac));
    else
        hg_json_null(to);
    HG_JSON_KEY(to, "relation", word, of->contradicts ? "contradicts" : "agrees");
    hg_json_close(to, '}');
}

double hg_device_confidence(const hg_device_verdict *of)
{
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++)
        if (of->values[i].length > 0)
            return of->values[i].confidence;
    return 0.0;
}

void hg_device_write_json(hg_json *to, const hg_device_verdict *of)
{
    if (!hg_device_is_known(of)) {
        hg_json_null(to);
        return;
    }
    hg_json_open(to, '{');
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++) {
        hg_json_key(to, FIELDS[i]);
        write_text(to, of->values[i].text, of->values[i].length);
    }
    hg_json_key(to, "confidence");
    hg_json_open(to, '{');
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++)
        HG_JSON_KEY(to, FIELDS[i], share, of->values[i].length == 0 ? (double)NAN : of->values[i].confidence);
    hg_json_close(to, '}');
    hg_json_key(to, "evidence");
    hg_json_open(to, '[');
    for (uint32_t i = 0; i < of->reading_count; i++)
        write_claim(to, of->readings + i);
    hg_json_close(to, ']');
    hg_json_close(to, '}');
}

/* ---- text ------------------------------------------------------------------------------------------- */

/* Whether the model begins with the manufacturer, as in "HP LaserJet". */
static int names_manufacturer(const hg_device_verdict *of)
{
    const hg_device_value *model = of->values + HG_DEVICE_MODEL, *maker = of->values + HG_DEVICE_MANUFACTURER;
    return maker->length > 0 && model->length > maker->length && model->text[maker->length] == ' ' &&
           memcmp(model->text, maker->text, maker->length) == 0;
}

void hg_device_put(hg_writer *to, const hg_device_verdict *of)
{
    uint32_t last = HG_DEVICE_VALUES;
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++) {
        if (of->values[i].length == 0 || (i == HG_DEVICE_MANUFACTURER && names_manufacturer(of)))
            continue;
        if (last != HG_DEVICE_VALUES)
            hg_write_word(to, last < HG_DEVICE_SYSTEM && i >= HG_DEVICE_SYSTEM ? ", " : " ");
        hg_write_text(to, of->values[i].text, of->values[i].length);
        last = i;
    }
}
