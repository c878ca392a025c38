// Programs that hosts have by themselves, by name: an extension may run those without shipping them.

const names = `
  [ ar awk base64 basename bash blkid blockdev bootctl brctl btrfs bunzip2 busctl bzip2 cat chattr chgrp chmod chown chroot
  chrt cmp comm coredumpctl cp cpio cryptsetup curl cut dash date dbus-daemon dbus-send dd depmod df diff dirname dmesg
  dmsetup docker du e2fsck echo egrep env ethtool expr fallocate false fdisk fgrep find findmnt flock fsck fsfreeze
  fstrim fuser fusermount fusermount3 gawk getent getfattr git gpg grep groupadd groupmod gunzip gzip halt head hexdump
  homectl hostname hostnamectl id ifconfig insmod install ionice ip ip6tables ip6tables-restore ip6tables-save iptables
  iptables-restore iptables-save ipset iw jq journalctl kill killall kmod ldconfig less link ln localectl logger login
  loginctl losetup ls lsattr lsblk lsmod lsof lspci lvm machinectl mawk md5sum mdadm mkdir mkfifo mkfs mknod mkswap mktemp
  modinfo modprobe mount mountpoint mv nano networkctl nft nice nohup nproc nsenter od openssl parted passwd paste perl pgrep
  pidof ping pkill podman poweroff printenv printf prlimit ps pvs pwd python python3 readlink realpath reboot renice
  resize2fs resolvectl restorecon rm rmdir rmmod route rsync rpc.statd runc containerd runuser sed seq setcap setfacl
  setfattr setfiles setpriv setsid sh sha256sum sha512sum shuf sleep socat sort ss ssh ssh-keygen sshd stat stdbuf strace
  stty su sudo swapoff swapon sync sysctl systemctl tail tar taskset tc tee test timedatectl timeout touch tr true truncate
  tty tune2fs udevadm umount uname uniq unlink unshare unxz unzip update-ca-certificates useradd userdbctl usermod uuidgen
  vgs vi wc wg wget wg-quick which xargs xfs_growfs xz xzcat yes zcat zstd`;

const known: ReadonlySet<string> = new Set(names.split(/\s+/));

/** Whether most hosts have a program of this name. */
export function isHostProgram(name: string): boolean {
  return known.has(name) || /^(?:systemd|mkfs|fsck|mount|umount|python3?|perl)[-.\d]/.test(name);
}
