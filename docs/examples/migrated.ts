import { Refport } from "refport-edge"; // was: from "refport"

export async function migrated(clickId: string, env: { REFPORT_API_KEY: string }) {
  const refport = new Refport({ apiKey: env.REFPORT_API_KEY });
  const { data, error } = await refport.track.sale({
    clickId,
    customerExternalId: "cus_123",
    amount: 4999,
    currency: "usd",
    invoiceId: "in_123",
  });
  if (error) return error.code;
  return data?.sale.id ?? "a duplicate, or no partner's"; // `data` may be null without an error
}
