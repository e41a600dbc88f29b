// nginx as a shared cache, from the program that the environment variable NGINX names.
//
// In: the shop's address, and servers by name. Out: an address for each, while it is used. Everything it writes is in a folder
// of its own, which goes; it listens on loopback alone, and needs no rights.

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const READY_MS = 10_000;

/** A server is `{ key, mode, lines }`: the cache's key, how the shop keeps clicks, and more lines of configuration. */
export async function withNginx(shop, servers, use) {
  const folder = await mkdtemp(join(tmpdir(), "refport-edge-nginx-"));
  const ports = await freePorts(Object.keys(servers).length);
  const named = Object.entries(servers).map(([name, server], at) => ({ name, ...server, port: ports[at] }));
  await mkdir(join(folder, "temp"));
  await writeFile(join(folder, "nginx.conf"), configuration(folder, new URL(shop).host, named));
  const child = spawn(process.env.NGINX, ["-p", folder, "-c", "nginx.conf", "-e", "error.log"], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (said += text));
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve((said += error.message)));
    child.once("close", resolve);
  });
  try {
    const addresses = Object.fromEntries(named.map(({ name, port }) => [name, `http://127.0.0.1:${port}`]));
    await ready(addresses, () => child.exitCode, () => said);
    return await use(addresses);
  } finally {
    child.kill("SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

function configuration(folder, shop, servers) {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/temp/${name};`);
  const blocks = servers.map(({ name, key, mode, port, lines = [] }) => `
  proxy_cache_path ${folder}/cache-${port} keys_zone=zone${port}:1m;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://${shop};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      ${mode ? `proxy_set_header X-Mode "${mode}";` : ""}
      # ${name}
      proxy_cache zone${port};
      proxy_cache_key "${key}";
      # A cache that does not look at cookies, as many do not.
      proxy_ignore_headers Set-Cookie;
      add_header X-Cache $upstream_cache_status always;
      ${lines.join("\n      ")}
    }
  }`);
  return `daemon off;
master_process off;
pid nginx.pid;
error_log error.log;
events { worker_connections 512; }
http {
  access_log off;
  ${temporary.join("\n  ")}
  ${blocks.join("\n")}
}
`;
}

async function ready(addresses, exitCode, said) {
  const [port] = Object.values(addresses).map((address) => Number(new URL(address).port));
  const until = Date.now() + READY_MS;
  for (;;) {
    if (exitCode() !== null) throw new Error(`nginx ended with ${exitCode()}: ${said()}`);
    const isUp = await fetch(`http://127.0.0.1:${port}/ready`, { method: "OPTIONS" }).then((answer) => (answer.body?.cancel(), true), () => false);
    if (isUp) return;
    if (Date.now() > until) throw new Error(`nginx does not answer: ${said()}`);
    await sleep(50);
  }
}

/** All are held before any is let go, so that they differ. */
async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, async () => {
    const server = createServer();
    await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
    return server;
  }));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
