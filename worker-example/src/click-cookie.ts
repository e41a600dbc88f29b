// The click cookie, set on the server exactly as the service's browser script sets it in the page.
// In: the address a visitor arrived at. Out: a Set-Cookie value, or null when the address holds no click ID.
// Not its job: reading the cookie; `getClickIdFromRequest` of refport-edge does.

const MAX_AGE_SECONDS = 7_776_000; // 90 days

/** A click ID in the address always replaces the cookie: the last click wins. No HttpOnly: the browser script reads it. */
export function clickCookie(url: URL): string | null {
  const clickId = url.searchParams.get("refp_id");
  if (!clickId) return null;
  const secure = url.protocol === "https:" ? "; Secure" : "";
  return `refp_id=${encodeURIComponent(clickId)}; Max-Age=${MAX_AGE_SECONDS}; Path=/; SameSite=Lax${secure}`;
}

export function forgetClick(): string {
  return "refp_id=; Max-Age=0; Path=/; SameSite=Lax";
}
