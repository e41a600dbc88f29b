// Servers on a free port of this machine, handlers of Web requests without one, and the requests sent to them.

import { createServer } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const ANSWER_MS = 20_000;

/** Listens on a free port of this machine: `{ port, stop }`. */
export async function listen(server) {
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return { port: server.address().port, stop: () => void server.close() };
}

/** A handler of Web requests without a server: `{ send }`. */
export const handled = (handle) => ({
  async send(request) {
    const response = await handle(webRequest(request));
    if (response.status !== 200) throw new Error(`it answered ${response.status}: ${(await response.text()).slice(0, 600)}`);
  },
});

export function webRequest({ method = "GET", path, cookies, headers = {}, body }) {
  const all = new Headers({ host: "shop.test", ...headers });
  for (const cookie of cookies) all.append("cookie", cookie);
  return new Request(`https://shop.test${path}`, { method, headers: all, body });
}

/** A port that is free, for who cannot say which one it took. */
export async function freePort() {
  const { port, stop } = await listen(createServer());
  stop();
  return port;
}

/** Resolves when something answers on a port. */
export async function answering(port) {
  for (let tries = 0; tries < 200; tries++) {
    const isUp = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => (socket.destroy(), resolve(true))).once("error", () => resolve(false));
    });
    if (isUp) return;
    await sleep(50);
  }
  throw new Error("the server did not start");
}

/** By hand, since no client sends two Cookie lines; the whole answer, as text. */
export function sendTo(port, { method = "GET", path, cookies, headers = {}, body = "" }) {
  const bytes = new TextEncoder().encode(body);
  const lines = [
    `${method} ${path} HTTP/1.1`, "Host: shop.test", "Connection: close", "Accept: */*",
    ...cookies.map((cookie) => `Cookie: ${cookie}`), ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(method === "GET" ? [] : [`Content-Length: ${bytes.length}`]),
  ];
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`));
    socket.setEncoding("utf8").setTimeout(ANSWER_MS, () => socket.destroy(new Error("it did not answer")));
    socket.on("data", (piece) => (answer += piece)).once("error", reject);
    socket.once("close", () => (answer.startsWith("HTTP/1.1 200") ? resolve(answer) : reject(new Error(`it answered ${answer.slice(0, 600)}`))));
  });
}
