/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - the values of an SSH event: the lists of its key exchange, and what is shown of them in records.
 */
#pragma once

#include "base/digest.h"
#include "base/span.h"
#include "base/value.h"

/* ---- the lists with which an end begins the key exchange (RFC 4253, 7.1) ---------------------------- */

/* Lists in the order of the message: two of the key exchange, then pairs of the directions, the client's first. */
typedef enum hg_ssh_list {
    HG_SSH_KEX = 0,
    HG_SSH_HOST_KEYS = 1,
    HG_SSH_CIPHERS = 2,
    HG_SSH_MACS = 4,
    HG_SSH_COMPRESSIONS = 6,
    HG_SSH_LISTS = 10
} hg_ssh_list;

/* Bytes of all lists together, with their lengths; and of a name that is reported as text. */
enum { HG_SSH_MOST_LISTS = 8192, HG_MOST_SSH_NAME = 64 };

/* Whether names, with commas between them or not, are of printable US-ASCII without blanks (RFC 4251, 6), and of what needs
 * no escape in any format. */
int hg_ssh_is_name(const uint8_t *data, uint32_t length);
/* The length of the lists of a message that begin at `data`; what follows them does not count. 0: they are cut or too long, or a name
 * has a character that RFC 4251 forbids, a quote or a backslash. */
uint32_t hg_ssh_lists_length(const uint8_t *data, uint32_t length);
/* A list of those; empty where it is not whole. `from_server`: of a pair, what the server sends. */
hg_span hg_ssh_list_of(hg_span lists, hg_ssh_list which, int from_server);
/* The name at `*at` of a list, which moves past it; length 0: none. */
hg_span hg_ssh_next_name(hg_span list, uint32_t *at);
/* HASSH, or hasshServer (https://github.com/salesforce/hassh). */
void hg_ssh_hassh(hg_span lists, int from_server, uint8_t digest[HG_MD5_BYTES]);
/* Whether a key exchange resists quantum computers, by its name: ML-KEM, Kyber and NTRU Prime, beside a group. */
int hg_ssh_resists_quantum(hg_span name);
/* Whether all names of a list have this part, and there is one; names that announce extensions do not count. */
int hg_ssh_all_have(hg_span list, const char *part);
int hg_ssh_offers_quantum(hg_span list);

/* The key exchanges of a client. */
enum { HG_SSH_MOST_OFFERED = 24 };
typedef struct hg_ssh_offer {
    uint32_t hashes[HG_SSH_MOST_OFFERED]; /* of their names, in its order; then zeros */
} hg_ssh_offer;

void hg_ssh_remember(hg_ssh_offer *offer, hg_span list);
/* The first one of the client that the server has, too (RFC 4253, 7.1): each one takes any host key that signs, as all in
 * use do. Length 0: unknown. */
hg_span hg_ssh_choose(const hg_ssh_offer *offer, hg_span list);

/* ---- values in records -------------------------------------------------------------------------------- */

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
