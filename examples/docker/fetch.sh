#!/usr/bin/env bash
# Downloads Docker's official static programs into this tree, and takes them only if they are the known ones.
#
#   ./fetch.sh [x86_64|aarch64]             the architecture of this machine unless named
#   ./fetch.sh --update-checksums VERSION   moves to another version: downloads it for both and writes checksums.txt
#
# Docker publishes no checksums beside these archives. checksums.txt holds those of the pinned version; after an
# update, compare the new ones with somebody else's (distributions record them too) before you commit the file.
set -euo pipefail
cd "$(dirname "$0")"

site=https://download.docker.com/linux/static/stable
checksums=$PWD/checksums.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "fetch.sh: $1" >&2
  exit 1
}

# Downloads ARCHITECTURE/docker-VERSION.tgz below $work.
download() {
  mkdir -p "$work/${1%/*}"
  curl --fail --location --proto '=https' --silent --show-error --output "$work/$1" "$site/$1" ||
    fail "$site/$1 could not be downloaded."
}

if [[ ${1:-} == --update-checksums ]]; then
  [[ ${2:-} =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "name the version to move to, as in \"28.0.4\"."
  for machine in x86_64 aarch64; do download "$machine/docker-$2.tgz"; done
  (cd "$work" && sha256sum {x86_64,aarch64}/"docker-$2.tgz") >"$work/checksums.txt"
  cp "$work/checksums.txt" "$checksums"
  echo "checksums.txt now names Docker $2. Compare it with another source before you commit it."
  exit 0
fi

machine=${1:-$(uname -m)}
case $machine in
  x86_64) architecture=x86-64 ;;
  aarch64) architecture=arm64 ;;
  *) fail "Docker has no static programs for \"$machine\" here; name x86_64 or aarch64." ;;
esac
expected=$(grep "  $machine/docker-" "$checksums") || fail "checksums.txt has no line for \"$machine\"."
archive=${expected#*  }

echo "Downloading $site/$archive …"
download "$archive"
(cd "$work" && sha256sum --check --quiet <<<"$expected") ||
  fail "\"$archive\" is not the file that checksums.txt describes; nothing was installed."

mkdir -p usr/bin
tar --extract --gzip --file "$work/$archive" --directory usr/bin --strip-components=1 --no-same-owner
sed "s/^ARCHITECTURE=.*/ARCHITECTURE=$architecture/" usr/lib/extension-release.d/extension-release.docker >"$work/release"
cp "$work/release" usr/lib/extension-release.d/extension-release.docker
echo "The tree is complete: build it with \"sysext build $PWD\"."
