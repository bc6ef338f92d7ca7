/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * fields.h - the values of an SSH event: the lists of its key exchange, and how values are written into records.
 */
#pragma once

#include "base/digest.h"
#include "base/span.h"
#include "base/value.h"

/* ---- the lists of algorithms in a KEXINIT message (RFC 4253, 7.1) --------------------------------------- */

/* The lists in their order: two for the key exchange, then pairs with one list for each direction, the client's
 * first. */
typedef enum hg_ssh_list {
    HG_SSH_KEX = 0,
    HG_SSH_HOST_KEYS = 1,
    HG_SSH_CIPHERS = 2,
    HG_SSH_MACS = 4,
    HG_SSH_COMPRESSIONS = 6,
    HG_SSH_LISTS = 10
} hg_ssh_list;

/* Limits in bytes: all lists with their lengths; a name that is reported as text. */
enum { HG_SSH_MOST_LIST_BYTES = 8192, HG_MOST_SSH_NAME = 64 };

/* 1 if the bytes can be a name, or names separated by commas: printable US-ASCII (RFC 4251, 6) without blanks, quotes
 * and backslashes, so that no format has to escape them. */
int hg_ssh_are_names(const uint8_t *data, uint32_t length);
/* The length of the lists that begin at `data`, without the bytes after them. 0: they are cut, too long or not names
 * (hg_ssh_are_names). */
uint32_t hg_ssh_lists_length(const uint8_t *data, uint32_t length);
/* One of the lists; empty if it is incomplete. Of a pair, `from_server` selects the server's direction. */
hg_span hg_ssh_list_of(hg_span lists, hg_ssh_list which, int from_server);
/* Computes HASSH, or hasshServer if `from_server` (https://github.com/salesforce/hassh). */
void hg_ssh_hassh(hg_span lists, int from_server, uint8_t digest[HG_MD5_BYTES]);
/* Whether the name of a key exchange contains "mlkem", "kyber" or "sntrup", so that it resists quantum computers. */
int hg_ssh_resists_quantum(hg_span name);
/* Whether the list is not empty and all its names contain `part`. Names that announce extensions are ignored. */
int hg_ssh_all_have(hg_span list, const char *part);
/* Whether a key exchange in the list resists quantum computers. */
int hg_ssh_offers_quantum(hg_span list);

/* The key exchanges that a client offers. */
enum { HG_SSH_MOST_OFFERED = 24 };
typedef struct hg_ssh_offer {
    uint32_t hashes[HG_SSH_MOST_OFFERED]; /* of the names, in their order; then zeros */
} hg_ssh_offer;

/* Stores the key exchanges of the client's list. */
void hg_ssh_remember(hg_ssh_offer *offer, hg_span list);
/* The client's first key exchange that the server's list also has (RFC 4253, 7.1); length 0: unknown. Host keys can be
 * ignored: every key exchange works with one that can sign, as all host keys in use can. */
hg_span hg_ssh_choose(const hg_ssh_offer *offer, hg_span list);

/* ---- values in records -------------------------------------------------------------------------------- */

enum { HG_MOST_BANNER = 255 };

/* HG_E_ARGUMENT: texts of the row are outside the batch or invalid. */
hg_status hg_check_ssh(const hg_batch *batch, const hg_row *row, hg_error *error);
/* The most bytes that the row's values take in a record, beyond HG_RENDER_FIXED. */
size_t hg_ssh_bound(hg_row row);

/* The software and comments in an identification, after "SSH-2.0-"; empty if it is malformed. */
hg_span hg_ssh_software(hg_span banner);
static inline int hg_ssh_has_kexinit(hg_row row)
{
    return row.columns->ssh.kexinit_length[row.at] != 0;
}
static inline int hg_ssh_has_host_key(hg_row row)
{
    return row.columns->ssh.host_key_type_length[row.at] != 0;
}
/* Writes the digest in hexadecimal. */
char *hg_put_hassh(char *p, hg_row row);
/* Writes "SHA256:" and base64 without padding, as ssh-keygen does. */
char *hg_put_host_key(char *p, hg_row row);
/* Writes the names of a list, separated by commas and each enclosed in `quote` (0: without quotes). */
char *hg_put_ssh_list(char *p, hg_row row, hg_ssh_list which, char quote);
