#!/bin/sh
# Runs the container image's files as an engine would, without one: run_image.sh ROOT SNAPSHOTS NAME=VALUE... -- COMMAND...
#
# ROOT (the unpacked layers) becomes the root folder, read-only; SNAPSHOTS is mounted read-only as /snapshots; the user is
# 10001 without capabilities; /tmp is as read-only as the rest unless TMP=yes is in the environment of this script. WORK=FOLDER
# in it is mounted as /work and may be written to.
# Needs root for mount and chroot (Linux).
set -eu
[ "${1:-}" != "" ] && [ "${2:-}" != "" ] || { echo "usage: run_image.sh ROOT SNAPSHOTS NAME=VALUE... -- COMMAND..." >&2; exit 2; }
root=$1 snapshots=$2
shift 2
if [ "${IN_NAMESPACE:-}" = "" ]; then
  IN_NAMESPACE=yes exec unshare --mount -- "$0" "$root" "$snapshots" "$@"
fi
mount --bind "$root" "$root"
mount --bind "$snapshots" "$root/snapshots"
mount -o remount,bind,ro "$root/snapshots"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount --rbind /dev "$root/dev"
if [ "${WORK:-}" != "" ]; then
  mkdir -p "$root/work"
  mount --bind "$WORK" "$root/work"
fi
if [ "${TMP:-}" = yes ]; then mount -t tmpfs tmpfs "$root/tmp"; fi
mount -o remount,bind,ro "$root"
settings=
while [ "$1" != "--" ]; do settings="$settings $1"; shift; done
shift
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin $settings setpriv --bounding-set=-all,+sys_chroot,+setuid,+setgid --no-new-privs \
  chroot --userspec=10001:10001 --groups= "$root" "$@"
