import { Refport } from "refport-edge";

/** A token for each page: it belongs to one user. */
export async function portalToken(userId: string, env: { REFPORT_API_KEY: string }): Promise<Response> {
  const refport = new Refport({ apiKey: env.REFPORT_API_KEY });
  const { data, error } = await refport.embedTokens.create({ tenantId: userId });
  if (!data) return new Response(error?.message, { status: 502 });
  return Response.json({ token: data.publicToken, expires: data.expires.toISOString() });
}
