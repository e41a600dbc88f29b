// An ID for an event that has none of its own.
//
// In: the event's parameters. Out: a random UUID (RFC 9562, version 4), or undefined where the runtime has no random values. A page over
// http and an old runtime have no `randomUUID`, but the values it is made of. (`Math.random` will not do: two events with
// the same ID count as one.)

import { read } from "./read.js";

/** The ID, or undefined, which is an issue where the event has no other. */
export function ownId(params, issues) {
  const id = read(() => crypto.randomUUID()) ?? read(fromValues);
  const other = read(() => params.externalId ?? params.metadata.orderId) ?? undefined;
  if (id === undefined && other === undefined) {
    issues.push({ field: "externalId", message: "is required: this runtime has no random values to make one of" });
  }
  return id;
}

function fromValues() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
