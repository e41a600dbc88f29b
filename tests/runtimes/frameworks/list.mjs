// The frameworks: which file each is in, where its packages are, and what it runs on.
//
// `group` is of matrix/groups.mjs. A file that serves two versions or runtimes is told which by `which`.

const on = (runtime) => (file, group = "frameworks", which = "") => ({ file, group, which, runtime });
const [node, bun, deno] = ["node", "bun", "deno"].map(on);

export const LIST = [
  node("hono"), node("workerd"), node("express", "frameworks", "4"), node("express", "frameworks", "5"),
  node("koa", "frameworks", "2"), node("koa", "frameworks", "3"), node("fastify"), node("hapi"), node("nest"), node("adonis"),
  node("h3-v1"), node("h3-v2"), node("elysia"), bun("elysia"), node("oak"), node("trpc"), node("yoga"),
  node("remix", "frameworks", "Remix 2"), node("remix", "frameworks", "React Router 7"),
  node("sveltekit", "frameworks-vite"), node("astro", "frameworks-vite"),
  node("next", "next-15", "15"), node("next", "next-16", "16"),
  bun("bun"), deno("deno"), node("aws"), node("azure"),
];
