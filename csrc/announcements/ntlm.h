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
 * and domains are not read. */
hg_ntlm_message hg_announce_ntlm(hg_announcing *to, const uint8_t *token, uint32_t length);
