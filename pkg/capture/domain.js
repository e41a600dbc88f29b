// Whether a cookie can belong to a domain.
//
// In: the option `domain`. Out: the domain as the attribute has it, or undefined where browsers would refuse the cookie.
// Not its job: knowing every public suffix. The browser does; these are the ones that people come upon.

import { read } from "../read.js";

/** What countries have below them, in place of a name that anybody could register: `co.uk`, `com.br`. */
const SECOND_LEVEL = /^(com?|net|org|go[bv]|edu|ac)\.[a-z]{2}$/;
/** What some of them have besides. */
const OF_ONE_COUNTRY =
  /^((ad|ed|go|gr|lg|ne|or)\.jp|(go|ne|or|pe|re)\.kr|(go|in|or)\.th|(asn|id)\.au|(ltd|me|nhs|plc|police|sch)\.uk|(biz|go|my|or|sch|web)\.id|or\.at)$/;
/** What a registry sells, as a country does: `uk.com`. */
const SOLD = /^((br|cn|co|de|eu|gr|it|jpn|mex|ru|sa|uk|us|za)\.com|(gb|hu|in|jp|se|uk)\.net|(ae|eu|us)\.org)$/;

/** Platforms that give everybody a name of their own below theirs. */
const PLATFORMS =
  "workers.dev pages.dev r2.dev vercel.app now.sh netlify.app netlify.com deno.dev deno.net fly.dev onrender.com railway.app up.railway.app github.io gitlab.io web.app firebaseapp.com run.app a.run.app appspot.com herokuapp.com azurewebsites.net azurestaticapps.net cloudfront.net amplifyapp.com elasticbeanstalk.com on.aws lambda-url.on.aws myshopify.com shopifypreview.com webflow.io wixsite.com bubbleapps.io framer.app lovable.app replit.app repl.co stackblitz.io supabase.co surge.sh glitch.me ngrok.io ngrok.app ngrok-free.app trycloudflare.com vercel.dev ngrok.dev ngrok-free.dev replit.dev githubusercontent.com azureedge.net azurefd.net ondigitalocean.app s3.amazonaws.com hf.space notion.site streamlit.app pantheonsite.io shopware.store wasmer.app expo.app";

export function usableDomain(domain) {
  const name = domain.replace(/^\./, "").toLowerCase();
  const labels = name.split(".");
  const isHost = labels.length > 1 && labels.every((label) => /^(?!-)[a-z\d_-]{1,63}(?<!-)$/.test(label));
  // The last label of an address is a number.
  if (!isHost || /^(\d+|0x[\da-f]+)$/.test(labels.at(-1)) || labels.at(-1) === "localhost") return undefined;
  const isSuffix = [SECOND_LEVEL, OF_ONE_COUNTRY, SOLD].some((suffixes) => suffixes.test(name)) || PLATFORMS.split(" ").includes(name);
  return isSuffix ? undefined : name;
}

/** Whether the host of a URL belongs to a domain. */
export const isWithin = (url, domain) => `.${read(() => new URL(url).hostname)}`.endsWith(`.${domain}`);
