#!/usr/bin/env bash
# test.sh VERSION [PACKAGE...]: tests the program for Windows in Wine: the unit tests of PACKAGEs (default: all),
# then the built program as a whole, then its window, whose pictures are left in out/windows.
# ICEEXPLORER_TEST_FLAGS, say "-test.run Camera -test.v", are for the unit tests, which then are all that runs.
set -euo pipefail
cd "$(dirname "$0")/../.."
. .ci/windows/env.sh
version=$1
shift
.ci/windows/build.sh "$version"
.ci/windows/wine-root.sh
tests=$store/tests
rm -rf "$tests"
mkdir -p "$tests"

echo "building the tests"
# built PACKAGE: a program of its tests, named after it; that of the root is _.exe.
built() {
  local said
  said=$(go test -trimpath -c -o "$tests/$(echo "/${1#iceexplorer}" | tr -s / _).exe" "$1" 2>&1) || { echo "$said"; return 1; }
}
export -f built
export tests
(cross_env && go list "${@:-./...}" | xargs -P "$(nproc)" -I{} bash -c 'built {}')
if [ -n "${ICEEXPLORER_TEST_FLAGS:-}" ]; then
  # shellcheck disable=SC2086
  exec .ci/windows/wine.sh bash .ci/windows/inside.sh "$tests" "" "$prefix" "$PWD" $ICEEXPLORER_TEST_FLAGS
fi
CGO_ENABLED=0 GOOS=windows go test -trimpath -c -o "$tests/whole.exe" ./.ci/windows/whole

# What Linux makes of a sequence, to compare with.
expected=$store/expected
rm -rf "$expected"
mkdir -p "$expected"
go build -o "$expected/linux" .
"$expected/linux" sample --frames 4 --points 3000 -o "$expected/source"
"$expected/linux" convert -o "$expected/sih5" "$expected/source" >/dev/null
"$expected/linux" convert --to icecache -o "$expected/icecache" "$expected/sih5" >/dev/null
"$expected/linux" export --to csv -o "$expected/csv" "$expected/source" >/dev/null
"$expected/linux" export --to bgeo -o "$expected/bgeo" "$expected/source" >/dev/null

status=0
.ci/windows/wine.sh bash .ci/windows/inside.sh "$tests" "$expected" "$prefix" "$PWD" || status=$?
[ $status = 0 ] && echo "all tests passed in Wine" || echo "tests failed in Wine: $store/tests/*.log"
exit $status
