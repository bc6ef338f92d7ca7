/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - the values of an SSH event: the lists of its key exchange, and their form in records.
 */
#pragma once

#include "base/digest.h"
#include "base/span.h"
#include "base/value.h"

/* ---- the lists with which each end begins the key exchange (RFC 4253, 7.1) ---------------------------- */

/* The lists in the order of the message: two for the key exchange, then pairs with one list per direction, the client's
 * first. */
typedef enum hg_ssh_list {
    HG_SSH_KEX = 0,
    HG_SSH_HOST_KEYS = 1,
    HG_SSH_CIPHERS = 2,
    HG_SSH_MACS = 4,
    HG_SSH_COMPRESSIONS = 6,
    HG_SSH_LISTS = 10
} hg_ssh_list;

/* Bytes of all lists together, including their lengths; bytes of a name that is reported as text. */
enum { HG_SSH_MOST_LISTS = 8192, HG_MOST_SSH_NAME = 64 };

/* Whether names, alone or separated by commas, are of printable US-ASCII without blanks (RFC 4251, 6), and without
 * characters that need an escape in any format. */
int hg_ssh_is_name(const uint8_t *data, uint32_t length);
/* The length of the lists that begin at `data`, without the bytes after them. 0: they are cut or too long, or a name
 * has a character that RFC 4251 forbids, a quote or a backslash. */
uint32_t hg_ssh_lists_length(const uint8_t *data, uint32_t length);
/* One of the lists; empty if it is incomplete. `from_server` selects the server's direction of a pair. */
hg_span hg_ssh_list_of(hg_span lists, hg_ssh_list which, int from_server);
/* The name at `*at` in a list; `*at` moves past it. Length 0: none. */
hg_span hg_ssh_next_name(hg_span list, uint32_t *at);
/* HASSH or hasshServer (https://github.com/salesforce/hassh). */
void hg_ssh_hassh(hg_span lists, int from_server, uint8_t digest[HG_MD5_BYTES]);
/* Whether the name is that of a key exchange that resists quantum computers: ML-KEM, Kyber or NTRU Prime, combined with
 * a group. */
int hg_ssh_resists_quantum(hg_span name);
/* Whether the list is not empty and all its names contain `part`. Names that announce extensions are ignored. */
int hg_ssh_all_have(hg_span list, const char *part);
int hg_ssh_offers_quantum(hg_span list);

/* The key exchanges that a client offers. */
enum { HG_SSH_MOST_OFFERED = 24 };
typedef struct hg_ssh_offer {
    uint32_t hashes[HG_SSH_MOST_OFFERED]; /* of the names in their order; then zeros */
} hg_ssh_offer;

void hg_ssh_remember(hg_ssh_offer *offer, hg_span list);
/* The client's first key exchange that the server also offers (RFC 4253, 7.1). Host keys can be ignored, because every
 * key exchange works with any host key that signs, as all host keys in use do. Length 0: unknown. */
hg_span hg_ssh_choose(const hg_ssh_offer *offer, hg_span list);

/* ---- values in records -------------------------------------------------------------------------------- */

enum { HG_MOST_BANNER = 255 };

/* HG_E_ARGUMENT: texts of the row lie outside the texts of the batch, or are invalid. */
hg_status hg_check_ssh(const hg_batch *batch, const hg_row *row, hg_error *error);
/* The most bytes that its values take in a record, beyond HG_RENDER_FIXED. */
size_t hg_ssh_bound(hg_row row);

/* Software and comments of the identification, after "SSH-2.0-"; empty if it is malformed. */
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
/* "SHA256:" and base64 without padding, as in ssh-keygen. */
char *hg_put_host_key(char *p, hg_row row);
/* The names of a list, with commas between them, each enclosed in `quote` (0: not enclosed). */
char *hg_put_ssh_list(char *p, hg_row row, hg_ssh_list which, char quote);
