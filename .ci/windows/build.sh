#!/usr/bin/env bash
# build.sh VERSION: builds bin/windows/iceexplorer.exe, for the desktop, and iceexplorer.com, the same program
# for consoles: "iceexplorer" typed there is found as .com first.
set -euo pipefail
cd "$(dirname "$0")/../.."
. .ci/windows/env.sh
version=$1

packages gcc-mingw-w64-x86-64-posix g++-mingw-w64-x86-64-posix dpkg-dev
.ci/windows/libs.sh "$prefix"
.ci/windows/resources.sh "$version" x86_64-w64-mingw32-windres
cross_env
mkdir -p bin/windows
flags="-s -w -X main.version=$version"
go build -trimpath -ldflags "$flags -H=windowsgui" -o bin/windows/iceexplorer.exe .
go build -trimpath -ldflags "$flags" -o bin/windows/iceexplorer.com .

# What is not Windows' own would have to lie beside the program.
system=$(printf '%s|' kernel32 ntdll user32 gdi32 shell32 advapi32 ole32 comdlg32 comctl32 opengl32 winmm imm32 msvcrt \
  ws2_32 dwmapi shlwapi setupapi version bcrypt oleaut32 uuid)
for program in bin/windows/iceexplorer.{exe,com}; do
  foreign=$(x86_64-w64-mingw32-objdump -p "$program" | sed -n 's/.*DLL Name: //p' | grep -viE "^(${system%|})\.dll\$|^api-ms-win-" || true)
  [ -z "$foreign" ] || fail "needs libraries that Windows does not have ($(echo $foreign)): $program"
done
ls -l bin/windows/iceexplorer.exe bin/windows/iceexplorer.com | awk '{print $NF, $5/1e6 " MB"}'
