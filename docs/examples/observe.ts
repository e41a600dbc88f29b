import { Refport } from "refport-edge";
import type { AttemptReport } from "refport-edge";

/** One line an attempt. It holds no key and no personal data. */
export function lineOf({ attempt, status, kind, delayMs, durationMs }: AttemptReport): string {
  return JSON.stringify({ event: "refport.attempt", attempt, status, kind, delayMs, durationMs: Math.round(durationMs) });
}

export function clientOf(env: { REFPORT_API_KEY: string }, log: (line: string) => void): Refport {
  return new Refport({ apiKey: env.REFPORT_API_KEY, onAttempt: (attempt) => log(lineOf(attempt)) });
}
