// The names that the core has for a caller's options and parameters, and for the members of an answer.
//
// In: a service's paths, as the build lists them (src/boundary/layout.rs). Out: each taken apart, once.

/** `{ path, names, name, nested }` of each: all names in it, the first and the second. `retry.replay` is a member of `retry`. */
export const pathsOf = (list) =>
  list.split(",").map((path) => {
    const names = path.split(".");
    return { path, names, name: names[0], nested: names[1] };
  });
