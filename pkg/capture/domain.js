// Whether a cookie can belong to a domain.
//
// In: the option `domain`. Out: the domain as the attribute has it, or undefined where browsers would refuse the cookie.
// Not its job: knowing every public suffix. The browser does; these are the ones that people come upon.

/** What countries have below them, in place of a name that anybody could register: `co.uk`, `com.br`. */
const SECOND_LEVEL = /^((com?|net|org|gov|edu|ac)\.[a-z]{2}|or\.(at|jp|kr|th)|ne\.(jp|kr)|(me|ltd|plc|sch|nhs|police)\.uk)$/;

/** Platforms that give everybody a name of their own below theirs. */
const PLATFORMS =
  "workers.dev pages.dev r2.dev vercel.app now.sh netlify.app netlify.com deno.dev deno.net fly.dev onrender.com railway.app up.railway.app github.io gitlab.io web.app firebaseapp.com run.app a.run.app appspot.com herokuapp.com azurewebsites.net azurestaticapps.net cloudfront.net amplifyapp.com elasticbeanstalk.com on.aws lambda-url.on.aws myshopify.com shopifypreview.com webflow.io wixsite.com bubbleapps.io framer.app lovable.app replit.app repl.co stackblitz.io supabase.co surge.sh glitch.me ngrok.io ngrok.app ngrok-free.app trycloudflare.com uk.com us.com eu.com de.com";

export function usableDomain(domain) {
  const name = domain.replace(/^\./, "").toLowerCase();
  const labels = name.split(".");
  const isHost = labels.length > 1 && labels.every((label) => /^(?!-)[a-z\d_-]{1,63}(?<!-)$/.test(label));
  // The last label of an address is a number.
  if (!isHost || /^(\d+|0x[\da-f]+)$/.test(labels.at(-1)) || labels.at(-1) === "localhost") return undefined;
  return SECOND_LEVEL.test(name) || PLATFORMS.split(" ").includes(name) ? undefined : name;
}
