/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "ssh/fields.h"

#include "base/value.h"
#include "base/error.h"

static int is_name_in(const hg_batch *batch, uint32_t offset, uint32_t length)
{
    return hg_has_text(batch, offset, length, HG_MOST_SSH_NAME) && hg_ssh_is_name(batch->texts + offset, length);
}

hg_status hg_check_ssh(const hg_batch *batch, const hg_row *row, hg_error *error)
{
    const hg_ssh_columns *c = &batch->columns.ssh;
    const uint32_t at = row->at, length = c->kexinit_length[at];
    if (!HG_HAS_TEXT(batch, c, banner, at, HG_MOST_BANNER) || !HG_HAS_TEXT(batch, c, kexinit, at, UINT32_MAX) ||
        !is_name_in(batch, c->key_exchange_offset[at], c->key_exchange_length[at]) ||
        !is_name_in(batch, c->host_key_type_offset[at], c->host_key_type_length[at]))
        return hg_fail(error, HG_E_ARGUMENT, "row %u refers to texts that there are not", row->index);
    if ((length > 0 && hg_ssh_lists_length(batch->texts + c->kexinit_offset[at], length) != length) ||
        c->post_quantum_kex[at] >= HG_SSH_QUANTUMS)
        return hg_fail(error, HG_E_ARGUMENT, "row %u has something else in place of a key exchange", row->index);
    return HG_OK;
}

size_t hg_ssh_bound(hg_row row)
{
    return 2 * (size_t)row.columns->ssh.kexinit_length[row.at]; /* quotes and commas around names of one character */
}

hg_span hg_ssh_software(hg_span banner)
{
    const uint32_t start = (uint32_t)sizeof "SSH-" - 1;
    const char *end = banner.length < start ? NULL : memchr(banner.text + start, '-', banner.length - start);
    if (end == NULL)
        return (hg_span){0};
    return hg_span_of(end + 1, banner.length - (uint32_t)(end + 1 - banner.text));
}

char *hg_put_hassh(char *p, hg_row row)
{
    return hg_put_hex(p, row.columns->ssh.hassh[row.at], HG_HASSH_LENGTH);
}

char *hg_put_host_key(char *p, hg_row row)
{
    p = hg_put_base64(HG_AFTER(p, "SHA256:"), row.columns->ssh.host_key[row.at], HG_SSH_KEY_LENGTH);
    return p - 1; /* its one character of padding */
}

char *hg_put_ssh_list(char *p, hg_row row, hg_ssh_list which, char quote)
{
    const int from_server = row.columns->event[row.index] == HG_EVENT_SSH_SERVER;
    const hg_span list = hg_ssh_list_of(HG_TEXT_OF(row, ssh, kexinit), which, from_server);
    uint32_t at = 0;
    char *const first = p;
    for (hg_span name = hg_ssh_next_name(list, &at); name.length > 0; name = hg_ssh_next_name(list, &at))
        p = hg_put_item(p, first, name, ',', quote);
    return p;
}
