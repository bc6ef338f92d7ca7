/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "huginn.h"

uint32_t hg_abi(void)
{
    return HG_ABI;
}

const char *hg_version(void)
{
    return HG_VERSION;
}
