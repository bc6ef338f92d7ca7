/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - reads the lists in an SSH key exchange, and writes the values of SSH events into records.
 */
#pragma once

#include "base/digest.h"
#include "base/value.h"

/* ---- the lists of algorithms in a KEXINIT message (RFC 4253, 7.1) --------------------------------------- */

/* The lists in the message's order. After the first two they come in pairs: one list for data from the client, one for
 * data from the server. */
typedef enum hg_ssh_list {
    HG_SSH_KEX = 0,
    HG_SSH_HOST_KEYS = 1,
    HG_SSH_CIPHERS = 2,
    HG_SSH_MACS = 4,
    HG_SSH_COMPRESSIONS = 6,
    HG_SSH_LISTS = 10 /* number of lists */
} hg_ssh_list;

/* Limits in bytes: for all lists with their length fields, and for a name that is reported as text. */
enum { HG_SSH_MOST_LIST_BYTES = 8192, HG_MOST_SSH_NAME = 64 };

/* 1 if the bytes can be a name, or names separated by commas: printable US-ASCII (RFC 4251, 6) without blanks, double
 * quotes and backslashes, so that no format has to escape them. */
int hg_ssh_are_names(const uint8_t *data, uint32_t length);
/* The length of the lists that begin at `data`, without the bytes after them. 0: they are cut or too long, or contain
 * bytes that hg_ssh_are_names rejects. */
uint32_t hg_ssh_lists_length(const uint8_t *data, uint32_t length);
/* One of the lists; empty if it is incomplete. Of a pair, `from_server` 1 selects the list for the server's data. */
hg_span hg_ssh_list_of(hg_span lists, hg_ssh_list which, int from_server);
/* Computes HASSH, or hasshServer if `from_server` (https://github.com/salesforce/hassh). */
void hg_ssh_hassh(hg_span lists, int from_server, uint8_t digest[HG_MD5_BYTES]);
/* Whether a key exchange resists quantum computers, by sigcompiler/claims/crypto.csv. */
int hg_ssh_resists_quantum(hg_span name);
/* Whether a server with these lists offers only weak algorithms for one purpose, by the same rules. */
int hg_ssh_is_weak(hg_span lists);
/* Whether all names in the list contain `part`, not counting names that announce extensions. 0 if there are no other
 * names. */
int hg_ssh_all_have(hg_span list, const char *part);
/* Whether a key exchange in the list resists quantum computers. */
int hg_ssh_offers_quantum(hg_span list);

/* The first key exchanges that a client offers. */
enum { HG_SSH_MOST_OFFERED = 24 };
typedef struct hg_ssh_offer {
    uint32_t hashes[HG_SSH_MOST_OFFERED]; /* of their names, in the client's order; then zeros */
} hg_ssh_offer;

/* Stores the first key exchanges in the client's list. */
void hg_ssh_remember(hg_ssh_offer *offer, hg_span list);
/* The client's first key exchange that the server's list also has (RFC 4253, 7.1); length 0: unknown. The types of
 * host keys need no check: every key exchange accepts a type that can sign, and all types in use can. */
hg_span hg_ssh_choose(const hg_ssh_offer *offer, hg_span list);

/* ---- values in records -------------------------------------------------------------------------------- */

enum { HG_MOST_BANNER = 255 };

/* HG_E_ARGUMENT: texts of the row are outside the batch or invalid. */
hg_status hg_check_ssh(const hg_batch *batch, const hg_row *row, hg_error *error);
/* The most bytes that the row's values take in a record, beyond HG_RENDER_FIXED. */
size_t hg_ssh_bound(hg_row row);

/* The software and comments in an identification, after "SSH-2.0-" or another version; empty if it is malformed. */
hg_span hg_ssh_software(hg_span banner);
/* Whether a list of key exchanges has a name that only the other end sends (RFC 8308, 2.1; OpenSSH's PROTOCOL,
 * 1.10). */
int hg_ssh_is_of_other_end(hg_span exchanges, int from_server);
static inline int hg_ssh_has_kexinit(hg_row row)
{
    return row.columns->ssh.kexinit_length[row.at] != 0;
}
static inline int hg_ssh_has_host_key(hg_row row)
{
    return row.columns->ssh.host_key_type_length[row.at] != 0;
}
/* Writes the HASSH in hexadecimal. */
char *hg_put_hassh(char *p, hg_row row);
/* Writes the host key's digest as ssh-keygen does: "SHA256:", then base64 without padding. */
char *hg_put_host_key(char *p, hg_row row);
/* Writes the names of a list, separated by commas and each enclosed in `quote` (0: without quotes). */
char *hg_put_ssh_list(char *p, hg_row row, hg_ssh_list which, char quote);
