//! Removes what only panics read from the core's constant data.
//!
//! In: a module. Out: the same one with zeros where panics kept their messages and the paths of Rust files, among them
//! those of the machine it was built on. No export can reach a panic (the suite `panics`), and zeros compress to almost nothing.
//! Not its job: other data that looks dead. A wrong guess there would not trap: it would quietly change what is sent.

use walrus::Module;

/// Where the path of a source file begins: the toolchain's, its dependencies', the crate's own.
const BEGINNINGS: &[&str] = &["/rustc/", "/rust/deps/", "src/"];
const END: &str = ".rs";
/// What panics of Rust's libraries and of wasm-bindgen say.
const MESSAGES: &[&str] = &[
    "RefCell already mutably borrowed",
    "RefCell already borrowed",
    "closure invoked recursively or after being dropped",
    "Tried to shrink to a larger capacity",
    "capacity overflow",
];
/// Longer than any path, shorter than the way to the next one.
const LONGEST: usize = 300;

/// Zeroes every source path; `registry` is the directory of downloaded crates. Answers how many bytes that were.
pub fn scrub(module: &mut Module, registry: &str) -> usize {
    let mut beginnings = vec![registry];
    beginnings.extend(BEGINNINGS);
    let segments: Vec<_> = module.data.iter().map(|segment| segment.id()).collect();
    segments.into_iter().map(|id| scrub_bytes(&mut module.data.get_mut(id).value, &beginnings)).sum()
}

fn scrub_bytes(data: &mut [u8], beginnings: &[&str]) -> usize {
    let mut scrubbed = 0;
    let mut at = 0;
    while at < data.len() {
        let rest = &data[at..];
        let message = MESSAGES.iter().find(|message| rest.starts_with(message.as_bytes()));
        let length = message.map(|message| message.len()).or_else(|| path_length(rest, beginnings)).unwrap_or(0);
        data[at..at + length].fill(0);
        scrubbed += length;
        at += length.max(1);
    }
    scrubbed
}

/// The length of the source path the data begins with.
fn path_length(data: &[u8], beginnings: &[&str]) -> Option<usize> {
    beginnings.iter().find(|beginning| data.starts_with(beginning.as_bytes()))?;
    let is_path = |byte: &&u8| byte.is_ascii_alphanumeric() || b"/._-+".contains(byte);
    let length = data.iter().take(LONGEST).take_while(is_path).count();
    let end = data[..length].windows(END.len()).position(|window| window == END.as_bytes())?;
    Some(end + END.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scrubbed(text: &str) -> String {
        let mut data = text.as_bytes().to_vec();
        scrub_bytes(&mut data, &["/home/me/.cargo/registry/", "/rustc/", "src/"]);
        String::from_utf8(data).unwrap().replace('\0', "0")
    }

    #[test]
    fn source_paths_become_zeros_and_their_neighbours_stay() {
        assert_eq!(scrubbed("retryable/rustc/59/a.rscalled"), "retryable00000000000000called");
        assert_eq!(scrubbed("x /home/me/.cargo/registry/a-1.0/b.rs y"), format!("x {} y", "0".repeat(35)));
        assert_eq!(scrubbed("src/a.rssrc/b.rs"), "0".repeat(16));
    }

    #[test]
    fn the_libraries_panic_messages_become_zeros() {
        assert_eq!(scrubbed("POSTcapacity overflowid"), format!("POST{}id", "0".repeat(17)));
    }

    #[test]
    fn what_only_begins_like_a_path_stays() {
        for text in ["src/", "https://x/src/app", "src/a b.rs", "/api/track/sale", "authorization", "POSTJanFebMar"] {
            assert_eq!(scrubbed(text), text);
        }
    }
}
