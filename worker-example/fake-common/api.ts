// One request to a fake service's API: read, decided on, noted in the ledger, answered.
// In: a Request, and who decides. Out: the Response that was decided on.
// Not its job: deciding; each service has an api.ts.

import type { Answer } from "./answer.ts";
import type { RequestNote } from "./books.ts";

/** A request as the deciding sees it. */
export type Asked = { request: Request; path: string; text: string };

type Notebook = { note(request: RequestNote): Promise<void> };

const BODY_NOTED = 4_096;

export async function answerApi(
  request: Request,
  notebook: Notebook,
  decide: (asked: Asked) => Promise<Answer>,
): Promise<Response> {
  const { pathname: path } = new URL(request.url);
  const text = await request.text();
  const answer = await decide({ request, path, text });
  await notebook.note({
    method: request.method,
    path,
    status: answer.status,
    code: codeOf(answer.body),
    body: text.slice(0, BODY_NOTED),
  });
  return Response.json(answer.body, { status: answer.status, headers: answer.headers ?? {} });
}

export function holdsKey(request: Request, apiKey: string): boolean {
  return request.headers.get("authorization") === `Bearer ${apiKey}`;
}

/** Text that is not JSON reads as `undefined`, which JSON cannot say. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(body: unknown): string | null {
  return (body as { error?: { code: string } } | null)?.error?.code ?? null;
}
