/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers as libraries in Rust ask Windows for them. Help for Wine alone, never shipped. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length)
{
    return SystemFunction036(buffer, (ULONG)length);
}
