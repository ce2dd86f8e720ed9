#!/usr/bin/env bash
# inside.sh TESTS EXPECTED LIBS CHECKOUT [FLAG...]: runs in the Debian that has Wine; test.sh starts it. With flags
# only the unit tests run, with these.
set -uo pipefail
tests=$1 expected=$2 libs=$3 checkout=$4
shift 4
failed=()

# A server of its own, so that it ends with the tests, and one display for all. Debian's ends with each program, and
# the next one may still meet it; this one waits a minute for more of them.
export WINEPREFIX=$HOME/.wine-tests WINEDEBUG=-all
mkdir -p "$WINEPREFIX"
wineserver -p60
# A display without -noreset starts anew when its last window is gone, and may end then. Programs in Wine reach it
# by the network alone, from this machine.
rm -f "$tests/display"
Xvfb -displayfd 3 -noreset -listen tcp -screen 0 1600x1000x24 +extension GLX 3>"$tests/display" >/dev/null 2>&1 &
screen=$!
trap 'wineserver -k; kill $screen' EXIT
until [ -s "$tests/display" ]; do sleep 0.1; done
export DISPLAY=:$(cat "$tests/display") ICEEXPLORER_X=127.0.0.1:$(cat "$tests/display")
export ICEEXPLORER_DRIVE_C=$WINEPREFIX/drive_c
wineboot -i >/dev/null 2>&1 # with a display: Wine's desktop has none later that it had not at first
windows() { winepath -w "$1" 2>/dev/null; }

# one NAME FOLDER ARGS...: runs a test program in its package's folder.
one() {
  local name=$1 log=$tests/$1.log
  local begun=$SECONDS package=${name#_}
  package=${package//_/\/}
  if (cd "$2" && timeout 3600 wine "$tests/$name.exe" -test.timeout 59m "${@:3}" >"$log" 2>&1); then
    echo "ok    ${package:-.} $((SECONDS - begun)) s"
  else
    echo "FAIL  ${package:-.} $((SECONDS - begun)) s"
    grep -aE '^\s*--- FAIL|^panic|_test.go:' "$log" | head -n 40
    failed+=("$name")
  fi
}

for program in "$tests"/_?*.exe "$tests"/_.exe; do
  [ -e "$program" ] || continue
  name=$(basename "$program" .exe)
  folder=$checkout$(echo "$name" | tr _ /)
  one "$name" "$folder" "$@"
done
[ $# = 0 ] || exit $((${#failed[@]} > 0))

# Disks that take nothing, or not much, and one of the network, as Wine has it.
full=$(mktemp -d) readonly=$(mktemp -d) share=$(mktemp -d)
mkdir -p "$WINEPREFIX/dosdevices/unc/localhost"
ln -sfn "$share" "$WINEPREFIX/dosdevices/unc/localhost/share"
mount -t tmpfs -o size=256k tmpfs "$full"
mount -t tmpfs -o ro tmpfs "$readonly"
ICEEXPLORER_PROGRAM=$(windows "$checkout/bin/windows/iceexplorer.com") ICEEXPLORER_EXPECTED=$(windows "$expected") \
  ICEEXPLORER_H5DETECT=$(windows "$libs/check/H5detect.exe") ICEEXPLORER_FULL=$(windows "$full") ICEEXPLORER_READONLY=$(windows "$readonly") ICEEXPLORER_SHARE='\\localhost\share' one whole "$checkout/.ci/windows/whole" -test.v

# The window: scripts fail if a step does, and pictures are for people to look at.
mkdir -p "$checkout/out/windows"
rm -f "$checkout"/out/windows/*.png
# look NAME ARGS...: plays the script on caches; NAME.png is the picture that it saves, NAME-window.png that of the screen.
look() {
  local name=$1 script=$tests/$1.txt begun=$SECONDS
  sed "s,scene.png,$name.png," "$checkout/.ci/windows/window.txt" >"$script"
  (cd "$checkout" && ICEEXPLORER_CONFIG_DIR=$(windows "$(mktemp -d)") exec timeout 600 wine bin/windows/iceexplorer.exe "${@:2}" --run "$(windows "$script")") \
    >"$tests/$name.log" 2>&1 &
  local window=$!
  until [ -e "$checkout/out/windows/$name.png" ] || ! kill -0 $window 2>/dev/null; do sleep 0.2; done
  sleep 3
  import -window root "$checkout/out/windows/$name-window.png"
  if wait $window; then echo "ok    the window, $name $((SECONDS - begun)) s"; else echo "FAIL  the window, $name"; cat "$tests/$name.log"; failed+=("$name"); fi
}
look sample --sample
if [ -d "$checkout/../shared/corpus/sequence_10k" ]; then
  sources=$(mktemp -d)
  cp "$checkout"/../shared/corpus/sequence_10k/*.icecache "$sources"
  look sequence_10k "$(windows "$sources")"
fi

[ ${#failed[@]} = 0 ]
