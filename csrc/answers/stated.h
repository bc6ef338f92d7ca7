#ifndef HG_STATED_H
#define HG_STATED_H
#include "huginn.h"
typedef enum hg_statement { HG_STATED_USER_AGENT, HG_STATED_CLIENT_HINT, HG_STATED_SERVER } hg_statement;
int hg_stated_versions(hg_statement source, uint64_t family, const uint8_t *text, uint32_t length, uint64_t range[2]);
#endif
