// A door before a service: where it is shut, nobody listens, and a connection is refused.
//
// In: the service's port. Out: an address that stays the same, and whether it is open.

import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const HOST = "127.0.0.1";
/** While it is shut, anybody's connection may be given its port for a moment. */
const TRIES = 50;
const AGAIN_MS = 200;

export async function startGate(port) {
  const sockets = new Set();
  const server = createServer((socket) => {
    const behind = connect(port, HOST);
    for (const [one, other] of [[socket, behind], [behind, socket]]) {
      sockets.add(one);
      one.on("error", () => {}); // it is closed next
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const listen = async (at, left = TRIES) => {
    try {
      server.listen(at, HOST);
      await once(server, "listening");
    } catch (error) {
      if (error.code !== "EADDRINUSE" || left === 0) throw error;
      await sleep(AGAIN_MS);
      await listen(at, left - 1);
    }
  };
  await listen(0);
  const own = server.address().port;
  return {
    port: own,
    open: () => listen(own),
    async shut() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
