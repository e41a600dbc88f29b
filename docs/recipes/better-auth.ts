// Better Auth: a sign-up is a lead. The click cookie goes once the lead is on the books, and not before.

import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { track_lead } from "refport-edge";

const refport = { apiKey: process.env.REFPORT_API_KEY!, baseUrl: process.env.REFPORT_BASE_URL };

export const auth = betterAuth({
  baseURL: process.env.BETTER_AUTH_URL,
  secret: process.env.BETTER_AUTH_SECRET,
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  emailAndPassword: { enabled: true },
  databaseHooks: {
    user: {
      create: {
        async after(user, ctx) {
          const lead = { eventName: "Sign Up", customerExternalId: user.id, customerEmail: user.email, customerName: user.name };
          const { outcome, error } = await track_lead(ctx?.request ?? null, lead, refport);
          if (outcome === "recorded") ctx?.setCookie("refp_id", "", { path: "/", maxAge: 0 });
          if (outcome === "failed") console.error(error);
        },
      },
    },
  },
});
