/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * openvpn.c - control packets of OpenVPN (its protocol is described in doxygen/doc_protocol_overview.h of its source).
 *
 *     operation and key, session (8) │ with tls-auth: HMAC, number (4), time (4) │ acknowledgments: count, numbers (4
 *     each), session (8) unless the count is 0 │ number (4) │ bytes of TLS */
#include "tls/openvpn.h"

#include "tls/hello.h"

/* Whether a record of handshake messages with the beginning of a hello is at `at`. */
static int is_hello(const uint8_t *at, uint32_t length)
{
    enum { HANDSHAKE = 22, MAJOR = 3, MOST_MINOR = 4, LENGTH_AT = 3, TYPE_AT = 5, LEAST = 9 };
    if (length < LEAST || at[0] != HANDSHAKE || at[1] != MAJOR || at[2] > MOST_MINOR)
        return 0;
    const uint32_t message = hg_be24(at + TYPE_AT + 1);
    return (at[TYPE_AT] == HG_TLS_CLIENT_HELLO || at[TYPE_AT] == HG_TLS_SERVER_HELLO) &&
           message + HG_TLS_MESSAGE_HEADER <= HG_MOST_HELLO && hg_be16(at + LENGTH_AT) >= HG_TLS_MESSAGE_HEADER;
}

enum { SESSION = 8, FIXED = 1 + SESSION };

/* Only the ends know the length of the HMAC, so the content shows where it begins. These lengths include number and
 * time. */
static const uint8_t PROOFS[] = {0, 16 + 8, 20 + 8, 32 + 8, 48 + 8, 64 + 8};
enum { PROOF_LENGTHS = sizeof PROOFS };

/* The offset of the content of a control packet with this proof; 0: none. */
static uint32_t content_of(const uint8_t *data, uint32_t length, uint32_t proof)
{
    enum { NUMBER = 4, MOST_ACKNOWLEDGED = 8 };
    uint32_t at = FIXED + proof;
    if (length <= at || data[0] >> HG_OPENVPN_OPERATION_SHIFT != HG_OPENVPN_CONTROL)
        return 0;
    const uint32_t count = data[at];
    at += 1 + count * NUMBER + (count != 0 ? (uint32_t)SESSION : 0) + NUMBER;
    return count <= MOST_ACKNOWLEDGED && at < length ? at : 0;
}

uint32_t hg_openvpn_record(const uint8_t *data, uint32_t length)
{
    for (uint32_t i = 0; i < PROOF_LENGTHS; i++) {
        const uint32_t at = content_of(data, length, PROOFS[i]);
        if (at != 0 && is_hello(data + at, length - at))
            return at;
    }
    return 0;
}

uint32_t hg_openvpn_piece(const uint8_t *data, uint32_t length, uint32_t first)
{
    for (uint32_t i = 0; i < PROOF_LENGTHS; i++) {
        const uint32_t at = content_of(data, length, PROOFS[i]);
        if (at != 0 && hg_openvpn_number(data + at) - first - 1 < HG_OPENVPN_MOST_PIECES)
            return at;
    }
    return 0;
}
