/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * reader.h - the TLS reader: ClientHellos and ServerHellos.
 */
#ifndef HG_TLS_READER_H
#define HG_TLS_READER_H

#include "flow/reader.h"

extern const hg_reader hg_tls_reader;

#endif
