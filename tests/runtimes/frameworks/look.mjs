// What the package makes of an object that a framework handed over.
//
// In: the object. Out: what was found in it and what was sent of it, as data. It runs wherever the framework runs, and so
// imports the package alone. Not its job: what should have been found (requests.mjs).

import { getClickIdFromRequest, track_sale, verifyRefCampaignWebhook } from "refport-edge";
import { clickCookie } from "refport-edge/capture";
import { SECRET } from "./requests.mjs";

const SALE = { customerExternalId: "user_001", amount: 4900 };

/** An object that holds a part of the request only: "cookies", "url", or one of those below. */
class Part {
  constructor(holds, x) {
    Object.assign(this, { holds, x });
  }
}

export const cookies = (x) => new Part("cookies", x);
export const url = (x) => new Part("url", x);
/** A store of cookies that leads to its request too: who follows it finds more, who does not finds the cookies. */
export const cookiesOfRequest = (x) => new Part("cookies or all", x);
/** A plain object of cookies: without any it is `{}`, which may be refused as nobody's. */
export const jar = (x) => new Part("jar", x);

/** Looks at each of `shapes`, by name; where `hook` is one of them, it is verified instead. */
export async function lookAt(shapes, hook) {
  const answers = {};
  if (hook !== undefined) {
    if (hook in shapes) answers[hook] = await verify(shapes[hook]);
    return answers;
  }
  for (const [name, shape] of Object.entries(shapes)) {
    const { holds, x } = shape instanceof Part ? shape : { holds: "all", x: shape };
    answers[name] = { holds, ...(await find(x)) };
  }
  return answers;
}

async function find(x) {
  const sent = [];
  const fetch = async (_, { body }) => {
    sent.push(JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body)).clickId);
    return new Response('{"sale":{"id":"sale_xyz"}}');
  };
  const { outcome, error } = await track_sale(x, SALE, { apiKey: "rk_test", fetch });
  const cookie = attempt(() => clickCookie(x)?.value ?? null);
  return { found: attempt(() => getClickIdFromRequest(x)), cookie, sent, outcome, ...(error && { error: error.message }) };
}

async function verify(x) {
  const { valid, reason, event } = await verifyRefCampaignWebhook(x, SECRET);
  return { valid, ...(valid ? { event } : { reason }) };
}

function attempt(ask) {
  try {
    return ask();
  } catch (error) {
    return `it threw ${error}`;
  }
}
