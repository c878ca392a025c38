// The names of requests and notifications are what two programs have to agree on.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as imageRequests from "./image-requests.ts";
import * as requests from "./requests.ts";
import * as updateRequests from "./update-requests.ts";

const names = Object.entries({ ...requests, ...imageRequests, ...updateRequests });

test("each is called what its constant says, below sysext/", () => {
  assert.ok(names.length > 0);
  for (const [constant, name] of names) {
    assert.equal(name, `sysext/${constant.replace(/(?:Request|Notification)$/, "")}`);
  }
});

test("no two have one name", () => {
  assert.equal(new Set(names.map(([, name]) => name)).size, names.length);
});
