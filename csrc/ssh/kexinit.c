/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "ssh/kexinit.h"

#include "base/bytes.h"

int hg_ssh_is_name(const uint8_t *data, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        if (data[i] <= ' ' || data[i] >= 0x7F || data[i] == '"' || data[i] == '\\')
            return 0;
    return 1;
}

uint32_t hg_ssh_lists_length(const uint8_t *data, uint32_t length)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < HG_SSH_LISTS; i++) {
        const uint32_t size = length - at < 4 ? UINT32_MAX : hg_be32(data + at);
        if (size > HG_SSH_MOST_LISTS || size > length - at - 4 || !hg_ssh_is_name(data + at + 4, size))
            return 0;
        at += 4 + size;
    }
    return at <= HG_SSH_MOST_LISTS ? at : 0;
}

hg_span hg_ssh_list_of(hg_span lists, hg_ssh_list which, int from_server)
{
    const uint32_t number = which + (which >= HG_SSH_CIPHERS && from_server);
    uint32_t at = 0;
    for (uint32_t i = 0; lists.length - at >= 4; i++) {
        const uint32_t size = hg_be32(lists.data + at);
        if (size > lists.length - at - 4)
            break;
        if (i == number)
            return hg_span_of(lists.data + at + 4, size);
        at += 4 + size;
    }
    return (hg_span){0};
}

hg_span hg_ssh_next_name(hg_span list, uint32_t *at)
{
    while (*at < list.length && list.text[*at] == ',')
        ++*at;
    const uint32_t begin = *at;
    while (*at < list.length && list.text[*at] != ',')
        ++*at;
    return *at == begin ? (hg_span){0} : hg_span_of(list.data + begin, *at - begin);
}

void hg_ssh_hassh(hg_span lists, int from_server, uint8_t digest[HG_MD5_BYTES])
{
    static const hg_ssh_list HASHED[] = {HG_SSH_KEX, HG_SSH_CIPHERS, HG_SSH_MACS, HG_SSH_COMPRESSIONS};
    hg_message_digest hash;
    hg_md5_start(&hash);
    for (uint32_t i = 0; i < sizeof HASHED / sizeof *HASHED; i++) {
        const hg_span list = hg_ssh_list_of(lists, HASHED[i], from_server);
        hg_digest_add(&hash, ";", i > 0);
        if (list.length > 0)
            hg_digest_add(&hash, list.data, list.length);
    }
    hg_md5_end(&hash, digest);
}

static int has_part(hg_span name, const char *part)
{
    const uint32_t length = (uint32_t)strlen(part);
    for (uint32_t at = 0; at + length <= name.length; at++)
        if (memcmp(name.text + at, part, length) == 0)
            return 1;
    return 0;
}

int hg_ssh_resists_quantum(hg_span name)
{
    return has_part(name, "mlkem") || has_part(name, "kyber") || has_part(name, "sntrup");
}

int hg_ssh_all_have(hg_span list, const char *part)
{
    uint32_t at = 0, count = 0;
    for (hg_span name = hg_ssh_next_name(list, &at); name.length > 0; name = hg_ssh_next_name(list, &at)) {
        if (has_part(name, "ext-info-") || has_part(name, "kex-strict-"))
            continue;
        if (!has_part(name, part))
            return 0;
        count++;
    }
    return count > 0;
}

int hg_ssh_offers_quantum(hg_span list)
{
    uint32_t at = 0;
    for (hg_span name = hg_ssh_next_name(list, &at); name.length > 0; name = hg_ssh_next_name(list, &at))
        if (hg_ssh_resists_quantum(name))
            return 1;
    return 0;
}

/* ---- the choice ------------------------------------------------------------------------------------ */

enum { MOST_COMPARED = 64 /* key exchanges of a server */ };

static uint32_t hash_name(hg_span name)
{
    uint32_t hash = 2166136261; /* FNV-1a */
    for (uint32_t i = 0; i < name.length; i++)
        hash = (hash ^ name.data[i]) * 16777619;
    return hash == 0 ? 1 : hash;
}

void hg_ssh_remember(hg_ssh_offer *offer, hg_span list)
{
    uint32_t at = 0, count = 0;
    *offer = (hg_ssh_offer){0};
    for (hg_span name = hg_ssh_next_name(list, &at); name.length > 0 && count < HG_SSH_MOST_OFFERED;
         name = hg_ssh_next_name(list, &at))
        offer->hashes[count++] = hash_name(name);
}

hg_span hg_ssh_choose(const hg_ssh_offer *offer, hg_span list)
{
    hg_span names[MOST_COMPARED];
    uint32_t hashes[MOST_COMPARED], count = 0, at = 0;
    for (hg_span name = hg_ssh_next_name(list, &at); name.length > 0 && count < MOST_COMPARED;
         name = hg_ssh_next_name(list, &at)) {
        names[count] = name;
        hashes[count++] = hash_name(name);
    }
    for (uint32_t i = 0; i < HG_SSH_MOST_OFFERED && offer->hashes[i] != 0; i++)
        for (uint32_t j = 0; j < count; j++)
            if (hashes[j] == offer->hashes[i])
                return names[j].length > HG_MOST_SSH_NAME ? (hg_span){0} : names[j];
    return (hg_span){0};
}
