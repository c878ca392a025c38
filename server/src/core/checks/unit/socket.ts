// What a socket listens on, and what systemd starts for it.

import type { Occurrence } from "../../model/unit.ts";
import { readBoolean } from "../../values/choices.ts";
import type { UnitCheck, UnitFacts } from "../check.ts";
import { demoService, demoTemplate, otherService } from "./example-units.ts";

const listeners = [
  "ListenStream",
  "ListenDatagram",
  "ListenSequentialPacket",
  "ListenFIFO",
  "ListenSpecial",
  "ListenNetlink",
  "ListenMessageQueue",
  "ListenUSBFunction",
];
/** Only these take connections one by one. */
const accepting = ["ListenStream", "ListenSequentialPacket"];

/** Of these systemd knows the path to link to, where it is one. */
const withNode = ["ListenStream", "ListenDatagram", "ListenSequentialPacket", "ListenFIFO"];

const types = ["socket"] as const;

function listenersOf(unit: UnitFacts): readonly Occurrence[] {
  return listeners.flatMap((name) => unit.all("Socket", name));
}

function isOn(at: Occurrence | undefined): boolean {
  return at !== undefined && !at.entry.open && readBoolean(at.entry.node.value.text) === true;
}

export const noListen: UnitCheck = {
  id: "unit/no-listen",
  severity: "error",
  title: "A socket without an address to listen on",
  why: "A socket needs at least one ListenStream=, ListenDatagram= or similar setting; systemd rejects one without.",
  types,
  example: {
    bad: "[Socket]\nAccept=no\n",
    good: "[Socket]\nListenStream=/run/demo.sock\nAccept=no\n",
    unit: "demo.socket",
    around: demoService,
  },
  run(unit, _context, report) {
    if (listenersOf(unit).length > 0) return;
    report(undefined, 'the socket has no address to listen on, so systemd rejects it; add a "ListenStream="');
  },
};

export const maxConnections: UnitCheck = {
  id: "unit/max-connections",
  severity: "error",
  title: "A limit of zero connections",
  why: "MaxConnections=0 would accept no connections, so systemd rejects the socket.",
  types,
  example: {
    bad: "[Socket]\nListenStream=/run/demo.sock\nMaxConnections=0\n",
    good: "[Socket]\nListenStream=/run/demo.sock\nMaxConnections=64\n",
    unit: "demo.socket",
    around: demoService,
  },
  run(unit, _context, report) {
    const found = unit.last("Socket", "MaxConnections");
    if (found === undefined || !/^0+$/.test(found.entry.node.value.text)) return;
    report(found, '"MaxConnections=0" accepts no connections, so systemd rejects the socket; use at least 1');
  },
};

export const acceptListener: UnitCheck = {
  id: "unit/accept-listener",
  severity: "error",
  title: "Accept=yes without connections",
  why: "With Accept=yes, a service is started for each connection, and only ListenStream= and ListenSequentialPacket= have connections; otherwise systemd rejects the socket.",
  types,
  example: {
    bad: "[Socket]\nListenDatagram=/run/demo.sock\nAccept=yes\n",
    good: "[Socket]\nListenStream=/run/demo.sock\nAccept=yes\n",
    unit: "demo.socket",
    around: demoTemplate,
  },
  run(unit, _context, report) {
    const accept = unit.last("Socket", "Accept");
    if (!isOn(accept)) return;
    const other = listenersOf(unit).find(({ entry }) => !accepting.includes(entry.node.name));
    if (other === undefined) return;
    report(
      accept,
      `systemd rejects "Accept=yes" with "${other.entry.node.name}=", which has no connections; remove one of them`,
    );
  },
};

export const acceptService: UnitCheck = {
  id: "unit/accept-service",
  severity: "error",
  title: "Accept=yes with a service for all connections",
  why: "With Accept=yes, each connection gets an instance of the template with the name of the socket, so Service= and DeferTrigger= have no meaning, and systemd rejects the socket.",
  types,
  example: {
    bad: "[Socket]\nListenStream=/run/demo.sock\nAccept=yes\nService=other.service\n",
    good: "[Socket]\nListenStream=/run/demo.sock\nAccept=yes\n",
    unit: "demo.socket",
    around: { ...demoTemplate, ...otherService },
  },
  run(unit, _context, report) {
    if (!isOn(unit.last("Socket", "Accept"))) return;
    const service = unit.last("Socket", "Service");
    const defer = unit.last("Socket", "DeferTrigger");
    const isDeferred = defer !== undefined && readBoolean(defer.entry.node.value.text) !== false;
    const other = service ?? (isDeferred ? defer : undefined);
    if (other === undefined) return;
    report(other, `systemd rejects "${other.entry.node.name}=" together with "Accept=yes"; remove one of them`);
  },
};

export const socketSymlinks: UnitCheck = {
  id: "unit/socket-symlinks",
  severity: "error",
  title: "Symlinks to more than one socket, or to none",
  why: "Symlinks= are created to the one path that the socket listens on; with none or several, systemd rejects the socket.",
  types,
  example: {
    bad: "[Socket]\nListenStream=8080\nSymlinks=/run/other.sock\n",
    good: "[Socket]\nListenStream=/run/demo.sock\nSymlinks=/run/other.sock\n",
    unit: "demo.socket",
    around: demoService,
  },
  run(unit, _context, report) {
    const [link] = unit.all("Socket", "Symlinks");
    if (link === undefined) return;
    const listening = listenersOf(unit);
    if (listening.some(({ entry }) => /[%]/.test(entry.node.value.text) || entry.open)) return;
    const nodes = listening.filter(
      ({ entry }) => withNode.includes(entry.node.name) && entry.node.value.text.startsWith("/"),
    );
    if (nodes.length === 1) return;
    report(
      link,
      `"Symlinks=" needs exactly one path that the socket listens on, and systemd rejects a socket with ${nodes.length === 0 ? "none" : nodes.length}; remove it`,
    );
  },
};
