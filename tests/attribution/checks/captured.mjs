// tests/golden/capture.json, played through the public functions.
//
// In: the entry and the vectors. Out: checks for check.mjs, one for each vector.

import { must, same } from "../../runtimes/contract/check.mjs";
import { decode } from "../../runtimes/contract/values.mjs";

/** What a shop answers where the vector says nothing of it. */
const PAGE = { status: 200, headers: [["content-type", "text/html"], ["cache-control", "public, s-maxage=600"]], body: "page" };

export const captureChecks = (capture, vectors) =>
  vectors.map((vector) => [vector.name, () => CALLS[vector.call ?? "captureClick"](capture, vector)]);

const CALLS = {
  async captureClick(capture, vector) {
    const response = responseOf(vector.response);
    await judge(vector.expected, response, () => capture.captureClick(requestOf(vector), response, optionsOf(vector)));
  },
  async clearClick(capture, vector) {
    const response = responseOf(vector.response);
    await judge(vector.expected, response, () => capture.clearClick(response, optionsOf(vector)));
  },
  clickCookie(capture, vector) {
    const call = () => capture.clickCookie(requestOf(vector), optionsOf(vector));
    if (vector.expected.throws) mustThrow(call, vector.expected.throws);
    else same(call(), vector.expected.cookie, "the cookie");
  },
  shouldClear(capture, { result, expected }) {
    same(capture.shouldClear(decode(result)), expected);
  },
};

const optionsOf = ({ options }) => decode(options);

function requestOf(vector) {
  if ("given" in vector) return decode(vector.given);
  const { url, method = "GET", headers = [] } = vector.request;
  return new Request(url, { method, headers });
}

function responseOf({ status, headers, body } = PAGE) {
  const response = new Response(body, { status });
  response.headers.delete("content-type");
  for (const [name, value] of headers) response.headers.append(name, value);
  return response;
}

function mustThrow(call, option) {
  let error;
  try {
    call();
  } catch (thrown) {
    error = thrown;
  }
  must(error instanceof TypeError, "it should throw a TypeError");
  must(error.message.startsWith(`${option} `) || error.message.includes(`did you mean ${option}?`), error.message);
}

async function judge(expected, response, call) {
  if (expected.throws) return mustThrow(call, expected.throws);
  const before = textOf(response.headers);
  const result = call();
  // What was given stays as it is: a shop may use it again.
  same(textOf(response.headers), before, "the headers of the response that was given");
  if (expected === "untouched") return must(result === response, `the response was changed: ${textOf(result.headers)}`);
  must(result !== response, "the response was not changed");
  const { cookies, status = response.status, location = null, body = "page", headers = {}, gone = [] } = expected;
  same(result.headers.getSetCookie(), cookies, "the cookies");
  same([result.status, result.headers.get("location")], [status, location], "the status and the address");
  same(result.headers.get("cache-control"), "private, no-store", "Cache-Control");
  for (const [name, value] of Object.entries(headers)) same(result.headers.get(name), value, name);
  for (const name of gone) same(result.headers.get(name), null, name);
  same(await result.text(), body, "the body");
}

const textOf = (headers) => JSON.stringify([...headers].map(([name, value]) => [name.toLowerCase(), value]));
