// The service for hosts whose systemd does not reload itself after a merge, so that it finds the units of extensions.

/** The first version of systemd that reloads itself for extensions that ask for it. */
export const reloadsItself = 255;

/** Where the service is put beside a tree's `usr`: it belongs on the host, since before the merge nobody reads the tree. */
export const reloadServicePath = "host/etc/systemd/system/sysext-reload.service";

/** Text of a service for the host: after each merge it makes systemd read all units again, and start what is new. */
export function reloadService(): string {
  return `# For hosts with a systemd before ${reloadsItself}. Copy this file to /etc/systemd/system of the host, then run
# systemctl enable sysext-reload.service
[Unit]
Description=Find and start the units of extensions
# It comes and goes with the merge, before most of the system is up.
BindsTo=systemd-sysext.service
After=systemd-sysext.service
DefaultDependencies=no
Conflicts=shutdown.target
Before=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/bin/systemctl daemon-reload
# Waiting for these would be waiting for itself while the system boots.
ExecStart=/usr/bin/systemctl restart --no-block sockets.target timers.target multi-user.target

[Install]
WantedBy=systemd-sysext.service
`;
}
