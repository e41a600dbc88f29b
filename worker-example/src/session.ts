// Who is asking, without asking them: an anonymous session.
// In: a request. Out: its session ID, or a new one and the cookie for it.
// Not its job: what the shop knows about the session (books.ts), the click cookie (refport-edge/capture).

const COOKIE = /(?:^|;\s*)shop_session=([0-9a-f-]{36})(?:;|$)/;

export function readSession(request: Request): string | null {
  return COOKIE.exec(request.headers.get("cookie") ?? "")?.[1] ?? null;
}

export function newSession(): string {
  return crypto.randomUUID();
}

export function sessionCookie(url: URL, session: string): string {
  const secure = url.protocol === "https:" ? "; Secure" : "";
  return `shop_session=${session}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}
