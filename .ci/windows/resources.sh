#!/usr/bin/env bash
# resources.sh VERSION WINDRES: writes rsrc_windows_amd64.syso beside main.go, which go build links:
# icon, version and manifest (long paths, a scale for each monitor, UTF-8). It is not committed.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$1 windres=$2
# Windows takes four numbers; what else a version has is in its text.
IFS=. read -r major minor patch <<<"${version%%[-+]*}"
numbers=$((major)),$((minor)),$((${patch:-0})),0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
env -u GOOS -u GOARCH -u CC -u CXX -u CGO_CFLAGS -u CGO_LDFLAGS CGO_ENABLED=0 go run ./.ci/windows/icon >"$work/iceexplorer.ico"
cp .ci/windows/iceexplorer.manifest "$work"
# GLFW takes the window's icon from GLFW_ICON; Explorer takes the first of all.
cat >"$work/iceexplorer.rc" <<RC
#include <winuser.h>
1 RT_MANIFEST "iceexplorer.manifest"
GLFW_ICON ICON "iceexplorer.ico"
1 VERSIONINFO
FILEVERSION $numbers
PRODUCTVERSION $numbers
FILEOS 0x40004
FILETYPE 0x1
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "040904B0"
    BEGIN
      VALUE "FileDescription", "ICE Explorer"
      VALUE "FileVersion", "$version"
      VALUE "InternalName", "iceexplorer"
      VALUE "LegalCopyright", "Apache License 2.0"
      VALUE "OriginalFilename", "iceexplorer.exe"
      VALUE "ProductName", "ICE Explorer"
      VALUE "ProductVersion", "$version"
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x409, 1200
  END
END
RC
(cd "$work" && "$windres" -O coff -o rsrc.syso iceexplorer.rc)
mv "$work/rsrc.syso" rsrc_windows_amd64.syso
