// A door before a service: where it is shut, nobody listens, and a connection is refused.
//
// In: the service's port. Out: an address that stays the same, and whether it is open.

import { connect, createServer } from "node:net";

const HOST = "127.0.0.1";

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
  const listen = (at) => new Promise((resolve, reject) => server.once("error", reject).listen(at, HOST, resolve));
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
