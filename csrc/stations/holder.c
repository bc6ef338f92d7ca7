/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "stations/holder.h"

#define WITH(sign) (1U << HG_SIGN_##sign)

static const hg_holder_rule RULES[] = {
    {WITH(NO_STATION), HG_HOLDER_STAYS, "no station is known for the frame"},
    {WITH(SAME), HG_HOLDER_STAYS, "the same station"},
    {WITH(EARLIER), HG_HOLDER_RETURNS, "its station returned within five minutes"},
    {WITH(NO_HOLDER), HG_HOLDER_STAYS, "no station is known for the host"},
    {WITH(LOOPBACK), HG_HOLDER_STAYS, "every machine has the address"},
    {WITH(FORWARDED), HG_HOLDER_STAYS, "a router forwarded the packet"},
    {WITH(VIRTUAL), HG_HOLDER_STAYS, "a virtual router"},
    {WITH(ROUTER), HG_HOLDER_STAYS, "a router"},
    {WITH(STATEMENT), HG_HOLDER_STAYS, "a statement is no use of the address"},
    {WITH(UNSETTLED), HG_HOLDER_IS_UNKNOWN, "the holder sent one frame, so each frame may have another MAC"},
    {0, HG_HOLDER_BEGINS, "another station sends from the address"},
};

const hg_holder_rule *hg_holder_judge(uint32_t signs)
{
    const hg_holder_rule *rule = RULES;
    while ((signs & rule->with) != rule->with)
        rule++;
    return rule;
}
