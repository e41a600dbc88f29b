// A name server that knows what it is told: aliases and addresses.
//
// In: `{ "shop.example": { alias }, "host.example": { address } }`. Out: its port, and what ends it. Any other name has nothing.

import { createSocket } from "node:dgram";

const [A, CNAME, IN] = [1, 5, 1];

export async function startNameServer(names) {
  const socket = createSocket("udp4");
  socket.on("message", (question, { port, address }) => socket.send(answerTo(question, names), port, address));
  await new Promise((resolve, reject) => socket.once("error", reject).bind(0, "127.0.0.1", resolve));
  return { at: `127.0.0.1:${socket.address().port}`, stop: () => new Promise((resolve) => socket.close(resolve)) };
}

function answerTo(question, names) {
  const { name, end } = nameAt(question, 12);
  const type = question.readUInt16BE(end);
  const records = recordsFor(name, type, names);
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8580, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  header.fill(0, 8, 12);
  return Buffer.concat([header, question.subarray(12, end + 4), ...records]);
}

/** The alias, and for an address also what it comes to in the end. */
function recordsFor(name, type, names) {
  const { alias, address } = names[name] ?? {};
  if (alias) return [record(name, CNAME, encoded(alias)), ...(type === A ? recordsFor(alias, A, names) : [])];
  return type === A && address ? [record(name, A, Buffer.from(address.split(".").map(Number)))] : [];
}

function record(name, type, data) {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(IN, 2);
  fixed.writeUInt32BE(60, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([encoded(name), fixed, data]);
}

const encoded = (name) =>
  Buffer.concat([...name.split(".").map((label) => Buffer.from([label.length, ...Buffer.from(label)])), Buffer.from([0])]);

function nameAt(message, at) {
  const labels = [];
  while (message[at] !== 0) {
    labels.push(message.toString("latin1", at + 1, at + 1 + message[at]));
    at += message[at] + 1;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 1 };
}
