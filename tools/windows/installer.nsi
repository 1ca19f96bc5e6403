; SPDX-License-Identifier: Apache-2.0
; The installer for one user, who needs no administrator. `building.py` gives it:
;   VERSION  FILES (all of the built program)  TARGET (the installer)  ICON  KILOBYTES
;   QUICK (optional: packed less tightly)  REMOVALS (a file: what the uninstaller deletes, each by its name)  SIGN (optional: a command)
; `/S` asks nothing. Exit codes: 0 done, 1 given up by the user, 2 the program is open.
; Registers lie elsewhere and are never touched.

Target amd64-unicode
Unicode true
ManifestDPIAware true
ManifestSupportedOS Win10
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 32 ; MB: both programs hold the same code, which is seen once
!endif
SetDateSave off ; the same content makes the same installer
RequestExecutionLevel user

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "Win\COM.nsh"
!include "Win\Propkey.nsh"

!define NAME "IMP+ Desktop"
!define PROGRAM "imp-plus-desktop.exe"
!define KIND "ImpPlus.Register"
!define IDENTITY "ImpPlus.Desktop" ; as `ui/shell/identity.py` tells Windows
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\ImpPlusDesktop"
!define CLASSES "Software\Classes"
!define LINK "$SMPROGRAMS\${NAME}.lnk"

Name "${NAME}"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "Software\${NAME}" "Folder"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "${NAME}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${NAME}"
VIAddVersionKey /LANG=0 "LegalCopyright" "Apache-2.0"

!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "French" ; also for those whose language is neither
!insertmacro MUI_LANGUAGE "English"

LangString OPEN ${LANG_FRENCH} "${NAME} est ouvert. Fermez-le, puis réessayez."
LangString OPEN ${LANG_ENGLISH} "${NAME} is open. Close it, then try again."
LangString NOT_REMOVED ${LANG_FRENCH} "La version précédente n’a pas pu être retirée. Redémarrez l’ordinateur, puis réessayez."
LangString NOT_REMOVED ${LANG_ENGLISH} "The earlier version could not be removed. Restart the computer, then try again."
LangString REGISTER ${LANG_FRENCH} "Registre IMP+"
LangString REGISTER ${LANG_ENGLISH} "IMP+ register"
LangString COMMENT ${LANG_FRENCH} "Le registre IMP+ du bureau"
LangString COMMENT ${LANG_ENGLISH} "The office’s IMP+ register"

; A program that runs cannot be opened for writing.
!macro RefuseWhileOpen un
Function ${un}RefuseWhileOpen
again:
  IfFileExists "$INSTDIR\${PROGRAM}" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\${PROGRAM}" a
  IfErrors open
  FileClose $0
  IfFileExists "$INSTDIR\imp-plus.exe" 0 closed
  FileOpen $0 "$INSTDIR\imp-plus.exe" a
  IfErrors open
  FileClose $0
  Goto closed
open:
  IfSilent 0 ask
  SetErrorLevel 2
  Quit
ask:
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(OPEN)" IDRETRY again
  SetErrorLevel 1
  Quit
closed:
FunctionEnd
!macroend
!insertmacro RefuseWhileOpen ""
!insertmacro RefuseWhileOpen "un."

; The window that runs and the link in the menu are one thing to the task bar.
!macro TellIdentity
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${If} $1 P<> 0
      ${IPersistFile::Load} $1 '("${LINK}", ${STGM_READWRITE})'
      ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
      ${If} $2 P<> 0
        System::Call 'Oleaut32::SysAllocString(w "${IDENTITY}")p.r3'
        System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r4'
        System::Call '*(&i2 ${VT_BSTR},&i6,p r3,p)p.r5'
        ${IPropertyStore::SetValue} $2 '($4,$5)'
        System::Call 'Oleaut32::SysFreeString(pr3)'
        System::Free $4
        System::Free $5
        ${IPropertyStore::Commit} $2 ""
        ${IUnknown::Release} $2 ""
        ${IPersistFile::Save} $1 '("${LINK}",1)'
      ${EndIf}
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
!macroend

Section
  Call RefuseWhileOpen
  ; What an earlier version had goes by its own list; what was put beside it stays.
  IfFileExists "$INSTDIR\uninstall.exe" 0 fresh
  InitPluginsDir
  CopyFiles /SILENT "$INSTDIR\uninstall.exe" "$PLUGINSDIR\before.exe"
  ExecWait '"$PLUGINSDIR\before.exe" /S /UPGRADE _?=$INSTDIR' $0
  IntCmp $0 0 fresh
  MessageBox MB_ICONEXCLAMATION "$(NOT_REMOVED)" /SD IDOK
  SetErrorLevel 2
  Quit
fresh:
  SetOutPath "$INSTDIR"
  File /r "${FILES}"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "${LINK}" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}" 0 SW_SHOWNORMAL "" "$(COMMENT)"
  !insertmacro TellIdentity

  WriteRegStr HKCU "Software\${NAME}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${CLASSES}\.imp" "" "${KIND}"
  WriteRegStr HKCU "${CLASSES}\.imp\OpenWithProgids" "${KIND}" ""
  WriteRegStr HKCU "${CLASSES}\${KIND}" "" "$(REGISTER)"
  WriteRegStr HKCU "${CLASSES}\${KIND}" "AppUserModelID" "${IDENTITY}"
  WriteRegStr HKCU "${CLASSES}\${KIND}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${CLASSES}\${KIND}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
  Call un.RefuseWhileOpen
  !include "${REMOVALS}"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/UPGRADE" $1
  IfErrors whole
  Return
whole:
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only when nobody put anything there
  Delete "${LINK}"
  ReadRegStr $0 HKCU "${CLASSES}\.imp" ""
  StrCmp $0 "${KIND}" 0 +2
  DeleteRegValue HKCU "${CLASSES}\.imp" ""
  DeleteRegValue HKCU "${CLASSES}\.imp\OpenWithProgids" "${KIND}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.imp\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.imp"
  DeleteRegKey HKCU "${CLASSES}\${KIND}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\${NAME}"
  ${RefreshShellIcons}
SectionEnd
