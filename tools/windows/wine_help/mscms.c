/* SPDX-License-Identifier: Apache-2.0 */
/* Colour profiles that Qt looks for: there are none. Help for Wine alone, never shipped. */
#include <windows.h>
#define NONE __declspec(dllexport)

NONE HANDLE WINAPI OpenColorProfileW(void *profile, DWORD access, DWORD share, DWORD mode)
{
    return NULL;
}

NONE BOOL WINAPI CloseColorProfile(HANDLE profile)
{
    return TRUE;
}

NONE HANDLE WINAPI WcsOpenColorProfileW(void *device, void *camp, void *gmmp, DWORD access,
                                        DWORD share, DWORD mode, DWORD flags)
{
    return NULL;
}

NONE HANDLE WINAPI WcsCreateIccProfile(HANDLE profile, DWORD options)
{
    return NULL;
}

NONE BOOL WINAPI GetColorProfileFromHandle(HANDLE profile, BYTE *bytes, DWORD *length)
{
    return FALSE;
}

NONE BOOL WINAPI GetColorDirectoryW(LPCWSTR machine, LPWSTR folder, DWORD *length)
{
    return FALSE;
}

NONE BOOL WINAPI GetStandardColorSpaceProfileW(LPCWSTR machine, DWORD space, LPWSTR name,
                                               DWORD *length)
{
    return FALSE;
}
