/* SPDX-License-Identifier: MIT OR Apache-2.0 */

#include "statements/known_claims.h"

#include <stdlib.h>

#include "announcements/fields.h"

enum { PLACES = 1 << 10 /* a text replaces an earlier one in the same place */ };

struct hg_known_claim {
    hg_device_claim claim;
    uint32_t signature;
    uint8_t is_known;
    uint8_t kind;
    uint8_t length;
    uint8_t text[UINT8_MAX];
};

static hg_known_claim *place_of(const hg_hosts *hosts, const hg_announcement_text *announced)
{
    const uint64_t state =
        hg_hash_span(hosts->hash_key ^ announced->kind, hg_span_of(announced->text, announced->length));
    return hosts->known_claims + (hg_hash_fold(state) & (PLACES - 1));
}

/* Asks the database, whose patterns describe MACs in words. */
static uint32_t new_claim(const hg_hosts *hosts, const hg_announcement_text *announced, hg_device_claim *out)
{
    char words[HG_MAC_TEXT];
    hg_announcement_text of = *announced;
    if (of.kind == HG_SAYS_MAC) {
        of.text = (const uint8_t *)words;
        of.length = (uint8_t)(hg_put_mac(words, announced->text) - words);
    }
    return hg_device_claim_of(hosts->database, &of, out);
}

uint32_t hg_known_claim_of(hg_hosts *hosts, const hg_announcement_text *announced, hg_device_claim *out)
{
    if (hosts->known_claims == NULL)
        hosts->known_claims = calloc(PLACES, sizeof *hosts->known_claims);
    if (hosts->known_claims == NULL)
        return new_claim(hosts, announced, out);
    hg_known_claim *one = place_of(hosts, announced);
    if (!one->is_known || one->kind != announced->kind || one->length != announced->length ||
        memcmp(one->text, announced->text, announced->length) != 0) {
        one->signature = new_claim(hosts, announced, &one->claim);
        one->is_known = 1;
        one->kind = announced->kind;
        one->length = announced->length;
        memcpy(one->text, announced->text, announced->length);
    }
    if (one->signature != HG_NO_SIGNATURE)
        *out = one->claim;
    return one->signature;
}

int hg_known_type_of(hg_hosts *hosts, uint8_t kind, hg_span text, hg_device_claim *claim, hg_span *type)
{
    const hg_announcement_text announced = {text.data, text.length < UINT8_MAX ? (uint8_t)text.length : UINT8_MAX,
                                            kind};
    if (text.length == 0 || hg_known_claim_of(hosts, &announced, claim) == HG_NO_SIGNATURE)
        return 0;
    *type = hg_span_of(hg_device_claim_text(claim, HG_DEVICE_TYPE), claim->lengths[HG_DEVICE_TYPE]);
    return 1;
}

void hg_forget_claims(hg_hosts *hosts)
{
    free(hosts->known_claims);
    hosts->known_claims = NULL;
}
