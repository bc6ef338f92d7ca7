/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "http/memo.h"

#include "base/bytes.h"
#include "base/hash.h"

enum { WORD = 8 };

static uint32_t slot_index(const hg_http_memo *memo, const hg_http_key *key)
{
    uint64_t state = memo->hash_key;
    uint32_t at = 0;
    for (; at + WORD <= key->length; at += WORD)
        state = hg_hash_mix(state, hg_le64(key->bytes + at));
    uint8_t last[WORD] = {0};
    memcpy(last, key->bytes + at, key->length - at);
    return hg_hash_fold(hg_hash_mix(state, hg_le64(last))) % HG_HTTP_MEMO_ENTRIES;
}

hg_http_match *hg_http_memo_place(hg_http_memo *memo, const hg_http_key *key, int *known)
{
    const uint32_t entry = slot_index(memo, key);
    hg_http_key *kept = memo->keys + entry;
    *known = kept->length == key->length && memcmp(kept->bytes, key->bytes, key->length) == 0;
    if (!*known) {
        kept->length = key->length;
        memcpy(kept->bytes, key->bytes, key->length);
    }
    return memo->matches + entry;
}
