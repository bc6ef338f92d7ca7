/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - the values of an SSH event in records.
 */
#pragma once

#include "base/value.h"
#include "ssh/kexinit.h"

enum { HG_MOST_BANNER = 255 };

/* HG_E_ARGUMENT: texts of this reader's row lie outside the texts of the batch, or are invalid. */
hg_status hg_check_ssh(const hg_batch *batch, const hg_row *row, hg_error *error);
/* Bytes that its values take in a record at most, beyond HG_RENDER_FIXED. */
size_t hg_ssh_bound(hg_row row);

/* Software and comments of the identification, after "SSH-2.0-"; empty where it is malformed. */
hg_span hg_ssh_software(hg_span banner);
static inline int hg_ssh_has_kexinit(hg_row row)
{
    return row.columns->ssh.kexinit_length[row.at] != 0;
}
static inline int hg_ssh_has_host_key(hg_row row)
{
    return row.columns->ssh.host_key_type_length[row.at] != 0;
}
char *hg_put_hassh(char *p, hg_row row);
/* "SHA256:" and base64 without padding, as ssh-keygen shows it. */
char *hg_put_host_key(char *p, hg_row row);
/* The names of a list, with commas between them and `quote` (0: none) around each. */
char *hg_put_ssh_list(char *p, hg_row row, hg_ssh_list which, char quote);
