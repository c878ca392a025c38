#!/bin/sh
# Installs the Debian packages that the full test needs: real tools to compare with, a browser, a compiler.
#
#   scripts/install-debian-packages.sh [--list]
#
# --list prints the table below and installs nothing. Works on Debian and Ubuntu, as root or with sudo.
set -eu

# A program that the tests call, its package, and "debian-13" if no older release has that package. This table is the only place that names them: test/support/tools.ts reads it to say what a skipped test is
# missing.
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
systemd-repart   systemd
sfdisk           fdisk
veritysetup      cryptsetup-bin
openssl          openssl
mke2fs           e2fsprogs
mkfs.btrfs       btrfs-progs
btrfs            btrfs-progs
chromium         chromium
git              git
g++              g++
make             make
python3          python3
readelf          binutils
xz               xz-utils
zstd             zstd
tar              tar
bsdtar           libarchive-tools
cpio             cpio
mkfs.vfat        dosfstools
mcopy            mtools
mattrib          mtools
mdel             mtools
sha256sum        coreutils
gpg              gnupg
gpgconf          gnupg
systemd-sysupdate  systemd-container  debian-13
mkfs.erofs         erofs-utils        debian-13
'
# Programs of Debian 13 run in this root folder, which has them with all that they need; the tests read its name here.
debian_13=/var/lib/sysext-workbench/debian-13

if [ "${1:-}" = --list ]; then
  printf '%s' "$table" | sed '/^$/d'
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "This script requires apt-get; on other systems, install the equivalents of these packages yourself:" >&2
  printf '%s' "$table" | awk 'NF { print "  " $2 }' | sort -u >&2
  exit 2
fi

missing=
for package in $(printf '%s' "$table" | awk 'NF == 2 { print $2 }' | sort -u); do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing="$missing $package"
done
packages_of_13=$(printf '%s' "$table" | awk '$3 == "debian-13" { print $2 }' | sort -u)
# The file "packages" lists the packages in the folder.
has_13=$(cat "$debian_13/packages" 2>/dev/null || true)
if [ -z "$missing" ] && [ "$has_13" = "$packages_of_13" ]; then
  echo "All Debian packages that the tests need are installed."
  exit 0
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "Run this script as root. It installs:$missing $packages_of_13" >&2
    exit 2
  fi
  as_root="sudo"
fi

$as_root apt-get update -qq
if [ -n "$missing" ]; then
  echo "Installing the Debian packages:$missing"
  # The list is meant to be split into words.
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
fi
[ "$has_13" != "$packages_of_13" ] || exit 0

without="the tests that need a program of Debian 13 cannot run"
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | head -n 1)
if [ -z "$mirror" ]; then
  echo "The apt sources of this machine contain no Debian mirror, so $without." >&2
  exit 0
fi

# An apt that shares only the mirror with the machine's: it takes no package for installed, so it downloads all that
# is needed to run these, and no other release's packages ever reach the machine.
echo "Unpacking packages of Debian 13 in $debian_13: $packages_of_13"
work=$(mktemp -d)
trap '$as_root rm -rf "$work" "$debian_13.new"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$work/sources.list"
: >"$work/status"
private_apt() {
  $as_root apt-get -qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null -o Dir::State="$work" \
    -o Dir::State::Status="$work/status" -o Dir::Cache="$work/cache" -o APT::Sandbox::User=root "$@"
}
# shellcheck disable=SC2086
if ! { private_apt update && private_apt install --download-only --no-install-recommends $packages_of_13; }; then
  echo "These packages cannot be downloaded from this machine's Debian mirror, so $without." >&2
  exit 0
fi

# The folder appears under its name only when it is complete.
$as_root rm -rf "$debian_13.new"
$as_root mkdir -p "$debian_13.new"
for package in "$work"/cache/archives/*.deb; do
  $as_root dpkg-deb --extract "$package" "$debian_13.new"
done
printf '%s\n' "$packages_of_13" | $as_root tee "$debian_13.new/packages" >/dev/null
$as_root rm -rf "$debian_13"
$as_root mv -T "$debian_13.new" "$debian_13"
