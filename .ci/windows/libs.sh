#!/usr/bin/env bash
# libs.sh PREFIX: builds static zlib, libdeflate and HDF5 (which needs zlib to open files that others have
# compressed) for Windows into PREFIX, once: on Debian with mingw-w64, in MSYS2 with its own compiler.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
prefix=${1:?where to}
# Debian's sources: name, version, file, SHA-256.
sources="\
zlib 1:1.2.13.dfsg-1 zlib_1.2.13.dfsg.orig.tar.bz2 71feb7947e3c00ef125f83b79a4e529bde31171e5babe48b391f06758d1ab0a1
libdeflate 1.14-1 libdeflate_1.14.orig.tar.gz 89e7df898c37c3427b0f39aadcf733731321a278771d20fc553f92da8d4808ac
hdf5 1.10.8+repack1-1 hdf5_1.10.8+repack1.orig.tar.gz 7b38e58ff83b13fd8959a90b13bf896bc318ba096c940ab0847abf3ad41a0b31"

if [ -n "${MSYSTEM:-}" ]; then cc=gcc ar=ar; else cc=x86_64-w64-mingw32-gcc-posix ar=x86_64-w64-mingw32-ar; fi

# Built already, from these sources by this script with this compiler?
recipe=$({ echo "$sources"; "$cc" --version; cat "$here/libs.sh" "$here"/hdf5/*; } | sha256sum)
[ "$(cat "$prefix/recipe" 2>/dev/null)" = "$recipe" ] && exit
echo "building zlib, libdeflate and HDF5 into $prefix (two minutes, once)"
work=$prefix.build
rm -rf "$prefix" "$work"
mkdir -p "$prefix"/{include,lib,licences} "$work"
cd "$work"

# fetch NAME VERSION FILE: gets a source package's original archive.
fetch() {
  if [ -z "${MSYSTEM:-}" ]; then # apt takes what another source line or a mirror of this machine says
    APT_CONFIG=$work/apt.conf apt-get -qq source --download-only "$1=$2"
  else
    curl --fail --location --silent --show-error --retry 3 -o "$3" "https://deb.debian.org/debian/pool/main/${1:0:1}/$1/$3" ||
      curl --fail --location --silent --show-error --retry 3 -o "$3" "https://snapshot.debian.org/archive/debian/20250520T000000Z/pool/main/${1:0:1}/$1/$3"
  fi
}

if [ -z "${MSYSTEM:-}" ]; then
  mkdir -p lists/partial parts
  cat >parts/sources.sources <<END
Types: deb-src
URIs: http://deb.debian.org/debian
Suites: bookworm
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
END
  cat >apt.conf <<END
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$work/parts";
Dir::State::lists "$work/lists";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
END
  [ "$(id -u)" != 0 ] || echo 'APT::Sandbox::User "root";' >>apt.conf
  APT_CONFIG=$work/apt.conf apt-get -qq update
fi
while read -r name version file sum; do
  fetch "$name" "$version" "$file"
  echo "$sum  $file" | sha256sum --check --quiet
  mkdir "$name"
  tar -xf "$file" -C "$name" --strip-components 1
done <<<"$sources"

# archive LIB FOLDER FLAGS... -- FILE...: compiles files, on all cores, into lib/LIB.
archive() (
  lib=$1 out=$work/objects/$1 flags=()
  mkdir -p "$out"
  shift
  while [ "$1" != -- ]; do flags+=("$1"); shift; done
  shift
  printf '%s\n' "$@" | xargs -P "$(nproc)" -I{} sh -c \
    'o=$1/$(basename "$2" .c).o; s=$2; shift 2; "$@" -c "$s" -o "$o" || exit 255' sh "$out" {} "$cc" -O2 -DNDEBUG -w "${flags[@]}"
  "$ar" rcs "$prefix/lib/$lib" "$out"/*.o
)

archive libz.a -- zlib/*.c
cp zlib/zlib.h zlib/zconf.h "$prefix/include"

archive libdeflate.a -Ilibdeflate -- libdeflate/lib/*.c libdeflate/lib/x86/*.c
cp libdeflate/libdeflate.h "$prefix/include"

sed -i 's,^#include <sys/wait.h>,#ifndef _WIN32\n&\n#endif,' hdf5/src/H5private.h
cp "$here"/hdf5/*.[ch] hdf5/src
# Our H5pubconf.h was found out with another compiler, maybe: are the sizes that it tells this one's?
{
  printf '#include <%s.h>\n' stddef stdint stdbool sys/types time
  "$cc" -E -dM hdf5/src/H5pubconf.h | sed -n 's/^#define H5_SIZEOF_\(.*\) \([1-9][0-9]*\)$/\1 \2/p' | while read -r type size; do
    type=${type,,}
    echo "_Static_assert(sizeof(${type//long_/long }) == $size, \"H5pubconf.h has another size of it\");"
  done
} >sizes.c
grep -q 'long double' sizes.c
"$cc" -D_FILE_OFFSET_BITS=64 -fsyntax-only sizes.c
# In Wine test.sh has this program write H5Tinit.c, to compare it with ours.
mkdir "$prefix/check"
"$cc" -std=gnu99 -w -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -Ihdf5/src -o "$prefix/check/H5detect.exe" hdf5/src/H5detect.c
rm hdf5/src/H5detect.c hdf5/src/H5make_libsettings.c
flags=(-std=gnu99 -O3 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D_LARGEFILE64_SOURCE -D_LARGEFILE_SOURCE -D_POSIX_C_SOURCE=200809L -Ihdf5/src -Ihdf5/hl/src "-I$prefix/include")
archive libhdf5.a "${flags[@]}" -- hdf5/src/*.c
archive libhdf5_hl.a "${flags[@]}" -- hdf5/hl/src/*.c
cp hdf5/src/*.h hdf5/hl/src/*.h "$prefix/include"

cp zlib/LICENSE "$prefix/licences/zlib.txt"
cp libdeflate/COPYING "$prefix/licences/libdeflate.txt"
cp hdf5/COPYING "$prefix/licences/hdf5.txt"
cd "$here"
rm -rf "$work"
echo "$recipe" >"$prefix/recipe"
