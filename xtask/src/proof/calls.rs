//! Who calls whom, inside a module.
//!
//! In: a module. Out: the functions its exports call, directly or through others.
//! Not its job: calls through the table; the compiler leaves functions in it that nothing can call any more.

use std::collections::BTreeSet;

use walrus::ir::{Visitor, dfs_in_order};
use walrus::{ExportItem, FunctionId, FunctionKind, Module};

/// The exported functions and all they call, and so on.
pub fn called(module: &Module) -> BTreeSet<FunctionId> {
    let exported = module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(id) => Some(id),
        _ => None,
    });
    let mut found = BTreeSet::new();
    let mut waiting: Vec<FunctionId> = exported.chain(module.start).collect();
    while let Some(id) = waiting.pop() {
        if !found.insert(id) {
            continue;
        }
        if let FunctionKind::Local(function) = &module.funcs.get(id).kind {
            let mut calls = Calls::default();
            dfs_in_order(&mut calls, function, function.entry_block());
            waiting.extend(calls.0);
        }
    }
    found
}

/// Collects the functions a body calls.
#[derive(Default)]
struct Calls(Vec<FunctionId>);

impl<'a> Visitor<'a> for Calls {
    fn visit_function_id(&mut self, id: &FunctionId) {
        self.0.push(*id);
    }
}
