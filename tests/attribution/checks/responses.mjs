// What JSON cannot say of a response: streams, classes, what cannot be changed.
//
// In: the entry, and what only some runtimes have. Out: checks.

import { must, same } from "../../runtimes/contract/check.mjs";

const REQUEST = () => new Request("https://shop.test/?refp_id=abc123");
const COOKIE = "refp_id=abc123; Max-Age=7776000; Path=/; SameSite=Lax; Secure";

export const responseChecks = ({ captureClick, clearClick }, { webSocketResponse, foreignResponse }) => {
  const checks = {
    "a stream goes on as it was, piece by piece, and is not read ahead": async () => {
      let pulled = 0;
      const body = new ReadableStream({
        pull(controller) {
          if (++pulled > 3) controller.close();
          else controller.enqueue(new TextEncoder().encode(`piece ${pulled};`));
        },
      }, { highWaterMark: 0 });
      const response = captureClick(REQUEST(), new Response(body));
      same(pulled, 0, "what was read ahead");
      const reader = response.body.getReader();
      const { value } = await reader.read();
      same(new TextDecoder().decode(value), "piece 1;", "the first piece");
      must(pulled <= 2, "more was pulled than was read");
      await reader.cancel();
    },
    "a stream that breaks off breaks off": async () => {
      const body = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
      const response = captureClick(REQUEST(), new Response(body));
      let isBroken = false;
      await response.text().catch(() => (isBroken = true));
      must(isBroken, "the text ended well");
    },
    "bytes stay bytes": async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      const response = captureClick(REQUEST(), new Response(bytes));
      same([...new Uint8Array(await response.arrayBuffer())], [...bytes]);
    },
    "a redirect whose headers cannot be changed": () => {
      const response = captureClick(REQUEST(), Response.redirect("https://shop.test/new", 307));
      same([response.status, response.headers.get("location"), response.headers.getSetCookie()], [307, "https://shop.test/new", [COOKIE]]);
    },
    "a response that was frozen does not throw": () => {
      captureClick(REQUEST(), Object.freeze(new Response("page")));
    },
    "one response for every visitor keeps no visitor's cookie": () => {
      const shared = new Response(null, { status: 404 });
      for (const id of ["one", "two"]) captureClick(new Request(`https://shop.test/?refp_id=${id}`), shared);
      same(shared.headers.getSetCookie(), []);
    },
    "a body that was read before: nothing is done": async () => {
      const response = new Response("page");
      await response.text();
      must(captureClick(REQUEST(), response) === response, "it was changed");
    },
    "a body that is being read: nothing is done": () => {
      const response = new Response("page");
      response.body.getReader();
      must(captureClick(REQUEST(), response) === response, "it was changed");
    },
    "a network error is handed on": () => {
      if (!Response.error) return;
      const response = Response.error();
      must(captureClick(REQUEST(), response) === response, "it was changed");
    },
    "twice is as good as once": () => {
      const once = captureClick(REQUEST(), new Response("page"));
      same(captureClick(REQUEST(), once).headers.getSetCookie(), [COOKIE]);
    },
    "a class of a framework's stays that class": () => {
      class FrameworkResponse extends Response {
        get cookies() {
          return "the framework's own";
        }
      }
      const response = captureClick(REQUEST(), new FrameworkResponse("page", { headers: { "x-page": "1" } }));
      same([response.cookies, response.headers.getSetCookie(), response.headers.get("x-page")], ["the framework's own", [COOKIE], "1"]);
      const redirect = captureClick(REQUEST(), new FrameworkResponse("page"), { cleanUrl: true });
      same([redirect.cookies, redirect.status, redirect.headers.getSetCookie()], ["the framework's own", 302, [COOKIE]]);
    },
    "a class that takes other arguments becomes a plain response": async () => {
      class Page extends Response {
        constructor(title) {
          super(`<h1>${title}</h1>`, { headers: { "content-type": "text/html", "x-page": "1" } });
        }
      }
      const response = captureClick(REQUEST(), new Page("Shop"));
      same([await response.text(), response.headers.getSetCookie(), response.headers.get("x-page")], ["<h1>Shop</h1>", [COOKIE], "1"]);
    },
    "a class whose constructor throws becomes a plain response": async () => {
      let isReady = true;
      class Once extends Response {
        constructor(...args) {
          super(...args);
          if (!isReady) throw new Error("only once");
        }
      }
      const given = new Once("page");
      isReady = false;
      const response = captureClick(REQUEST(), given);
      same([await response.text(), response.headers.getSetCookie()], ["page", [COOKIE]]);
    },
    "a response that is not here yet is handed on": async () => {
      const promise = Promise.resolve(new Response("page"));
      must(captureClick(REQUEST(), promise) === promise, "it was changed");
      same((await promise).headers.getSetCookie(), []);
    },
    "what is no response is handed on": () => {
      for (const nothing of [null, undefined, "page", 7, {}, [], () => {}]) {
        must(captureClick(REQUEST(), nothing) === nothing, String(nothing));
        must(clearClick(nothing) === nothing, String(nothing));
      }
    },
    "a page that a redirect replaces is not left unread": async () => {
      let isCancelled = false;
      const body = new ReadableStream({ cancel: () => void (isCancelled = true) });
      same(captureClick(REQUEST(), new Response(body), { cleanUrl: true }).status, 302);
      await new Promise((resolve) => setTimeout(resolve, 10));
      must(isCancelled, "the page's body was not cancelled");
    },
  };
  if (webSocketResponse) {
    checks["the switch to a WebSocket is handed on"] = () => {
      const response = webSocketResponse();
      must(captureClick(REQUEST(), response) === response, "it was changed");
      must(clearClick(response) === response, "it was changed");
    };
  }
  if (foreignResponse) {
    checks["a response of another realm keeps its body"] = async () => {
      const response = captureClick(REQUEST(), foreignResponse("page"));
      same(await response.text(), "page", "the body");
    };
  }
  return Object.entries(checks);
};
