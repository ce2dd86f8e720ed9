#!/usr/bin/env bash
# Makes a Debian 13 with Wine 10 in the build's cache, once: Debian 12's Wine is too old.
set -euo pipefail
cd "$(dirname "$0")/../.."
. .ci/windows/env.sh

wanted="wine64 wine xvfb xauth xdotool x11-utils imagemagick libgl1-mesa-dri libgl1 libegl1 fonts-dejavu-core"
mark=$root/.made-1
[ -e "$mark" ] && exit
packages debootstrap
echo "making $root (a few minutes, 1.6 GB)"
as_root rm -rf "$root"
mkdir -p "$store"
as_root debootstrap --variant=minbase trixie "$root" http://deb.debian.org/debian >"$store/debootstrap.log" ||
  fail "debootstrap failed: $store/debootstrap.log"
as_root chroot "$root" sh -c "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted && apt-get clean" \
  >>"$store/debootstrap.log" 2>&1 || fail "Wine could not be installed: $store/debootstrap.log"
as_root touch "$mark"
