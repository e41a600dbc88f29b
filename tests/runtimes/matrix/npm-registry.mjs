// A registry that has one package, the packed one, for who fetches packages by itself.
//
// In: the tarball. Out: an address on this machine. Not its job: being a registry for anybody else.

import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

/** Starts it: `{ url, version, stop }`. */
export async function startRegistry(tarball) {
  const bytes = readFileSync(tarball);
  const manifest = JSON.parse(execFileSync("tar", ["-xzOf", tarball, "package/package.json"], { encoding: "utf8" }));
  const { name, version } = manifest;
  let url;
  const server = createServer((request, response) => {
    if (request.url === "/package.tgz") return response.writeHead(200).end(bytes);
    if (request.url !== `/${name}`) return response.writeHead(404).end();
    const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
    const packument = {
      name,
      "dist-tags": { latest: version },
      versions: { [version]: { ...manifest, dist: { tarball: `${url}/package.tgz`, integrity } } },
      time: { [version]: "2026-01-01T00:00:00.000Z" },
    };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(packument));
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}`;
  return { url, version, stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))) };
}
