#!/usr/bin/env bash
# zip.sh VERSION FOLDER LICENCES: packs FOLDER's programs, with the licences of all that is in them, into
# bin/iceexplorer-VERSION-windows-x64.zip. LICENCES has those of the C libraries.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$1 programs=$2 licences=$3
name=iceexplorer-$version-windows-x64
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/$name/licences"
cp "$programs/iceexplorer.exe" "$programs/iceexplorer.com" LICENSE THIRD_PARTY.md README.md CHANGELOG.md "$work/$name"
cp docs/windows.md "$work/$name/WINDOWS.md"
cp "$licences"/*.txt assets/fonts/*.LICENSE.txt "$work/$name/licences"
for runtime in /usr/share/doc/gcc-mingw-w64-x86-64-posix-runtime/copyright /usr/share/doc/mingw-w64-x86-64-dev/copyright \
  "${MINGW_PREFIX:-/none}"/share/licenses/{gcc-libs,crt,headers,winpthreads,libwinpthread}/*; do
  [ ! -e "$runtime" ] || cp "$runtime" "$work/$name/licences/$(basename "$(dirname "$runtime")")-$(basename "$runtime").txt"
done
GOOS=windows CGO_ENABLED=1 go list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}' . | sort -u | while read -r module dir; do
  for text in "$dir"/LICEN[SC]E* "$dir"/COPYING* "$dir"/NOTICE*; do
    [ ! -f "$text" ] || cat "$text" >>"$work/$name/licences/${module//\//_}.txt"
  done
done
cp "$(go env GOROOT)/LICENSE" "$work/$name/licences/go.txt"
rm -f "bin/$name.zip"
# Go can write a zip on every system; zip is not everywhere.
env -u GOOS -u GOARCH -u CC -u CXX CGO_ENABLED=0 go run ./.ci/windows/pack "bin/$name.zip" "$work"
echo "bin/$name.zip"
