// #region page
import { track_lead } from "refport-edge";

export async function signUp(request: Request, env: { REFPORT_API_KEY: string }): Promise<Response> {
  const user = await createUser(request);
  const lead = await track_lead(
    request,
    { eventName: "Sign Up", customerExternalId: user.id, customerEmail: user.email },
    { apiKey: env.REFPORT_API_KEY },
  );
  if (lead.error) console.error(lead.error.kind, lead.error.message);
  return Response.json({ id: user.id }, { status: 201 });
}
// #endregion page

/** Your own code. */
async function createUser(request: Request) {
  const { email } = (await request.json()) as { email: string };
  return { id: `user_${email.length}`, email };
}
