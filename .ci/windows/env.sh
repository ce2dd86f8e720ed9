# What the scripts beside this one share. To be sourced; bash.

# Where what is built once is kept: libraries, and the Debian with Wine.
store=${ICEEXPLORER_WINDOWS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/iceexplorer-windows}
prefix=$store/libs
root=$store/debian13

fail() { echo "$1" >&2; exit 1; }

# as_root runs a command as root.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# packages NAME...: installs the Debian packages that are missing.
packages() {
  local p missing=()
  command -v apt-get >/dev/null || fail "this needs Debian 12 or 13; elsewhere install the like of: $*"
  for p; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
  done
  [ ${#missing[@]} = 0 ] && return
  echo "installing ${missing[*]}"
  as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# One constant value for all builds: a change builds Dear ImGui again, which takes minutes.
# HDF5 calls zlib, and libraries that are called come after those that call.
cross_env() {
  export CGO_ENABLED=1 GOOS=windows GOARCH=amd64
  export CC=x86_64-w64-mingw32-gcc-posix CXX=x86_64-w64-mingw32-g++-posix
  export CGO_CFLAGS="-O2 -g -I$prefix/include"
  export CGO_LDFLAGS="-static -L$prefix/lib -lhdf5_hl -lhdf5 -lz"
}
