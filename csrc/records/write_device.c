/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * write_device.c - the device in a host's record.
 */
#include <math.h>

#include "announcements/makers.h"
#include "base/words.h"
#include "records/write.h"

HG_WORDS_OF(hg_device_field, HG_DEVICE_VALUES, "type", "manufacturer", "model", "system", "version")

/* ---- JSON ------------------------------------------------------------------------------------------- */

void hg_device_write_claim(hg_json *to, const hg_device_reading *reading)
{
    const hg_device_claim *claim = reading->claim;
    hg_json_open(to, '{');
    HG_JSON_KEY(to, "source", word, hg_announcement_name(claim->kind));
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++)
        HG_JSON_KEY(to, hg_device_field(i), span, hg_span_of(hg_device_claim_text(claim, i), claim->lengths[i]));
    HG_JSON_KEY(to, "packets", u64, reading->packets);
    HG_JSON_KEY(to, "first_seen", time, reading->first_ns);
    HG_JSON_KEY(to, "last_seen", time, reading->last_ns);
    HG_JSON_KEY(to, "scope", word, hg_scope_name(reading->scope));
    HG_JSON_KEY(to, "mac", mac, claim->has_mac ? claim->mac : NULL);
    HG_JSON_KEY(to, "relation", word, reading->contradicts ? "contradicts" : "agrees");
    hg_json_close(to, '}');
}

const hg_device_value *hg_device_first(const hg_device_conclusion *conclusion)
{
    uint32_t i = 0;
    while (i + 1 < HG_DEVICE_VALUES && conclusion->values[i].length == 0)
        i++;
    return conclusion->values + i;
}

/* The type of a claim that may be the device's; empty: it names none. */
static hg_span open_type(const hg_device_reading *reading)
{
    const uint8_t length = reading->contradicts || reading->is_free ? 0 : reading->claim->lengths[HG_DEVICE_TYPE];
    return hg_span_of(hg_device_claim_text(reading->claim, HG_DEVICE_TYPE), length);
}

void hg_json_types(hg_json *to, const hg_device_conclusion *conclusion, int is_stated)
{
    const hg_device_value *maker = conclusion->values + HG_DEVICE_MANUFACTURER;
    const uint32_t count = is_stated ? 0 : conclusion->reading_count;
    int has_named = is_stated;
    HG_JSON_KEY(to, "types", open, '[');
    for (uint32_t i = 0; i < count; i++) {
        const hg_span type = open_type(conclusion->readings + i);
        uint32_t known = 0;
        while (known < i && !hg_span_equal(open_type(conclusion->readings + known), type))
            known++;
        if (type.length == 0 || known < i)
            continue;
        has_named = 1;
        hg_json_span(to, type);
    }
    hg_span built = hg_span_of("", 0), one;
    if (!has_named && maker->length > 0)
        built = hg_maker_types(hg_span_of(maker->text, maker->length));
    while ((one = hg_span_item(&built, ' ')).length > 0)
        hg_json_span(to, one);
    hg_json_close(to, ']');
}

void hg_json_device(hg_json *to, const hg_device_conclusion *conclusion)
{
    if (!hg_device_is_known(conclusion)) {
        hg_json_null(to);
        return;
    }
    hg_json_open(to, '{');
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++)
        HG_JSON_KEY(to, hg_device_field(i), span, hg_span_of(conclusion->values[i].text, conclusion->values[i].length));
    HG_JSON_KEY_INSIDE(to, "confidence", '{')
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++)
        HG_JSON_KEY(to, hg_device_field(i), share, hg_device_measured(conclusion->values + i));
    HG_JSON_KEY_INSIDE(to, "evidence", '[')
    for (uint32_t i = 0; i < conclusion->reading_count; i++)
        hg_device_write_claim(to, conclusion->readings + i);
    hg_json_close(to, '}');
}

/* ---- text ------------------------------------------------------------------------------------------- */

/* Whether the model begins with the manufacturer, as in "HP LaserJet". */
static int names_manufacturer(const hg_device_value values[HG_DEVICE_VALUES])
{
    const hg_device_value *model = values + HG_DEVICE_MODEL, *maker = values + HG_DEVICE_MANUFACTURER;
    return maker->length > 0 && model->length > maker->length && model->text[maker->length] == ' ' &&
           memcmp(model->text, maker->text, maker->length) == 0;
}

void hg_device_put(hg_writer *to, const hg_device_value values[HG_DEVICE_VALUES])
{
    uint32_t last = HG_DEVICE_VALUES;
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++) {
        if (values[i].length == 0 || (i == HG_DEVICE_MANUFACTURER && names_manufacturer(values)))
            continue;
        if (last != HG_DEVICE_VALUES)
            hg_write_word(to, last < HG_DEVICE_SYSTEM && i >= HG_DEVICE_SYSTEM ? ", " : " ");
        hg_write_text(to, values[i].text, values[i].length);
        last = i;
    }
}

void hg_device_put_claim(hg_writer *to, const hg_device_claim *claim)
{
    hg_device_value values[HG_DEVICE_VALUES];
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++)
        values[i] = (hg_device_value){.text = hg_device_claim_text(claim, i), .length = claim->lengths[i]};
    hg_device_put(to, values);
}

/* ---- its network card --------------------------------------------------------------------------------- */

static uint32_t card_of(const hg_hosts *hosts, const uint8_t *mac, char out[HG_CARD_BYTES])
{
    const uint32_t length = mac == NULL || hosts->options.card_finder == NULL
                                ? 0
                                : hosts->options.card_finder(hosts->options.card_user, mac, out);
    return length <= HG_CARD_BYTES ? length : 0;
}

void hg_put_card(hg_writer *to, const hg_hosts *hosts, const uint8_t *mac)
{
    char name[HG_CARD_BYTES];
    const uint32_t length = card_of(hosts, mac, name);
    HG_SAY(to, length > 0 ? ", network card: " : "", hg_span_of(name, length));
}

void hg_json_card(hg_json *to, const hg_hosts *hosts, const uint8_t *mac)
{
    char name[HG_CARD_BYTES];
    hg_json_span(to, hg_span_of(name, card_of(hosts, mac, name)));
}

/* ---- its CPE name ------------------------------------------------------------------------------------- */

void hg_json_cpe(hg_json *to, const hg_device_conclusion *announced, const hg_host_conclusion *shown)
{
    char text[256], found[HG_CPE_BYTES];
    const hg_device_value *system = announced->values + HG_DEVICE_SYSTEM,
                          *version = announced->values + HG_DEVICE_VERSION;
    hg_span name = {.text = system->text, .length = system->length},
            exact = {.text = version->text, .length = version->length};
    if (name.length == 0 && shown->family_count == 1) {
        hg_writer versions = {.at = text, .capacity = sizeof text};
        hg_put_versions(&versions, shown);
        name = shown->families->of.name;
        exact = (hg_span){.text = text, .length = versions.is_full ? 0 : (uint32_t)versions.length};
    }
    const size_t length = hg_cpe_name(name.text, name.length, exact.text, exact.length, found);
    hg_json_span(to, (hg_span){.text = found, .length = (uint32_t)length});
}
