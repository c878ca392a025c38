#!/bin/sh
# Installs the Debian packages that the full test needs: real tools to compare with, a browser, a compiler.
#
#   scripts/install-debian-packages.sh [--list]
#
# --list prints the table below and installs nothing. Works on Debian and Ubuntu, as root or with sudo.
set -eu

# A program that the tests call, and the package that brings it. This table is the only place that names them:
# test/support/tools.ts reads it to say what a skipped test is missing.
table='
unsquashfs       squashfs-tools
mksquashfs       squashfs-tools
sqfscat          squashfs-tools
getfattr         attr
setfattr         attr
getcap           libcap2-bin
setcap           libcap2-bin
mount            mount
umount           mount
losetup          mount
unshare          util-linux
systemd-analyze  systemd
systemd-sysext   systemd
chromium         chromium
git              git
g++              g++
make             make
python3          python3
readelf          binutils
'

if [ "${1:-}" = --list ]; then
  printf '%s' "$table" | sed '/^$/d'
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "This script needs apt-get; on another system install the counterparts of these packages yourself:" >&2
  printf '%s' "$table" | awk 'NF { print "  " $2 }' | sort -u >&2
  exit 2
fi

missing=
for package in $(printf '%s' "$table" | awk 'NF { print $2 }' | sort -u); do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing="$missing $package"
done
if [ -z "$missing" ]; then
  echo "All Debian packages that the tests need are installed."
  exit 0
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "Run this as root, it installs:$missing" >&2
    exit 2
  fi
  as_root="sudo"
fi

echo "Installing the Debian packages:$missing"
$as_root apt-get update -qq
# The list is meant to be split into words.
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
