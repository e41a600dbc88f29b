// Better Auth: sign-ups, with the service well and down.

import assert from "node:assert/strict";
import { handler } from "./ways.mjs";

const CLEARED = /^refp_id=;.*Max-Age=0.*Path=\/|^refp_id=;.*Path=\/.*Max-Age=0/i;

const way = async (kit, env) => {
  const urls = { BETTER_AUTH_URL: "http://shop.test", BETTER_AUTH_SECRET: "a secret of thirty-two characters" };
  return handler("better-auth.ts", async ({ auth }, method, path, init) => {
    const response = await auth.handler(new Request(`http://shop.test${path}`, { ...init, method }));
    return { status: response.status, text: await response.text(), setCookies: response.headers.getSetCookie() };
  })(kit, { ...env, ...urls });
};

async function check({ shop, fake }) {
  const signUp = async (name, cookie) => {
    const body = JSON.stringify({ name, email: `${name}@example.com`, password: "correct horse battery" });
    const headers = { "content-type": "application/json", origin: "http://shop.test", ...(cookie && { cookie }) };
    const answer = await shop.send("POST", "/api/auth/sign-up/email", { headers, body });
    assert.equal(answer.status, 200, answer.text);
    return { isCleared: answer.setCookies.some((line) => CLEARED.test(line)), setCookies: answer.setCookies };
  };
  const robin = await signUp("robin", "refp_id=abc123");
  assert.deepEqual(fake.ledger.leads.map(({ clickId, customerEmail }) => [clickId, customerEmail]), [["abc123", "robin@example.com"]]);
  assert.ok(robin.isCleared, robin.setCookies.join("\n"));
  const organic = await signUp("kim");
  assert.deepEqual([organic.isCleared, fake.requests.length], [false, 1]);
  fake.outage(503);
  const down = await signUp("sam", "refp_id=abc123");
  assert.equal(down.isCleared, false, "the lead is not on the books, and the click must stay");
}

export const signUp = [way, check];
