/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * smb.h - session setups of SMB, versions 1 to 3, over TCP ([MS-SMB], [MS-SMB2]).
 */
#pragma once

#include "flow/reader.h"

extern const hg_reader hg_smb_reader;
