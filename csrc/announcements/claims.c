/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * claims.c - the claim that an announcement makes about its device.
 */
#include "announcements/conclusion.h"
#include "announcements/match.h"

const char *hg_device_claim_text(const hg_device_claim *claim, uint32_t field)
{
    const char *at = claim->text;
    for (uint32_t i = 0; i < field; i++)
        at += claim->lengths[i];
    return at;
}

/* Whether a person or web page can choose the text: a name without a default form, or a call but of a type "_SERVICE".
 */
static uint8_t is_free(const hg_database *database, uint8_t kind, hg_span text)
{
    return (kind == HG_SAYS_CALLS && (text.length == 0 || *text.text != '_')) ||
           (kind == HG_SAYS_NAME &&
            !hg_device_match_text(&database->tables, kind, text.text, text.length).is_default_form);
}

uint32_t hg_device_claim_of(const hg_database *database, const hg_announcement_text *announced, hg_device_claim *out)
{
    hg_device_values found;
    const uint32_t number =
        hg_database_match_device(database, announced->kind, (const char *)announced->text, announced->length, &found);
    if (number == HG_NO_SIGNATURE)
        return number;
    const hg_db_announcement *signature = database->tables.announcements + number;
    *out =
        (hg_device_claim){.label = signature->label,
                          .kind = announced->kind,
                          .weight = (uint8_t)signature->weight,
                          .rank = (uint8_t)signature->rank,
                          .is_free = is_free(database, announced->kind, hg_span_of(announced->text, announced->length)),
                          .generic = (signature->flags & HG_SIGNATURE_GENERIC) != 0};
    uint32_t used = 0;
    for (uint32_t i = 0; i < HG_DEVICE_VALUES && found.lengths[i] <= HG_DEVICE_CLAIM_BYTES - used; i++) {
        memcpy(out->text + used, found.values[i], found.lengths[i]);
        out->lengths[i] = found.lengths[i];
        used += found.lengths[i];
    }
    return used == 0 ? HG_NO_SIGNATURE : number;
}

int hg_device_is_known(const hg_device_conclusion *conclusion)
{
    for (uint32_t i = 0; i < HG_DEVICE_VALUES; i++)
        if (conclusion->values[i].length > 0)
            return 1;
    return 0;
}
