#!/usr/bin/env bash
# make.sh PROGRAM: makes the pictures of window.txt in this folder. It needs a display, xdotool and
# ImageMagick; `make screenshots` has all of them.
set -euo pipefail
program=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ICEEXPLORER_CONFIG_DIR=$work/config LIBGL_ALWAYS_SOFTWARE=${LIBGL_ALWAYS_SOFTWARE-1}

mkdir -p "$work/shots"/{fountain,spray,large} "$work/new"
"$program" sample -o "$work/shots/fountain" --points 20000 --frames 48 >"$work/log"
"$program" sample -o "$work/shots/spray" --points 6000 --frames 48 --seed 7 >>"$work/log"
"$program" sample -o "$work/shots/large" --points 150000 --frames 12 >>"$work/log"
for name in spray large; do
	for f in "$work/shots/$name"/fountain*; do mv "$f" "${f/fountain/$name}"; done
done
truncate -s 20000 "$work/shots/spray/spray_20.icecache" # there is something to tell of

# Each line for the mouse becomes a report, at which it is carried out, and a pause.
script=$work/script.txt
sed -e "s|HERE|$work/new|; s|FOUNTAIN|$work/shots/fountain|; s|SPRAY|$work/shots/spray|; s|LARGE|$work/shots/large|" \
	-e 's/^# mouse .*/print state\nwait 1200ms/' "$here/window.txt" >"$script"
mapfile -t mouse < <(sed -n 's/^# mouse //p' "$here/window.txt")
at=0
cd "$work"
"$program" --run "$script" | while read -r _; do
	xdotool ${mouse[$at]} # words
	at=$((at + 1))
done

sed -n 's/^# crop //p' "$here/window.txt" | while read -r part name; do
	mogrify -crop "$part" +repage "$work/new/$name"
done
# 256 colours are enough for a window, and take a quarter of the room.
mogrify +dither -colors 256 -define png:compression-level=9 -define png:exclude-chunks=date,time "$work"/new/*.png
rm -f "$here"/*.png
mv "$work"/new/*.png "$here"
du -ch "$here"/*.png | tail -n 1
