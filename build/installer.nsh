; "Share with Enxame" where a file or a folder is clicked with the right button. Nothing is opened with Enxame by default.
; After "--" a name that begins with a hyphen is still a name.

!macro customInstall
  StrCpy $0 "Share with Enxame"
  ${If} $LANGUAGE == 1046
    StrCpy $0 "Compartilhar com o Enxame"
  ${EndIf}
  WriteRegStr SHELL_CONTEXT "Software\Classes\*\shell\Enxame" "" "$0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\*\shell\Enxame" "Icon" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\*\shell\Enxame\command" "" '"$appExe" -- "%1"'
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\Enxame" "" "$0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\Enxame" "Icon" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\Enxame\command" "" '"$appExe" -- "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\*\shell\Enxame"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Directory\shell\Enxame"
!macroend
