/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/known_claims.h"

#include <stdlib.h>
#include <string.h>

#include "devices/match.h"
#include "flow/hash.h"

enum { PLACES = 1 << 10 /* a later text takes the place of one that has the same */ };

struct hg_known_claim {
    hg_device_claim claim;
    uint32_t signature;
    uint8_t is_known;
    uint8_t kind;
    uint8_t length;
    uint8_t text[UINT8_MAX];
};

static uint32_t find(const hg_database *database, const hg_announcement_text *said, hg_device_claim *out)
{
    const char *text = (const char *)said->text;
    const hg_device_match match = hg_device_match_text(&database->tables, said->kind, text, said->length);
    if (match.signature == HG_NO_SIGNATURE)
        return HG_NO_SIGNATURE;
    hg_device_values values;
    hg_device_write_values(database, &match, text, &values);
    *out = hg_device_claim_of(said->kind, database->tables.announcements + match.signature, &values);
    return match.signature;
}

static hg_known_claim *place_of(const hg_hosts *hosts, const hg_announcement_text *said)
{
    uint64_t word, state = hg_hash_mix(hosts->hash_key, (uint64_t)said->kind << 8 | said->length);
    for (uint32_t at = 0, left = said->length; left > 0; at += (uint32_t)sizeof word) {
        const uint32_t bytes = left < sizeof word ? left : (uint32_t)sizeof word;
        word = 0;
        memcpy(&word, said->text + at, bytes);
        state = hg_hash_mix(state, word);
        left -= bytes;
    }
    return hosts->known_claims + (hg_hash_fold(state) & (PLACES - 1));
}

uint32_t hg_known_claim_of(hg_hosts *hosts, const hg_announcement_text *said, hg_device_claim *out)
{
    if (hosts->known_claims == NULL)
        hosts->known_claims = calloc(PLACES, sizeof *hosts->known_claims);
    if (hosts->known_claims == NULL)
        return find(hosts->database, said, out);
    hg_known_claim *one = place_of(hosts, said);
    if (!one->is_known || one->kind != said->kind || one->length != said->length ||
        memcmp(one->text, said->text, said->length) != 0) {
        one->signature = find(hosts->database, said, &one->claim);
        one->is_known = 1;
        one->kind = said->kind;
        one->length = said->length;
        memcpy(one->text, said->text, said->length);
    }
    if (one->signature != HG_NO_SIGNATURE)
        *out = one->claim;
    return one->signature;
}

void hg_known_claims_forget(hg_hosts *hosts)
{
    free(hosts->known_claims);
    hosts->known_claims = NULL;
}
