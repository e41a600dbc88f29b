// A call of RefCampaign's client in the form of a call of `track_sale`: it resolves, whatever it comes to.
//
// In: the package, the method's name, parameters, options. Out: `{ outcome, error, … }`, with what the service told of it.

export async function convert({ RefCampaign, RefCampaignError }, method, params, { baseUrl, ...config }) {
  const client = new RefCampaign({ ...config, apiUrl: baseUrl });
  try {
    return { error: null, ...(await client.conversions[method](params)) };
  } catch (error) {
    if (!(error instanceof RefCampaignError)) throw error;
    return { outcome: "failed", error, externalId: error.externalId };
  }
}
