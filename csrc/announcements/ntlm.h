/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ntlm.h - NTLM messages, with the sender's name and version ([MS-NLMP]).
 */
#pragma once

#include "announcements/announcing.h"

typedef enum hg_ntlm_message {
    HG_NTLM_NONE = 0,
    HG_NTLM_NEGOTIATE = 1,
    HG_NTLM_CHALLENGE = 2, /* sent by the server */
    HG_NTLM_AUTHENTICATE = 3
} hg_ntlm_message;

/* Announces the version and name of the sender's system from the first NTLM message in a security token. Names of users
 * and domains are not read. `is_directory`: the server is a directory's. */
hg_ntlm_message hg_announce_ntlm(hg_announcing *to, const uint8_t *token, uint32_t length, int is_directory);
/* Announces from a token in base64 (RFC 4648), as HTTP and mail have it, in an event HG_EVENT_SMB. 0: nothing. */
int hg_report_ntlm(const hg_flow_memory *memory, int from_server, hg_span text, const hg_reader_output *to);
