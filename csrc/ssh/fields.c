/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "ssh/fields.h"

#include "base/error.h"
#include "base/hash.h"
#include "hg_crypto.h"

/* ---- lists -------------------------------------------------------------------------------------------- */

int hg_ssh_are_names(const uint8_t *data, uint32_t length)
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
        if (size > HG_SSH_MOST_LIST_BYTES || size > length - at - 4 || !hg_ssh_are_names(data + at + 4, size))
            return 0;
        at += 4 + size;
    }
    return at <= HG_SSH_MOST_LIST_BYTES ? at : 0;
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

int hg_ssh_resists_quantum(hg_span name)
{
#define HAS(part) || hg_text_find(name, (part)) != NULL
    return 0 HG_POST_QUANTUM_SSH(HAS);
}

int hg_ssh_all_have(hg_span list, const char *part)
{
    uint32_t count = 0;
    for (hg_span name; hg_span_next(&list, &name);) {
        if (hg_text_find(name, "ext-info-") != NULL || hg_text_find(name, "kex-strict-") != NULL)
            continue;
        if (hg_text_find(name, part) == NULL)
            return 0;
        count++;
    }
    return count > 0;
}

int hg_ssh_is_weak(hg_span lists)
{
#define ONLY(LIST, part)                                                    \
    || (hg_ssh_all_have(hg_ssh_list_of(lists, HG_SSH_##LIST, 0), (part)) && \
        hg_ssh_all_have(hg_ssh_list_of(lists, HG_SSH_##LIST, 1), (part)))
    return 0 HG_WEAK_SSH_OFFERS(ONLY);
}

int hg_ssh_offers_quantum(hg_span list)
{
    for (hg_span name; hg_span_next(&list, &name);)
        if (hg_ssh_resists_quantum(name))
            return 1;
    return 0;
}

/* ---- the chosen key exchange ------------------------------------------------------------------------------------ */

enum { MOST_COMPARED = 64 /* key exchanges of a server */ };

static uint32_t hash_name(hg_span name)
{
    const uint32_t hash = hg_hash_fold(hg_hash_span(0, name));
    return hash == 0 ? 1 : hash;
}

void hg_ssh_remember(hg_ssh_offer *offer, hg_span list)
{
    uint32_t count = 0;
    *offer = (hg_ssh_offer){0};
    for (hg_span name; count < HG_SSH_MOST_OFFERED && hg_span_next(&list, &name);)
        offer->hashes[count++] = hash_name(name);
}

hg_span hg_ssh_choose(const hg_ssh_offer *offer, hg_span list)
{
    hg_span names[MOST_COMPARED];
    uint32_t hashes[MOST_COMPARED], count = 0;
    for (; count < MOST_COMPARED && hg_span_next(&list, names + count); count++)
        hashes[count] = hash_name(names[count]);
    for (uint32_t i = 0; i < HG_SSH_MOST_OFFERED && offer->hashes[i] != 0; i++)
        for (uint32_t j = 0; j < count; j++)
            if (hashes[j] == offer->hashes[i])
                return names[j].length > HG_MOST_SSH_NAME ? (hg_span){0} : names[j];
    return (hg_span){0};
}

/* ---- records ------------------------------------------------------------------------------------------ */

static int is_name_in(const hg_batch *batch, uint32_t offset, uint32_t length)
{
    return hg_has_text(batch, offset, length, HG_MOST_SSH_NAME) && hg_ssh_are_names(batch->texts + offset, length);
}

hg_status hg_check_ssh(const hg_batch *batch, const hg_row *row, hg_error *error)
{
    const hg_ssh_columns *c = &batch->columns.ssh;
    const uint32_t at = row->at, length = c->kexinit_length[at];
    if (!HG_HAS_TEXT(batch, at, ssh.banner, HG_MOST_BANNER) || !HG_HAS_TEXT(batch, at, ssh.kexinit, UINT32_MAX) ||
        !is_name_in(batch, c->key_exchange_offset[at], c->key_exchange_length[at]) ||
        !is_name_in(batch, c->host_key_type_offset[at], c->host_key_type_length[at]))
        return hg_fail(error, HG_E_ARGUMENT, "row %u has texts too long or outside the batch", row->index);
    if ((length > 0 && hg_ssh_lists_length(batch->texts + c->kexinit_offset[at], length) != length) ||
        c->post_quantum_kex[at] >= HG_SSH_QUANTUMS)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has an invalid key exchange", row->index);
    return HG_OK;
}

size_t hg_ssh_bound(hg_row row)
{
    return 2 *
           (size_t)row.columns->ssh.kexinit_length[row.at]; /* with quotes, names of one character double in length */
}

hg_span hg_ssh_software(hg_span banner)
{
    const uint32_t start = (uint32_t)sizeof "SSH-" - 1;
    const char *end = banner.length < start ? NULL : memchr(banner.text + start, '-', banner.length - start);
    if (end == NULL)
        return (hg_span){0};
    return hg_span_of(end + 1, banner.length - (uint32_t)(end + 1 - banner.text));
}

int hg_ssh_is_of_other_end(hg_span exchanges, int from_server)
{
    for (hg_span name; hg_span_next(&exchanges, &name);)
        if (hg_span_is(name, from_server ? "ext-info-c" : "ext-info-s") ||
            hg_span_is(name, from_server ? "kex-strict-c-v00@openssh.com" : "kex-strict-s-v00@openssh.com"))
            return 1;
    return 0;
}

char *hg_put_hassh(char *p, hg_row row)
{
    return hg_put_hex(p, row.columns->ssh.hassh[row.at], HG_HASSH_LENGTH);
}

char *hg_put_host_key(char *p, hg_row row)
{
    p = hg_put_base64(HG_AFTER(p, "SHA256:"), row.columns->ssh.host_key[row.at], HG_SSH_KEY_LENGTH);
    return p - 1; /* without its one padding character */
}

char *hg_put_ssh_list(char *p, hg_row row, hg_ssh_list which, char quote)
{
    const int from_server = row.columns->event[row.index] == HG_EVENT_SSH_SERVER;
    hg_span list = hg_ssh_list_of(HG_TEXT_OF(row, ssh, kexinit), which, from_server);
    char *const first = p;
    for (hg_span name; hg_span_next(&list, &name);)
        p = hg_put_item(p, first, name, ',', quote);
    return p;
}
