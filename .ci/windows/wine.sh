#!/usr/bin/env bash
# wine.sh COMMAND...: runs a command in the Debian 13 that has Wine, in this very folder. It sees the
# checkout, what lies beside it as shared, and the build's cache; mounts end with the command.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
cd "$here"
. .ci/windows/env.sh
[ -e "$root/usr/bin/wine" ] || .ci/windows/wine-root.sh
cd "$OLDPWD"

bind=("$here" "$store")
[ -d "$here/../shared" ] && bind+=("$(cd "$here/../shared" && pwd -P)" "$(cd "$here/.." && pwd)/shared")
export ICE_ROOT=$root ICE_BIND="${bind[*]}" ICE_AT=$PWD
# shellcheck disable=SC2016
exec_in='set -e
for d in $ICE_BIND; do mkdir -p "$ICE_ROOT$d"; mount --bind "$d" "$ICE_ROOT$d"; done
mount -t proc proc "$ICE_ROOT/proc"; mount --rbind /dev "$ICE_ROOT/dev"
exec chroot "$ICE_ROOT" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
  ${WINEPREFIX:+WINEPREFIX="$WINEPREFIX"} WINEDEBUG="${WINEDEBUG:--all}" WINEDLLOVERRIDES="mscoree,mshtml=" LIBGL_ALWAYS_SOFTWARE=1 ${DISPLAY:+DISPLAY="$DISPLAY"} $ICE_ENV \
  sh -c '"'"'cd "$0" && exec "$@"'"'"' "$ICE_AT" "$@"'
export ICE_ENV=${ICE_ENV:-}
if [ "$(id -u)" = 0 ]; then exec unshare --mount --propagation private sh -c "$exec_in" sh "$@"; fi
exec sudo --preserve-env=ICE_ROOT,ICE_BIND,ICE_AT,ICE_ENV,WINEPREFIX,WINEDEBUG,DISPLAY unshare --mount --propagation private sh -c "$exec_in" sh "$@"
