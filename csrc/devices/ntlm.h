/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * ntlm.h - the sender's names and version in NTLM messages ([MS-NLMP]).
 */
#pragma once

#include "devices/announcing.h"

typedef enum hg_ntlm_message {
    HG_NTLM_NONE = 0,
    HG_NTLM_NEGOTIATE = 1,
    HG_NTLM_CHALLENGE = 2, /* of the server */
    HG_NTLM_AUTHENTICATE = 3
} hg_ntlm_message;

/* The first message in a security token: the version of its sender's system, and its name. Names of users and domains
 * are not read. */
hg_ntlm_message hg_say_ntlm(hg_announcing *to, const uint8_t *token, uint32_t length);
