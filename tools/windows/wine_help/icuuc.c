/* SPDX-License-Identifier: Apache-2.0 */
/* Converters of old encodings that Qt's core is linked with and that the program never asks for:
   every one is refused as unknown. Help for Wine alone, never shipped. */
#include <windows.h>
#define NONE __declspec(dllexport)
#define UNKNOWN 16 /* U_UNSUPPORTED_ERROR */

static void refuse(int *error)
{
    if (error)
        *error = UNKNOWN;
}

NONE void *ucnv_open(const char *name, int *error)
{
    refuse(error);
    return NULL;
}

NONE const char *ucnv_getName(void *converter, int *error)
{
    refuse(error);
    return NULL;
}

NONE void ucnv_toUnicode(void *converter, void *to, void *to_end, void *from, void *from_end,
                         int *offsets, int flush, int *error)
{
    refuse(error);
}

NONE void ucnv_fromUnicode(void *converter, void *to, void *to_end, void *from, void *from_end,
                           int *offsets, int flush, int *error)
{
    refuse(error);
}

NONE void ucnv_close(void *converter) {}
NONE void ucnv_reset(void *converter) {}
NONE signed char ucnv_getMaxCharSize(void *converter) { return 4; }
NONE void ucnv_getToUCallBack(void *converter, void *action, void *context) {}
NONE void ucnv_getFromUCallBack(void *converter, void *action, void *context) {}
NONE void ucnv_setToUCallBack(void *c, void *a, void *b, void *o, void *p, int *error) {}
NONE void ucnv_setFromUCallBack(void *c, void *a, void *b, void *o, void *p, int *error) {}
NONE void ucnv_cbToUWriteUChars(void *a, void *s, int n, int o, int *error) {}
NONE void ucnv_cbFromUWriteUChars(void *a, void *s, void *n, int o, int *error) {}
NONE int ucnv_toUCountPending(void *converter, int *error) { return 0; }
NONE int ucnv_fromUCountPending(void *converter, int *error) { return 0; }
NONE const char *ucnv_getStandardName(const char *n, const char *s, int *error) { return NULL; }
NONE const char *ucnv_getAvailableName(int n) { return NULL; }
NONE int ucnv_countAvailable(void) { return 0; }
NONE void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
NONE void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
